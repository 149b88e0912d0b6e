import type { Report } from '../../domain/report.ts';
import type { OrderData, OrderEntry } from '../../domain/reports/order.ts';
import { escapeMarkdown, markdownCode } from '../escape.ts';
import {
  boundEntries,
  constant,
  costs,
  freeWords,
  orderHeadline,
  untried,
  outcomeWords,
  replayNotes,
  why,
} from '../order-words.ts';
import { list, number } from '../words.ts';
import { BranchNames } from './branch-names.ts';
import { waitDiagram } from './diagram.ts';
import { Page } from './page.ts';
import { table } from './table.ts';

/** Below the 65,536 characters of a comment, with room for what the caller adds around it. */
const COMMENT_BUDGET = 60_000;
/** Part of the page that is kept free for what comes after the list of branches. */
const CLOSING = 1 / 4;
const MOST_FREE = 40;
const MOST_NOTES = 20;

/**
 * The answer of `order` for a pull request's summary or comment.
 *
 * @param budget most UTF-8 bytes; rows that do not fit are counted instead
 */
export function renderOrderMarkdown(
  { data }: Report<OrderData>,
  budget: number = COMMENT_BUDGET,
): string {
  const page = new Page(budget);
  page.add(`## bailiwick: ${escapeMarkdown(orderHeadline(data))}`);
  const bound = boundEntries(data);
  const sections = [
    () => ordered(bound, page.left * (1 - CLOSING)),
    () =>
      atAnyTime(
        data,
        data.order.filter((entry) => !bound.includes(entry)),
      ),
    () => diagram(data),
    () => costTable(data, page.left),
    () => replayed(data),
  ];
  for (const section of sections) {
    const text = section();
    if (text !== null) page.add(text);
  }
  return `${page.toString().trimEnd()}\n`;
}

function ordered(entries: readonly OrderEntry[], budget: number): string | null {
  const rows = entries.map((entry) => [
    String(entry.position),
    String(entry.wave),
    markdownCode(entry.ref),
    outcomeWords(entry),
    escapeMarkdown(why(entry)),
  ]);
  const listed = table('Order', ['#', 'Wave', 'Branch', 'Lands', 'Why there'], rows, budget);
  return listed && `${listed}\n\nBranches of one wave can land in any order among themselves.`;
}

function atAnyTime(data: OrderData, free: readonly OrderEntry[]): string | null {
  if (free.length === 0) return null;
  const title = `${freeWords(data, free)}${untried(data).size > 0 ? '' : ' can land at any time'}`;
  const names = free.map(({ ref }) => markdownCode(ref));
  return `${title}: ${list(names, MOST_FREE)}`;
}

function diagram(data: OrderData): string | null {
  const drawn = waitDiagram(data, new BranchNames([], ''));
  return drawn && `### Who waits for whom\n\n${drawn}`;
}

function costTable(data: OrderData, budget: number): string | null {
  if (data.hunks === 0 && data.cost.branches === 0) return null;
  const rows = costs(data).map(({ name, cost, note }) => [
    name,
    number(cost.branches),
    number(cost.lines),
    escapeMarkdown(note),
  ]);
  const listed = table('Cost', ['Order', 'Branches', 'Lines', ''], rows, budget);
  const same = constant(data);
  return listed && same ? `${listed}\n\n${same}.` : listed;
}

function replayed(data: OrderData): string | null {
  const notes = replayNotes(data);
  if (notes.length === 0) return null;
  const hidden = notes.length - MOST_NOTES;
  const shown = notes.slice(0, MOST_NOTES).map((note) => `- ${escapeMarkdown(note)}`);
  const rest = hidden > 0 ? [`- and ${number(hidden)} more`] : [];
  return ['### Replay', '', ...shown, ...rest].join('\n');
}
