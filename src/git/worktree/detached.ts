import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** No hook of the repository has a say where nobody works. */
const ALONE = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.splitIndex=false'];

/**
 * Makes a worktree without a branch and with no file in it yet, which git does not forget.
 *
 * @throws Failure `git` with git's own words.
 */
export async function addDetached(
  repo: Repo,
  path: string,
  commit: Oid,
  reason: string,
): Promise<void> {
  const options = ['--quiet', '--detach', '--no-checkout', '--lock', '--reason', reason];
  await runGit(repo, [...ALONE, 'worktree', 'add', ...options, '--end-of-options', path, commit]);
}

/**
 * Checks out a commit whatever is there: tracked files become as it has them.
 *
 * @param repo the top of a worktree that is nobody's
 */
export async function checkOutExactly(repo: Repo, commit: Oid): Promise<void> {
  const options = ['--quiet', '--force', '--detach', '--no-recurse-submodules'];
  await runGit(repo, [...ALONE, 'checkout', ...options, commit, '--']);
}

/** Removes what is neither tracked nor ignored. What is ignored stays, so that what was built is used again. */
export async function removeUntracked(repo: Repo): Promise<void> {
  await runGit(repo, [...ALONE, 'clean', '-ffdq']);
}
