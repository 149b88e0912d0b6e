import { formatMoment } from '../../../domain/text/duration.ts';
import type { BoardChanges, BoardData, RefPair } from '../../../domain/reports/board.ts';
import { escapeMarkdown, markdownCode } from '../../escape.ts';
import { list } from '../../words.ts';
import type { BranchNames } from '../branch-names.ts';
import { foldingTable } from '../folding-table.ts';

const MOST_PLACES = 4;
const MOST_NAMES = 30;

/** What is different from the board before. */
export function boardChanges(changes: BoardChanges, names: BranchNames): string {
  const refs = (all: readonly string[]): string =>
    list(
      all.map((ref) => names.link(ref)),
      MOST_NAMES,
    );
  const pairs = (all: readonly RefPair[]): string =>
    list(
      all.map(([a, b]) => `${names.link(a)} with ${names.link(b)}`),
      MOST_NAMES,
    );
  const rows = [
    changes.conflicts.length > 0 && `- ❌ new: ${pairs(changes.conflicts)}`,
    changes.resolved.length > 0 && `- ✅ no longer: ${pairs(changes.resolved)}`,
    changes.opened.length > 0 && `- opened: ${refs(changes.opened)}`,
    changes.gone.length > 0 && `- landed or closed: ${refs(changes.gone)}`,
    changes.moved.length > 0 && `- moved on: ${refs(changes.moved)}`,
    changes.base && '- the base moved on',
  ].filter((row) => row !== false);
  if (rows.length === 0) rows.push('- nothing');
  return `### Changed since ${escapeMarkdown(formatMoment(changes.since))}\n\n${rows.join('\n')}`;
}

/** Pull requests that change the guard's own files, whoever may. */
export function controlChanges(
  { entries }: BoardData,
  names: BranchNames,
  budget: number,
): string | null {
  const rows = entries
    .filter((entry) => entry.control.length > 0)
    .map((entry) => [names.full(entry.ref), list(entry.control.map(markdownCode), MOST_PLACES)]);
  return foldingTable('Change files that steer the guard', ['Pull request', 'Files'], rows, budget);
}
