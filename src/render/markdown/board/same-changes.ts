import type { BoardData } from '../../../domain/reports/board.ts';
import type { OverlapPair } from '../../../domain/reports/overlap.ts';
import { list, number } from '../../words.ts';
import type { BranchNames } from '../branch-names.ts';

/** Groups that are said, and members of each. */
const MOST_GROUPS = 30;
const MOST_NAMES = 10;

/** Pull requests that do the same, all that do it together. */
export function sameChanges({ overlap }: BoardData, names: BranchNames): string | null {
  const groups = alike(overlap.pairs)
    .map((refs) => [...refs].sort((x, y) => names.compare(x, y)))
    .sort(([x], [y]) => names.compare(x!, y!));
  if (groups.length === 0) return null;
  const rows = groups.slice(0, MOST_GROUPS).map((refs) => {
    const links = refs.map((ref) => names.link(ref));
    const rest = refs.length > 2 ? 'the others add nothing' : 'the other adds nothing';
    return `- ${list(links, MOST_NAMES)}: once one has landed, ${rest} and can be closed`;
  });
  const hidden = groups.length - rows.length;
  const rest = hidden > 0 ? [`- and ${number(hidden)} more`] : [];
  return `### The same change twice\n\n${[...rows, ...rest].join('\n')}`;
}

/** Who does the same as one other does the same as all of them. */
function alike(pairs: readonly OverlapPair[]): Set<string>[] {
  const groups = new Map<string, Set<string>>();
  for (const { a, b, identical } of pairs) {
    if (!identical) continue;
    const group = groups.get(a) ?? groups.get(b) ?? new Set();
    for (const ref of [a, b]) groups.set(ref, group.add(ref));
  }
  return [...new Set(groups.values())];
}
