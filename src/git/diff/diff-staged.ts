import type { Change } from '../../domain/change.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { parseRawDiff, RAW_DIFF_OPTIONS } from './raw-diff.ts';

/**
 * What the index changes against a tree: HEAD (or nothing, before the first commit) when `tree` is
 * null. Reads the index git exported to the hook (`GIT_INDEX_FILE`), so `commit -a` and
 * `commit <path>` are judged on what they commit. `diff`, not `diff-index`: it leaves out
 * `add -N` entries, which are not going to be committed, and copes with an unborn HEAD.
 */
export async function diffStaged(
  repo: Repo,
  tree: string | null = null,
  environment: Environment = {},
): Promise<Change[]> {
  const against = tree === null ? [] : [tree];
  const args = ['diff', '--cached', ...RAW_DIFF_OPTIONS, ...against, '--'];
  return parseRawDiff((await runGit(repo, args, { environment })).stdout);
}
