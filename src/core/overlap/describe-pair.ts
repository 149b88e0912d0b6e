import type { Hunk } from '../../domain/footprint.ts';
import type { RepoPath } from '../../domain/path.ts';
import type {
  LineRange,
  MergeConflict,
  OneWay,
  OverlapPair,
} from '../../domain/reports/overlap.ts';
import type { Candidate } from './candidates.ts';
import { describeConflicts } from './conflicts.ts';
import { disputedLines } from './hunks.ts';
import { isNear } from './is-near.ts';

/**
 * What a pair comes to; null when the two have nothing in common after all.
 *
 * @param refs of the fleet, by index.
 * @param conflicts what the merge of the two came to; empty where they merge.
 * @param oneWay where they conflict one way round only.
 * @param identical both do the same to the base.
 */
export function describePair(
  refs: readonly string[],
  candidate: Candidate,
  conflicts: readonly MergeConflict[],
  oneWay: OneWay | null = null,
  identical = false,
): OverlapPair | null {
  const { shared } = candidate;
  if (shared.length === 0 && conflicts.length === 0) return null;
  const near = shared.filter(isNear).map(({ path }) => {
    const lines = disputedIn(candidate, path);
    return { path, ...(lines.length > 0 && { lines }) };
  });
  return {
    a: refs[candidate.a]!,
    b: refs[candidate.b]!,
    level: conflicts.length > 0 ? 'conflict' : near.length > 0 ? 'near' : 'file',
    paths: shared.map(({ path }) => path),
    near,
    conflicts: describeConflicts(conflicts, (path) => disputedIn(candidate, path)),
    ...(oneWay && { oneWay }),
    ...(identical && { identical: true as const }),
  };
}

const NONE: readonly Hunk[] = [];

function disputedIn({ shared }: Candidate, path: RepoPath): LineRange[] {
  const file = shared.find((candidate) => candidate.path === path);
  return disputedLines(file?.a.hunks ?? NONE, file?.b.hunks ?? NONE);
}
