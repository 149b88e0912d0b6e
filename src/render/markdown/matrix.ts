import type { OverlapPair } from '../../domain/reports/overlap.ts';
import type { BranchNames } from './branch-names.ts';
import { isMechanical, isSerious, pairKey } from './pair-key.ts';

/** Pixels that GitHub shows of a table before it has to be scrolled, and what a name and a cell take. */
const WIDTH = 930;
const PER_LETTER = 9;
const PADDING = 28;

/** Whether a square of these names fits on the page. */
const fits = (refs: readonly string[], names: BranchNames): boolean => {
  const columns = refs.map((ref) => names.plain(ref).length * PER_LETTER + PADDING);
  return columns.reduce((sum, column) => sum + column, Math.max(0, ...columns)) <= WIDTH;
};

/**
 * The branches that come close to another one, each against each; where these are too many, those
 * with conflicts that need thought; null where there are none, or still too many.
 */
export function conflictMatrix(pairs: readonly OverlapPair[], names: BranchNames): string | null {
  const refs = [
    refsOf(pairs.filter(({ level }) => level !== 'file')),
    refsOf(pairs.filter(({ level }) => level === 'conflict')),
    refsOf(pairs.filter(isSerious)),
  ].find((some) => fits(some, names));
  if (refs === undefined || refs.length === 0) return null;
  refs.sort((a, b) => names.compare(a, b));
  const signs = new Map(pairs.map((pair) => [pairKey(pair.a, pair.b), signOf(pair)]));
  const lines = [
    ['', ...refs.map((ref) => names.link(ref))],
    ['---', ...refs.map(() => ':-:')],
    ...refs.map((row) => [
      names.link(row),
      ...refs.map((column) => (row === column ? '➖' : (signs.get(pairKey(row, column)) ?? ' '))),
    ]),
  ].map((cells) => `| ${cells.join(' | ')} |`);
  const legend = '❌ conflict · ⚙️ conflict a command solves · ⚠️ lines that touch · ▫️ same file';
  return `### Each against each\n\n${lines.join('\n')}\n\n${legend}`;
}

const refsOf = (pairs: readonly OverlapPair[]): string[] => [
  ...new Set(pairs.flatMap(({ a, b }) => [a, b])),
];

function signOf(pair: OverlapPair): string {
  if (pair.level === 'conflict') return isMechanical(pair) ? '⚙️' : '❌';
  return pair.level === 'near' ? '⚠️' : '▫️';
}
