import type { Operation } from '../../../src/domain/change.ts';
import type { SyncState } from '../../../src/domain/lock.ts';
import {
  agentId,
  count,
  flag,
  list,
  object,
  oid,
  oneOf,
  orNull,
  path,
  text,
  time,
} from './words.ts';

/** How this clone's state of something in a ref stands to the remote's. */
export const sync = orNull(
  oneOf<SyncState>({ ahead: true, behind: true, diverged: true, same: true }),
);

export const branch = text('Without refs/heads/.');
export const notices = list(text('What a reader must know to trust the answer.'));
export const unreadable = list(
  object({ ref: text('The full name.'), reason: text('Why, a clause.') }),
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

/** A request that waits for an answer, or a grant that runs. */
export const waitingRequest = object({
  id: text('The id of the request.'),
  from: agentId,
  asked: list(agentId),
  standing: { enum: ['open', 'granted'] },
  paths: count,
  message: text('Why it is asked for.'),
  branch: orNull(branch),
  since: time,
  until: orNull(time),
  overdue: flag,
});
