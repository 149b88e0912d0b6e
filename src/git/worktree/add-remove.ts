import type { BranchName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runLong } from '../process/run-long.ts';
import { runGit } from '../process/run.ts';

/**
 * Makes a worktree for a branch, with no file in it yet. Only one at a time: while git makes one, other
 * git commands that look at all worktrees fail ("failed to read .git/worktrees/<id>/commondir").
 *
 * @throws Failure `git` with git's own words; git has removed by then what it had made.
 */
export async function addWorktree(repo: Repo, path: string, branch: BranchName): Promise<void> {
  const options = ['--quiet', '--no-checkout', '--end-of-options'];
  await runGit(repo, ['worktree', 'add', ...options, path, branch]);
}

/**
 * Makes a worktree on a new branch at HEAD, as a person does who names both.
 *
 * @throws Failure `git` with git's own words.
 */
export const addPlainWorktree = (repo: Repo, path: string, branch: string): Promise<void> =>
  runLong(repo, ['worktree', 'add', '--quiet', '-b', branch, '--end-of-options', path]);

/**
 * Removes a worktree and everything in its directory, which may take long.
 *
 * @param force also one with changes, submodules or a lock.
 * @throws Failure `git` with git's own words.
 */
export function removeWorktree(repo: Repo, path: string, force: boolean): Promise<void> {
  // Once for what is in it, once for a lock; git-worktree(1).
  const forced = force ? ['--force', '--force'] : [];
  return runLong(repo, ['worktree', 'remove', ...forced, '--end-of-options', path]);
}

export async function unlockWorktree(repo: Repo, path: string): Promise<void> {
  await runGit(repo, ['worktree', 'unlock', '--end-of-options', path]);
}

/** What git writes into `locked` until a new worktree is checked out; `add_worktree` in git's worktree.c. */
export const INITIALIZING = 'initializing';
