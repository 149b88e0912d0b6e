import type { Change } from '../../domain/change.ts';
import type { Repo } from '../../domain/repo.ts';
import { diffPairs, type TreePair } from './diff-pairs.ts';
import { parseRawDiff, RAW_DIFF_OPTIONS } from './raw-diff.ts';

/** What differs in content, mode or existence, for each pair of trees, in one process. */
export async function changesBetween(repo: Repo, pairs: readonly TreePair[]): Promise<Change[][]> {
  return (await diffPairs(repo, pairs, RAW_DIFF_OPTIONS, 2)).map(parseRawDiff);
}
