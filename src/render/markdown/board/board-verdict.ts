import type { BoardData } from '../../../domain/reports/board.ts';
import type { OrderCost } from '../../../domain/reports/order.ts';
import { count, number } from '../../words.ts';
import { isMechanical } from '../pair-key.ts';

/** The one thing to know. Not escaped. */
export function boardVerdict(data: BoardData): string {
  const { branches, pairs, stats } = data.overlap;
  if (branches.length === 0) return 'No open pull request lands here.';
  const conflicting = pairs.filter(({ level }) => level === 'conflict').length;
  const mechanical = pairs.filter(isMechanical).length;
  const staleCount = branches.filter((branch) => branch.base === 'conflict').length;
  const parts = [
    conflicting === 0
      ? 'no two conflict'
      : `${number(conflicting)} of ${count(stats.pairs, 'pair')} ${conflicting === 1 ? 'conflicts' : 'conflict'}${mechanical > 0 ? `, ${number(mechanical)} of them only in lockfiles and the like` : ''}`,
    ...(staleCount > 0
      ? [`${number(staleCount)} no longer ${staleCount === 1 ? 'merges' : 'merge'} into the base`]
      : []),
    boardOrderVerdict(data),
  ].filter((part) => part !== '');
  const text = parts.join('; ');
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** What the order costs, and how that is known. Not escaped. */
function boardOrderVerdict({ order }: BoardData): string {
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
