import type { OverlapPair } from '../../domain/reports/overlap.ts';
import type { BranchNames } from './branch-names.ts';
import { isMechanical, isSerious, pairKey } from './pair-key.ts';

/** A wider table does not fit on the page. */
const MOST_COLUMNS = 15;

/**
 * The branches that come close to another one, each against each; where these are too many, those
 * with conflicts that need thought; null where there are none, or still too many.
 */
export function conflictMatrix(pairs: readonly OverlapPair[], names: BranchNames): string | null {
  const refs = [
    refsOf(pairs.filter(({ level }) => level !== 'file')),
    refsOf(pairs.filter(({ level }) => level === 'conflict')),
    refsOf(pairs.filter(isSerious)),
  ].find((some) => some.length <= MOST_COLUMNS);
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
