import type { BoardData } from '../../../domain/reports/board.ts';
import { escapeMarkdown } from '../../escape.ts';
import type { BranchNames } from '../branch-names.ts';
import { landingRecordTable, missingReceipts } from '../landing-records.ts';

/**
 * What landed last, and what of it nobody has written down.
 *
 * @param page URL of the repository
 */
export function landedLast(
  { landings, overlap }: BoardData,
  names: BranchNames,
  page: string,
  budget: number,
): (string | null)[] {
  if (landings.commits.length === 0) return [];
  const missing = missingReceipts(landings, names.base(overlap.base.ref));
  // Where nothing is told of any of them, a list of them tells nothing.
  const isTold = landings.commits.some(({ how }) => how !== 'outside');
  return [
    isTold ? landingRecordTable('Landed last', landings, page, budget) : null,
    missing && `<sub>${escapeMarkdown(missing)}</sub>`,
  ];
}
