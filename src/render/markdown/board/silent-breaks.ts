import type { BoardData } from '../../../domain/reports/board.ts';
import { hintSentence } from '../../hint.ts';
import { escapeMarkdown, markdownCode } from '../../escape.ts';
import type { BranchNames } from '../branch-names.ts';
import { foldingTable } from '../folding-table.ts';

/** What merges without a conflict and is wrong all the same. */
export function silentBreaks(
  { overlap }: BoardData,
  names: BranchNames,
  budget: number,
): string | null {
  const rows = overlap.breaks.map(({ code, refs, message, hint }) => [
    refs.map((ref) => names.full(ref)).join('<br>'),
    [
      `${markdownCode(code)}: ${names.sentence(message)}`,
      ...(hint ? [escapeMarkdown(hintSentence(hint))] : []),
    ].join('. '),
  ]);
  return foldingTable('Merge, and break all the same', ['Pull requests', 'What'], rows, budget);
}
