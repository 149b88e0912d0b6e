import type { BoardData } from '../../../domain/reports/board.ts';
import { markdownCode } from '../../escape.ts';
import { conflictPlaces } from '../../overlap-words.ts';
import { count, list, number } from '../../words.ts';
import type { BranchNames } from '../branch-names.ts';
import { foldingTable } from '../folding-table.ts';

const MOST_PLACES = 3;
const MOST_NAMES = 30;

/** What has to take in the base before anything else: what conflicts with it, then what is old. */
export function staleBranches(
  { overlap, behind }: BoardData,
  names: BranchNames,
  budget: number,
): (string | null)[] {
  const base = names.base(overlap.base.ref);
  const byNumber = overlap.branches.toSorted((a, b) => names.compare(a.ref, b.ref));
  const conflicting = byNumber
    .filter((branch) => branch.base === 'conflict')
    .map(({ ref, conflicts }) => [
      names.full(ref),
      list(conflictPlaces(conflicts).map(markdownCode), MOST_PLACES),
    ]);
  const limit = behind ?? Infinity;
  const old = byNumber
    .filter((branch) => branch.base === 'clean' && branch.behind > limit)
    .map((branch) => `${names.link(branch.ref)} (${number(branch.behind)})`);
  const title = `No longer merge into ${base}: bring them up to date first`;
  return [
    foldingTable(title, ['Pull request', 'Conflicts with it in'], conflicting, budget),
    old.length === 0
      ? null
      : `More than ${count(limit, 'commit')} behind ${markdownCode(base)}: ${list(old, MOST_NAMES)}`,
  ];
}
