import { type BranchName, branchRef } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runLong } from '../process/run-long.ts';
import { runGit } from '../process/run.ts';
import { resolveCommit } from '../refs/resolve.ts';

/** Checks out HEAD in a worktree that has no file yet, as `git worktree add` does. */
export async function checkOutAll(repo: Repo, signal?: AbortSignal): Promise<void> {
  await runLong(repo, ['reset', '--hard', '--quiet', '--no-recurse-submodules'], signal);
  await postCheckout(repo);
}

/**
 * Finishes a checkout that was cut short: the index as HEAD has it, and every file that is missing.
 * What is there stays as it is, and then differs from HEAD if it was cut short or changed.
 *
 * @param repo stands at the top of the worktree, whose index no process is writing.
 */
export async function checkOutMissing(repo: Repo, branch: BranchName): Promise<void> {
  // git first writes a HEAD that names no commit, then the branch.
  await runGit(repo, ['symbolic-ref', 'HEAD', branchRef(branch)]);
  await runGit(repo, ['read-tree', 'HEAD']);
  // Code 1: some files are there already.
  await runGit(repo, ['checkout-index', '--all', '--quiet'], { ok: [0, 1] });
  await runGit(repo, ['update-index', '-q', '--refresh'], { ok: [0, 1] });
  await postCheckout(repo);
}

/** Runs the hook as `git worktree add` does, with a null oid for the commit before; githooks(5). */
async function postCheckout(repo: Repo): Promise<void> {
  const head = (await resolveCommit(repo, 'HEAD')) ?? '';
  const hook = ['hook', 'run', '--ignore-missing', 'post-checkout', '--'];
  await runGit(repo, [...hook, '0'.repeat(head.length), head, '1']);
}
