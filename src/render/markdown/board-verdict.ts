import type { BoardData } from '../../domain/reports/board.ts';
import { count, number } from '../words.ts';
import { boardOrderVerdict } from './board-order.ts';
import { isMechanical } from './pair-key.ts';

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
