import type { BoardData } from '../../../domain/reports/board.ts';
import { number } from '../../words.ts';
import type { BranchNames } from '../branch-names.ts';

const MOST_NAMES = 30;

/** Pull requests that do the same. */
export function sameChanges({ overlap }: BoardData, names: BranchNames): string | null {
  const same = overlap.pairs.filter(({ identical }) => identical);
  if (same.length === 0) return null;
  const rows = same.slice(0, MOST_NAMES).map(({ a, b }) => {
    const [first, second] = [a, b].sort((x, y) => names.compare(x, y)) as [string, string];
    return `- ${names.link(first)} and ${names.link(second)}: once one has landed, the other adds nothing and can be closed`;
  });
  const hidden = same.length - rows.length;
  const rest = hidden > 0 ? [`- and ${number(hidden)} more`] : [];
  return `### The same change twice\n\n${[...rows, ...rest].join('\n')}`;
}
