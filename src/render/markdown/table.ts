import { escapeMarkdown } from '../escape.ts';
import { number } from '../words.ts';
import { bytes } from './page.ts';

/** Room for the line that counts what was left out. */
const REST = 40;

/**
 * A titled table of as many rows as fit, and the count of the rest; null when there are none. Cells are
 * Markdown already.
 */
export function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  budget: number,
): string | null {
  if (rows.length === 0) return null;
  const top = [`### ${escapeMarkdown(title)}`, '', row(head), row(head.map(() => '---'))];
  let left = budget - bytes(top.join('\n')) - REST;
  const lines: string[] = [];
  for (const cells of rows) {
    const line = row(cells);
    left -= bytes(line) + 1;
    if (left < 0) break;
    lines.push(line);
  }
  const hidden = rows.length - lines.length;
  const rest = hidden > 0 ? ['', `and ${number(hidden)} more`] : [];
  return [...top, ...lines, ...rest].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
