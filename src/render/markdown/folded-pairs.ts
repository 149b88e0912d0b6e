import { filePlace, type OverlapPair } from '../../domain/reports/overlap.ts';
import { markdownCode } from '../escape.ts';
import { conflictPlaces } from '../overlap-words.ts';
import { count, list, number } from '../words.ts';
import type { BranchNames } from './branch-names.ts';
import { bytes } from './page.ts';
import { table } from './table.ts';

const MOST_PLACES = 4;
/** Room for the tags that fold a list, and for the line that counts its rest. */
const FRAME = 200;

/** Where pairs conflict, in a table. */
export function conflictTable(
  pairs: readonly OverlapPair[],
  names: BranchNames,
  budget: number,
): string | null {
  const rows = pairs.map(({ a, b, conflicts: places }) => [
    `${names.link(a)} and ${names.link(b)}`,
    list(conflictPlaces(places).map(markdownCode), MOST_PLACES),
  ]);
  return table('Conflicts', ['Between', 'Where'], rows, budget);
}

/** A list that nobody has to read, and what each of its pairs is about. */
export interface FoldedPairs {
  readonly title: string;
  readonly pairs: readonly OverlapPair[];
  /** Not escaped. */
  readonly places: (pair: OverlapPair) => readonly string[];
}

/** Pairs in a list folded away, as many as fit; null when there are none. */
export function foldedPairs(
  { title, pairs, places }: FoldedPairs,
  names: BranchNames,
  budget: number,
): string | null {
  if (pairs.length === 0) return null;
  const rows: string[] = [];
  let left = budget - FRAME;
  for (const pair of pairs) {
    const where = list(places(pair).map(markdownCode), MOST_PLACES);
    const row = `- ${names.link(pair.a)} and ${names.link(pair.b)}: ${where}`;
    left -= bytes(row) + 1;
    if (left < 0) break;
    rows.push(row);
  }
  const hidden = pairs.length - rows.length;
  const rest = hidden > 0 ? [`- and ${number(hidden)} more`] : [];
  const head = `${title}: ${count(pairs.length, 'pair')}`;
  return `<details><summary>${head}</summary>\n\n${[...rows, ...rest].join('\n')}\n\n</details>`;
}

/** The files in which a pair only comes close. */
export const nearPlaces = ({ near }: OverlapPair): string[] => near.map(filePlace);
