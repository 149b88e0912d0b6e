import { hintTo } from '../../domain/hint.ts';
import type { Report } from '../../domain/report.ts';
import type { PageAnswer } from '../../domain/reports/page.ts';
import { escapeText } from '../escape.ts';
import { hintText } from '../hint.ts';
import type { View } from '../view.ts';
import { count, list, number, wrap } from '../words.ts';

/** What is on the page in one line, where it is, and how to look at it. */
export function renderPageAnswer({ data }: Report<PageAnswer>, view: View): string {
  const { paint, width } = view;
  const { written, branches, pairs, order, problem, notices } = data;
  const clashes = pairs.filter(({ level }) => level === 'conflict').length;
  const facts = [
    count(branches.length, 'open branch', 'open branches'),
    clashes === 1 ? '1 pair conflicts' : `${number(clashes)} pairs conflict`,
    ...(order === null ? [] : [`${number(order.cost.branches)} to rework`]),
  ];
  const unclear = [...(problem === null ? [] : [`there is no order: ${problem}`]), ...notices];
  return [
    `${paint.strong('page written')}: ${list(facts)} (${number(Math.ceil(written.bytes / 1000))} kB)`,
    ...unclear.flatMap((text) => wrap(escapeText(text), width, '  ', paint.warn('! '))),
    '',
    hintText(hintTo(`look at it, open ${escapeText(written.url)}`), view),
    hintText(hintTo('have it follow the repository', 'bailiwick page --serve'), view),
    '',
  ].join('\n');
}
