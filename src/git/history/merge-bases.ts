import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Oid, parseOid, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** Every best common ancestor of two commits, sorted; more than one after a criss-cross merge. */
export async function commonAncestors(
  repo: Repo,
  a: Oid | RefName,
  b: Oid | RefName,
): Promise<Oid[]> {
  const args = ['merge-base', '--all', '--end-of-options', a, b];
  const { stdout } = await runGit(repo, args, { ok: [0, 1] });
  const lines = stdout.toString().split('\n');
  return lines.flatMap((line) => parseOid(line) ?? []).sort();
}

/**
 * The same, where there has to be one.
 *
 * @throws Failure `git` when there is none: in a shallow clone that says nothing about the branches,
 * and elsewhere unrelated histories have no change that could be judged.
 */
export async function mergeBases(repo: Repo, a: Oid, b: Oid, shallow: boolean): Promise<Oid[]> {
  const bases = await commonAncestors(repo, a, b);
  if (bases.length > 0) return bases;
  if (shallow)
    throw new Failure('git', 'this clone is shallow and does not reach the common ancestor', [
      hintTo('fetch the missing history', 'git fetch --unshallow'),
    ]);
  throw new Failure('git', `no common ancestor of ${a.slice(0, 10)} and ${b.slice(0, 10)}`, [
    hintTo('see where the branch came from', 'git log --oneline --graph'),
  ]);
}
