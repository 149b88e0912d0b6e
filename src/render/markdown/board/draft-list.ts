import type { BoardData } from '../../../domain/reports/board.ts';
import { list, number } from '../../words.ts';
import type { BranchNames } from '../branch-names.ts';
import { table } from '../table.ts';
import { WAITING_HEAD, waitingRow } from './waiting-waves.ts';

const MOST_NAMES = 30;
/** Room for the tags that fold a list, and for its lines of names. */
const FRAME = 4000;

/** Drafts, folded away: nobody waits for them. */
export function draftList(
  { order, leftOut }: BoardData,
  names: BranchNames,
  budget: number,
): string | null {
  const drafts = (order?.order ?? []).filter(({ ref }) => names.isDraft(ref));
  const bound = drafts.filter(({ waits }) => waits.length > 0);
  const free = drafts.filter(({ waits }) => waits.length === 0);
  const links = (refs: readonly string[]): string => list(refs, MOST_NAMES);
  const linked = free
    .map(({ ref }) => ref)
    .sort((a, b) => names.compare(a, b))
    .map((ref) => names.link(ref));
  const listed = table(
    'Drafts',
    WAITING_HEAD,
    bound.map((entry) => waitingRow(entry, names)),
    budget - FRAME,
  );
  const lines = [
    ...(listed === null ? [] : [listed.replace(/^### .*\n\n/, '')]),
    ...(linked.length > 0 ? [`Nothing is in the way of ${links(linked)}`] : []),
    ...(leftOut.length > 0
      ? [`Not looked at: ${links(leftOut.map((each) => names.numbered(each.number)))}`]
      : []),
  ];
  if (lines.length === 0) return null;
  const title = `Drafts: ${number(drafts.length + leftOut.length)}`;
  const gives = bound.length === 0 ? '' : `, ${number(bound.length)} of them behind others`;
  return `<details><summary>${title}${gives}</summary>\n\n${lines.join('\n\n')}\n\n</details>`;
}
