import type { OrderData } from '../../domain/reports/order.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';
import { escapeText } from '../escape.ts';
import { hintLines } from '../hint.ts';
import { waitingWords } from '../order-words.ts';
import { conflictPlaces, remediesOf } from '../overlap-words.ts';
import type { View } from '../view.ts';
import { list, number, wrap } from '../words.ts';

const MOST_BRANCHES = 20;

/** What an order says nothing about: branches that do not merge with the base, and what is not decided. */
export function renderLeftOut(
  data: OverlapData & Partial<Pick<OrderData, 'waiting'>>,
  view: View,
): string {
  const { base, branches, degraded, hints } = data;
  const { paint, width } = view;
  const stale = branches.filter((branch) => branch.base === 'conflict');
  const hidden = stale.length - MOST_BRANCHES;
  const lines = [
    ...(stale.length > 0
      ? [paint.bad(`Not in the order, because they no longer merge with ${escapeText(base.ref)}`)]
      : []),
    ...stale.slice(0, MOST_BRANCHES).flatMap(({ ref, conflicts }) => {
      const places = list(conflictPlaces(conflicts).map(escapeText), 3);
      return [`  ${paint.name(escapeText(ref))}`, ...wrap(places, width, '    ')];
    }),
    ...(hidden > 0 ? [`  and ${number(hidden)} more; --json lists all`] : []),
    ...waitingWords(data).flatMap((words) =>
      wrap(escapeText(words), width, '  ', `${paint.warn('waits')}: `),
    ),
    ...hints.flatMap((hint) =>
      hint.kind === 'policy' ? wrap(escapeText(hint.message), width, '  ', 'hint: ') : [],
    ),
    ...degraded.flatMap(({ message }) =>
      wrap(escapeText(message), width, '  ', `${paint.warn('not decided')}: `),
    ),
    ...remediesOf(degraded).flatMap((remedy) => hintLines(remedy, view, '')),
  ];
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n`;
}
