import { Failure } from '../../domain/failure.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { splitNul } from '../process/split-nul.ts';
import { diffPairs, type TreePair } from './diff-pairs.ts';

/**
 * One algorithm whatever the configuration says, so that everyone counts the same; the one git's
 * own merge uses.
 */
const OPTIONS = [
  '--numstat',
  '--no-renames',
  '--no-relative',
  '--ignore-submodules=none',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--diff-algorithm=histogram',
  '-O/dev/null',
];

/**
 * Lines added and removed in each file that differs, for each pair of trees. A binary file, and one
 * that only changed its mode, has 0.
 */
export async function changedLines(
  repo: Repo,
  pairs: readonly TreePair[],
): Promise<ReadonlyMap<RepoPath, number>[]> {
  const parts = await diffPairs(repo, pairs, OPTIONS, 1);
  return parts.map((part) => new Map(splitNul(part).map(parseEntry)));
}

/** `<added> TAB <removed> TAB <path>`, `-` for both where the file is binary; git-diff(1). */
function parseEntry(entry: Buffer): [RepoPath, number] {
  const first = entry.indexOf(0x09);
  const second = entry.indexOf(0x09, first + 1);
  if (first < 0 || second < 0)
    throw new Failure('git', 'git diff --numstat printed an entry of unknown form');
  const [added, removed] = entry.toString('latin1', 0, second).split('\t');
  const path = decodeRepoPath(entry.subarray(second + 1));
  return [path, added === '-' ? 0 : Number(added) + Number(removed)];
}
