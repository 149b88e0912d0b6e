import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { matchRefs } from './match-refs.ts';

/**
 * The refs under a prefix that ends in `/`, or the one ref of that very name, and what they name.
 *
 * @throws Failure `git` when one of them is broken: a lock that cannot be read is not free.
 */
export async function listRefs(repo: Repo, prefix: string): Promise<Map<RefName, Oid>> {
  const { refs, broken } = await matchRefs(repo, [prefix]);
  if (broken[0] !== undefined)
    throw new Failure('git', `${broken[0]} is there and cannot be read`, [
      hintTo('remove it', `rm "$(git rev-parse --git-path ${broken[0]})"`),
    ]);
  return new Map(refs.map(({ ref, oid }) => [ref, oid]));
}

/** What one ref names; null when it does not exist. */
export async function readRef(repo: Repo, ref: RefName): Promise<Oid | null> {
  return (await listRefs(repo, ref)).get(ref) ?? null;
}

/** Whether one commit is another or one of its ancestors. */
export async function isAncestor(repo: Repo, ancestor: Oid, of: Oid): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', ancestor, of];
  return (await runGit(repo, args, { ok: [0, 1] })).code === 0;
}
