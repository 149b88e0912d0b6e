import type { BoardData } from '../../domain/reports/board.ts';
import type { OrderCost, OrderData, OrderEntry } from '../../domain/reports/order.ts';
import { escapeMarkdown } from '../escape.ts';
import { boundEntries, why } from '../order-words.ts';
import { count, list, number } from '../words.ts';
import type { BranchNames } from './branch-names.ts';
import { table } from './table.ts';

/** Branches that nothing keeps waiting, named before the rest is folded away. */
const MOST_OPEN = 12;

/** The order in which to land: what depends on it first, then what can land at any time. */
export function boardOrderSections(order: OrderData, names: BranchNames, budget: number): string[] {
  const matters = boundEntries(order);
  const bound = new Set(matters);
  const free = order.order.filter((entry) => !bound.has(entry));
  free.sort((a, b) => names.compare(a.ref, b.ref));
  const rows = matters.map((entry) => [
    String(entry.wave),
    names.full(entry.ref),
    outcome(entry),
    names.sentence(why(entry)),
  ]);
  const head = ['Wave', 'Pull request', 'Lands', 'Why there'];
  const ordered = table('The order to land them in', head, rows, budget);
  return [
    ...(ordered === null ? [] : [ordered, WAVES]),
    ...(free.length === 0 ? [] : [atAnyTime(free, matters.length > 0, names)]),
  ];
}

const WAVES =
  'Pull requests of one wave can land in any order among themselves, once those of the waves before have.';

const outcome = ({ outcome: how, cost }: OrderEntry): string =>
  how === 'clean' ? '✅ clean' : `🔧 redo ${count(cost.lines, 'line')}`;

function atAnyTime(free: readonly OrderEntry[], others: boolean, names: BranchNames): string {
  const words = others ? 'At any time' : 'In any order';
  const title = `**${words}**: ${count(free.length, 'pull request')} that ${free.length === 1 ? 'conflicts' : 'conflict'} with no other one`;
  if (free.length <= MOST_OPEN)
    return `${title}\n\n${free.map(({ ref }) => `- ${names.full(ref).replace('<br>', ' · ')}`).join('\n')}`;
  const rows = free.map(({ ref }) => `- ${names.full(ref).replace('<br>', ' · ')}`);
  return `${title}\n\n<details><summary>${list(free.map(({ ref }) => names.plain(ref)).map(escapeMarkdown), MOST_OPEN)}</summary>\n\n${rows.join('\n')}\n\n</details>`;
}

/** What the order costs, and how that is known. Not escaped. */
export function boardOrderVerdict({ order }: BoardData): string {
  if (order === null || order.order.length === 0) return '';
  const { cost, bound, optimal, baselines } = order;
  if (cost.branches === 0) return 'all can land in the order below without any rework';
  const proof = optimal
    ? 'which is the fewest possible'
    : `and no order needs fewer than ${number(bound.branches)}`;
  const lines = `${count(cost.lines, 'line')}`;
  const worse = dearer(baselines['first-come'], cost);
  return `in the order below ${number(cost.branches)} of ${number(order.order.length)} ${cost.branches === 1 ? 'needs' : 'need'} rework (${lines}), ${proof}${worse}`;
}

/** How much more the order costs that people use without looking. */
function dearer(usual: OrderCost, cost: OrderCost): string {
  if (usual.branches > cost.branches)
    return `; first come, first served it would be ${number(usual.branches)}`;
  if (usual.branches === cost.branches && usual.lines > cost.lines)
    return `; first come, first served it would be ${count(usual.lines, 'line')}`;
  return '';
}
