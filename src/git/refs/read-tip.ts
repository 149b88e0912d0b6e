import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { ObjectReader } from '../objects/object-reader.ts';
import { readStateTip } from '../objects/read-states.ts';
import { readRef } from './refs.ts';

/**
 * What one ref names, asked of the reading process that runs anyway; null when it does not exist. That
 * process does not tell "there is none" from what it cannot read, and may take a branch that is
 * called like the ref for it: then git is asked itself.
 *
 * @throws Failure `git` when the ref is broken
 */
export async function readTip(reader: ObjectReader, repo: Repo, ref: RefName): Promise<Oid | null> {
  const [tip, ...others] = await Promise.all(
    [ref, ...LOOK_ALIKES.map((prefix) => `${prefix}${ref}`)].map((name) =>
      readStateTip(reader, name),
    ),
  );
  const isSure = tip !== null && others.every((other) => other === null);
  return isSure ? tip! : readRef(repo, ref);
}

/** Where git looks for a name that is not a ref itself; gitrevisions(7). */
const LOOK_ALIKES = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];
