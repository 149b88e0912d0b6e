import type { OverlapConflict, OverlapPair } from '../../domain/reports/overlap.ts';
import { markdownCode } from '../escape.ts';
import { conflictPlaces } from '../overlap-words.ts';
import { count, list } from '../words.ts';
import type { BranchNames } from './branch-names.ts';
import { foldingTable } from './folding-table.ts';

/** From so many pairs on, the file they all collide in is what explains them. */
const FEWEST_PAIRS = 3;
const MOST_PLACES = 3;
const MOST_NAMES = 10;

/** Pairs that collide in one file and nothing else. */
export interface FileGroup {
  readonly path: string;
  readonly pairs: readonly OverlapPair[];
  /** Everybody in them, by number. */
  readonly refs: readonly string[];
}

/**
 * Pairs grouped by the one file that explains several of them, the largest group first; the others are left.
 *
 * @param pathsOf the paths a pair is about
 */
export function groupByFile(
  pairs: readonly OverlapPair[],
  pathsOf: (pair: OverlapPair) => readonly string[],
  names: BranchNames,
): { readonly groups: readonly FileGroup[]; readonly left: readonly OverlapPair[] } {
  const byPath = new Map<string, OverlapPair[]>();
  for (const pair of pairs) {
    const [path, ...more] = new Set(pathsOf(pair));
    if (path === undefined || more.length > 0) continue;
    byPath.set(path, [...(byPath.get(path) ?? []), pair]);
  }
  const groups = [...byPath]
    .filter(([, some]) => some.length >= FEWEST_PAIRS)
    .map(([path, some]): FileGroup => {
      const refs = [...new Set(some.flatMap(({ a, b }) => [a, b]))];
      return { path, pairs: some, refs: refs.sort((a, b) => names.compare(a, b)) };
    })
    .sort((a, b) => b.pairs.length - a.pairs.length || (a.path < b.path ? -1 : 1));
  const grouped = new Set(groups.flatMap((group) => group.pairs));
  return { groups, left: pairs.filter((pair) => !grouped.has(pair)) };
}

/** Where pairs conflict: first the files that explain many of them, then one pair after the other. */
export function conflictTable(
  pairs: readonly OverlapPair[],
  names: BranchNames,
  budget: number,
): string | null {
  const serious = ({ conflicts }: OverlapPair): OverlapConflict[] =>
    conflicts.filter(({ mechanical }) => !mechanical);
  const { groups, left } = groupByFile(
    pairs,
    (pair) => serious(pair).map(({ path }) => path),
    names,
  );
  const rows = [
    ...groups.map((group) => [markdownCode(group.path), groupWords(group, names)]),
    ...left.map((pair) => [
      list(conflictPlaces(pair.conflicts).map(markdownCode), MOST_PLACES),
      between(pair, names),
    ]),
  ];
  return foldingTable('Conflicts', ['Where', 'Between'], rows, budget);
}

/** `12 pairs of 7: #1, #4, #9, ...` */
export function groupWords({ pairs, refs }: FileGroup, names: BranchNames): string {
  const all = (refs.length * (refs.length - 1)) / 2;
  const links = list(
    refs.map((ref) => names.link(ref)),
    MOST_NAMES,
  );
  const how =
    pairs.length === all
      ? `each with each of ${count(refs.length, 'pull request')}`
      : `${count(pairs.length, 'pair')} of ${count(refs.length, 'pull request')}`;
  return `${how}: ${links}`;
}

function between({ a, b, oneWay }: OverlapPair, names: BranchNames): string {
  if (!oneWay) return `${names.link(a)} and ${names.link(b)}`;
  return `${names.link(oneWay.later)}, once ${names.link(oneWay.earlier)} has landed`;
}
