import { compare } from '../../domain/finding.ts';
import type { OverlapPair } from '../../domain/reports/overlap.ts';
import type { BranchNames } from './branch-names.ts';

/** A conflict that a command solves: in nothing but lockfiles, changelogs and manifests. */
export const isMechanical = ({
  level,
  conflicts,
}: Pick<OverlapPair, 'conflicts' | 'level'>): boolean =>
  level === 'conflict' && conflicts.length > 0 && conflicts.every(({ mechanical }) => mechanical);

/** A conflict that somebody has to think about. */
export const isSerious = (pair: OverlapPair): boolean =>
  pair.level === 'conflict' && !isMechanical(pair);

/** The pairs as people number them: `#2` with `#11`, in that order, after `#1` with `#30`. */
export function byNumber(pairs: readonly OverlapPair[], names: BranchNames): OverlapPair[] {
  const turned = pairs.map((pair) => {
    const { a, b } = pair;
    return names.compare(a, b) <= 0 ? pair : { ...pair, a: b, b: a };
  });
  return turned.sort((x, y) => names.compare(x.a, y.a) || names.compare(x.b, y.b));
}

/** The key of a pair, whichever way round. */
export const pairKey = (a: string, b: string): string => JSON.stringify([a, b].sort(compare));
