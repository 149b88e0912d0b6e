import { filePlace, type OverlapPair } from '../../domain/reports/overlap.ts';
import { markdownCode } from '../escape.ts';
import { count, list, number } from '../words.ts';
import type { BranchNames } from './branch-names.ts';
import { bytes } from './page.ts';
import { groupByFile, groupWords } from './by-file.ts';

const MOST_PLACES = 4;
const MOST_ROWS = 100;
/** Room for the tags that fold a list, and for the line that counts its rest. */
const FRAME = 200;

/** A list that nobody has to read, and what each of its pairs is about. */
export interface FoldedPairs {
  readonly title: string;
  readonly pairs: readonly OverlapPair[];
  /** Not escaped. */
  readonly places: (pair: OverlapPair) => readonly string[];
  /** The files it is about. */
  readonly paths: (pair: OverlapPair) => readonly string[];
}

/** Pairs in a list folded away, as many as fit; null when there are none. */
export function foldedPairs(
  { title, pairs, places, paths }: FoldedPairs,
  names: BranchNames,
  budget: number,
): string | null {
  if (pairs.length === 0) return null;
  const { groups, left: single } = groupByFile(pairs, paths, names);
  const all = [
    ...groups.map((group) => `- ${markdownCode(group.path)}: ${groupWords(group, names)}`),
    ...single.map((pair) => {
      const where = list(places(pair).map(markdownCode), MOST_PLACES);
      return `- ${names.link(pair.a)} and ${names.link(pair.b)}: ${where}`;
    }),
  ];
  const rows: string[] = [];
  let left = budget - FRAME;
  for (const row of all.slice(0, MOST_ROWS)) {
    left -= bytes(row) + 1;
    if (left < 0) break;
    rows.push(row);
  }
  const hidden = all.length - rows.length;
  const rest = hidden > 0 ? [`- and ${number(hidden)} more`] : [];
  const head = `${title}: ${count(pairs.length, 'pair')}`;
  return `<details><summary>${head}</summary>\n\n${[...rows, ...rest].join('\n')}\n\n</details>`;
}

/** The same without lines. */
export const nearPaths = ({ near }: OverlapPair): string[] => near.map(({ path }) => path);

/** The files in which a pair only comes close. */
export const nearPlaces = ({ near }: OverlapPair): string[] => near.map(filePlace);
