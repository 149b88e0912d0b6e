import type { Environment, Repo } from '../../domain/repo.ts';
import { runGit } from './run.ts';

/** What a person would have seen of a git command, and its exit code. */
export interface TypedRun {
  readonly code: number;
  /** Standard error after standard output, as git wrote them. */
  readonly output: string;
}

/**
 * Runs a command that changes a repository of our own making, hooks and all, as a person types it.
 * Any of git's exit codes is an answer.
 */
export async function runAsTyped(
  repo: Repo,
  args: readonly string[],
  environment: Environment = {},
): Promise<TypedRun> {
  const result = await runGit(repo, args, { ok: [0, 1, 2, 128, 129], environment });
  return { code: result.code, output: `${result.stdout.toString()}${result.stderr}` };
}
