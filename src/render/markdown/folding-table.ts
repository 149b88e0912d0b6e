import { number } from '../words.ts';
import { bytes } from './page.ts';
import { table } from './table.ts';

/** Rows that stand open; the rest is folded away until it is asked for. */
const MOST_OPEN = 15;
/** Room for the tags that fold a table. */
const FRAME = 120;

/** A titled table of which the first rows stand open and the rest is folded below; null when there are none. */
export function foldingTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  budget: number,
): string | null {
  if (rows.length <= MOST_OPEN) return table(title, head, rows, budget);
  const open = table(title, head, rows.slice(0, MOST_OPEN), budget);
  if (open === null) return null;
  const rest = rows.slice(MOST_OPEN);
  const folded = table(title, head, rest, budget - bytes(open) - FRAME);
  // The title stands above already.
  const body = folded?.replace(/^### .*\n\n/, '') ?? '';
  return `${open}\n\n<details><summary>${number(rest.length)} more</summary>\n\n${body}\n\n</details>`;
}
