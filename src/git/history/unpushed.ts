import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** Commits that exist in this clone alone, newest first. */
export interface Unpushed {
  readonly count: number;
  /** `1234567890 the subject`, the newest few. */
  readonly newest: readonly string[];
}

const SHOWN = 5;

/**
 * The commits that lead to `head` and are on no remote, as far as this clone knows, nor on `saved`: refs,
 * or options of git-rev-list(1) that name some.
 */
export async function unpushedCommits(
  repo: Repo,
  head: Oid,
  saved: readonly string[],
): Promise<Unpushed> {
  const args = ['rev-list', '--format=%h %s', '--no-commit-header', head, '--not', '--remotes'];
  const { stdout } = await runGit(repo, [...args, ...saved, '--']);
  const lines = stdout.toString().split('\n').filter(Boolean);
  return { count: lines.length, newest: lines.slice(0, SHOWN) };
}
