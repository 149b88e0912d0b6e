import { Failure } from '../../domain/failure.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * The tree git makes by itself of merging two commits; where it conflicts, files with markers in
 * them. `environment` must be a quarantine, because the tree is written. git 2.38.
 */
export async function mergedTree(
  repo: Repo,
  ours: Oid,
  theirs: Oid,
  environment: Environment,
): Promise<Oid> {
  const args = ['merge-tree', '--write-tree', '--no-messages', '-z', '--allow-unrelated-histories'];
  const result = await runGit(repo, [...args, ours, theirs], { ok: [0, 1], environment });
  const tree = parseOid(result.stdout.toString('latin1').split('\0')[0] ?? '');
  // Exit code 1 is also what git gives for an object it cannot read, and then prints nothing.
  if (tree === null) throw new Failure('git', `git could not merge ${theirs.slice(0, 10)}`);
  return tree;
}
