import type { Operation } from '../../../src/domain/change.ts';
import type { SyncState } from '../../../src/domain/lock.ts';
import { object, oid, oneOf, orNull, path, text } from './words.ts';

/** How this clone's state of something in a ref stands to the remote's. */
export const sync = orNull(
  oneOf<SyncState>({ ahead: true, behind: true, diverged: true, same: true }),
);

export const hostName = text('The machine, as it calls itself.');

/** One path of a patch. */
export const askedChange = object({
  path,
  operation: oneOf<Operation>({
    add: true,
    delete: true,
    gitlink: true,
    mode: true,
    modify: true,
    symlink: true,
  }),
  after: orNull(object({ mode: text('As git writes it, six digits.'), oid })),
});
