import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * Brings index and work tree from one commit to another, and moves no ref: for a branch that is moved in one
 * instant with others. What is changed and not committed stays, and git refuses where it would have to overwrite
 * that; see git-read-tree(1), "Two Tree Merge". Done twice, it comes to the same. Null when done, else
 * git's words.
 */
export async function carryWorkTree(
  repo: Repo,
  { from, to }: { readonly from: Oid; readonly to: Oid },
): Promise<string | null> {
  // Or git takes a file for changed whose times alone have.
  await runGit(repo, ['update-index', '-q', '--refresh'], { ok: [0, 1] });
  const { code, stderr } = await runGit(repo, ['read-tree', '-m', '-u', from, to], {
    ok: [0, 1, 128],
  });
  return code === 0 ? null : (stderr.trim().split('\n')[0] ?? '');
}
