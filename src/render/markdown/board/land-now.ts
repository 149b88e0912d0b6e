import type { BoardData } from '../../../domain/reports/board.ts';
import type { OrderData, OrderEntry } from '../../../domain/reports/order.ts';
import { untried } from '../../order-words.ts';
import { shellQuote } from '../../../domain/text/quote.ts';
import { markdownCode } from '../../escape.ts';
import { list, number } from '../../words.ts';
import type { BranchNames } from '../branch-names.ts';

/** Named in the first line; all of them are in the list below it. */
const MOST_NOW = 60;

/** What can land as it is: nothing that it would have to wait for, not a draft, and tried. */
export function landNow(data: OrderData, names: BranchNames): OrderEntry[] {
  const first = new Set(data.waves[0]);
  const open = untried(data);
  return data.order.filter(
    ({ ref, wave }) => (first.has(ref) || wave === 1) && !names.isDraft(ref) && !open.has(ref),
  );
}

/** Branches that one command names; of more it says `--all`. */
const MOST_TYPED = 12;

/**
 * The command by which a person lands what waits for nothing, each validated as what the base then is. Null where
 * no branch of this repository can. `land` itself works out their order.
 */
export function landCommand(
  { order, entries, landing }: BoardData,
  names: BranchNames,
): string | null {
  if (order === null) return null;
  const now = new Set(landNow(order, names).map(({ ref }) => ref));
  // A fork's branch is in no clone of this repository.
  const branches = entries.flatMap(({ ref, pullRequest }) =>
    now.has(ref) && pullRequest?.own === true ? (pullRequest.branch ?? []) : [],
  );
  if (branches.length === 0) return null;
  const which = branches.length > MOST_TYPED ? ['--all'] : branches.map(shellQuote);
  const mode = landing === 'merge' ? [] : [`--land ${landing}`];
  const command = ['bailiwick land', ...which, '--merge-prs', ...mode].join(' ');
  return `To land them as they are validated, run in a clone that has the branches: ${markdownCode(command)}`;
}

/**
 * The first line of the board, `Land now (38): #1, #2, ...`, with the rest folded below it where it would
 * be longer than anybody reads; what is not known to land in any order says so.
 */
export function landNowLine({ order }: BoardData, names: BranchNames): string[] {
  if (order === null) return [];
  const now = landNow(order, names);
  if (now.length === 0) return ['Land now (0): nothing can land as it is'];
  const any = order.anyOrder[0] !== false;
  if (any) now.sort((a, b) => names.compare(a.ref, b.ref));
  const links = now.map(({ ref }) => names.link(ref));
  const shown = links.length > MOST_NOW ? list(links, MOST_NOW) : links.join(', ');
  const how = any || now.length === 1 ? '' : ', in this order';
  const line = `Land now (${number(now.length)}): ${shown}${how}`;
  if (links.length <= MOST_NOW) return [line];
  const all = `<details><summary>All ${number(links.length)}</summary>\n\n${links.join(', ')}\n\n</details>`;
  return [line, all];
}
