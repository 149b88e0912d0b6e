import type { RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { diffPairs, type TreePair } from './diff-pairs.ts';
import { parseRawDiff, RAW_DIFF_OPTIONS } from './raw-diff.ts';

/** The paths that differ in content, mode or existence, for each pair of trees. */
export async function changedPaths(
  repo: Repo,
  pairs: readonly TreePair[],
): Promise<ReadonlySet<RepoPath>[]> {
  const parts = await diffPairs(repo, pairs, RAW_DIFF_OPTIONS, 2);
  return parts.map((part) => new Set(parseRawDiff(part).map(({ path }) => path)));
}
