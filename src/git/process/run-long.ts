import { Failure } from '../../domain/failure.ts';
import type { Repo } from '../../domain/repo.ts';
import { startSimpleGit } from './simple-git.ts';

/**
 * Runs a git command that changes a work tree as the user would run it: with all of their settings and
 * hooks, for as long as it takes, unless `signal` ends it.
 *
 * @throws Failure `git` with git's own words.
 */
export async function runLong(
  repo: Repo,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  try {
    await startSimpleGit(repo, { signal }).raw([...args]);
  } catch (error) {
    signal?.throwIfAborted();
    const words = error instanceof Error ? error.message : String(error);
    const verb = args.slice(0, 2).filter((word) => !word.startsWith('-'));
    throw new Failure('git', `git ${verb.join(' ')}: ${words}`);
  }
}
