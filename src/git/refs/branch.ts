import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type BranchName, branchRef, type Oid, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * Makes a branch at a commit, or at a remote-tracking ref, which it then follows.
 *
 * @throws Failure `git` when there is one of that name, or one that it cannot stand beside
 *   (`feat/a1` and `feat/a1/main`).
 */
export async function createBranch(
  repo: Repo,
  branch: BranchName,
  start: Oid | RefName,
): Promise<void> {
  const track = start.startsWith('refs/') ? '--track' : '--no-track';
  await runGit(repo, ['branch', '--quiet', track, '--end-of-options', branch, start]);
}

/**
 * Deletes a branch and its settings if it still is at `at`.
 *
 * @throws Failure `git` when it is not.
 */
export async function deleteBranch(repo: Repo, branch: BranchName, at: Oid): Promise<void> {
  const args = ['update-ref', '-d', '--end-of-options', branchRef(branch), at];
  const { code } = await runGit(repo, args, { ok: [0, 1, 128] });
  if (code !== 0)
    throw new Failure('git', `the branch ${branch} has moved on from ${at.slice(0, 10)}`, [
      hintTo('see what is new on it', `git log ${at.slice(0, 10)}..${branch}`),
    ]);
  // Codes 1 and 128: there are none.
  const settings = ['config', '--local', '--remove-section', `branch.${branch}`];
  await runGit(repo, settings, { ok: [0, 1, 128] });
}
