import type { Environment, Repo } from '../../domain/repo.ts';
import { runGit } from './run.ts';

/** What a person would have seen of a git command, and its exit code. */
export interface Seen {
  readonly code: number;
  /** Standard error after standard output, as git wrote them. */
  readonly output: string;
}

/**
 * Runs a command that changes a repository of our own making, hooks and all, as a person types it.
 * Any of git's exit codes is an answer.
 */
export async function runPorcelain(
  repo: Repo,
  args: readonly string[],
  environment: Environment = {},
): Promise<Seen> {
  const result = await runGit(repo, args, { ok: [0, 1, 2, 128, 129], environment });
  return { code: result.code, output: `${result.stdout.toString()}${result.stderr}` };
}
