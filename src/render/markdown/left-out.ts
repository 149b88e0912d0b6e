import type { OrderData } from '../../domain/reports/order.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';
import { escapeMarkdown, markdownCode } from '../escape.ts';
import { hintMarkdown } from '../hint.ts';
import { waitingWords } from '../order-words.ts';
import { conflictPlaces, remediesOf } from '../overlap-words.ts';
import { list } from '../words.ts';
import { Page } from './page.ts';
import { table } from './table.ts';

/** Stays below what is left of a comment beside the order itself. */
const BUDGET = 4000;

/** What an order says nothing about: branches that do not merge with the base, and what is not decided. */
export function renderLeftOutMarkdown(
  data: OverlapData & Partial<Pick<OrderData, 'waiting'>>,
): string {
  const { base, branches, degraded } = data;
  const page = new Page(BUDGET);
  const rows = branches
    .filter((branch) => branch.base === 'conflict')
    .map(({ ref, conflicts }) => [
      markdownCode(ref),
      list(conflictPlaces(conflicts).map(escapeMarkdown), 3),
    ]);
  const stale = table(
    `Not in the order: no longer merge with ${base.ref}`,
    ['Branch', 'Where'],
    rows,
    BUDGET / 2,
  );
  if (stale !== null) page.add(stale);
  for (const words of waitingWords(data)) page.add(`> waits: ${escapeMarkdown(words)}`);
  for (const { message } of degraded) page.add(`> not decided: ${escapeMarkdown(message)}`);
  for (const remedy of remediesOf(degraded)) page.add(`> ${hintMarkdown(remedy)}`);
  const text = page.toString().trimEnd();
  return text === '' ? '' : `\n${text}\n`;
}
