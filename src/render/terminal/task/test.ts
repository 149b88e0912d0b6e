import { hintTo } from '../../../domain/hint.ts';
import type { Report } from '../../../domain/report.ts';
import type { TestData, TestedWorktree, TestRun } from '../../../domain/reports/handoff.ts';
import { formatBytes } from '../../../domain/text/bytes.ts';
import { formatDuration } from '../../../domain/text/duration.ts';
import { shellQuote } from '../../../domain/text/quote.ts';
import { escapeText } from '../../escape.ts';
import { hintLines } from '../../hint.ts';
import type { View } from '../../view.ts';
import { count, wrap } from '../../words.ts';
import { textColumns } from './text-columns.ts';

/** What `test` came to: a row for each run of a worktree, and what the first that is not green said. */
export function renderTest({ data, verdict }: Report<TestData>, view: View): string {
  const { worktrees, notices } = data;
  const rows = worktrees.flatMap((each) => each.runs.map((run, at) => rowOf(each, run, at)));
  const green = worktrees.filter((each) => each.verdict === 'pass').length;
  const words = `${green} of ${count(worktrees.length, 'worktree')} passed`;
  const end = verdict === 'allowed' ? view.paint.good(words) : view.paint.bad(words);
  const failed = worktrees
    .filter((each) => each.verdict !== 'pass')
    .flatMap(({ runs }) => runs.at(-1)!.commands.find((each) => each.verdict !== 'pass') ?? [])[0];
  const hints =
    failed === undefined
      ? []
      : hintLines(hintTo('see what it said', `cat ${shellQuote(failed.log)}`), view, '');
  const notes = notices.flatMap((notice) =>
    wrap(`note: ${escapeText(notice)}`, view.width, '  ', ''),
  );
  return `${[...inWidth(rows, view.width), end, ...hints, ...notes].join('\n')}\n`;
}

/** Where the screen is too narrow for a row, its figures are on a line of their own. */
function inWidth(rows: readonly string[][], width: number): string[] {
  const lines = textColumns(rows);
  if (lines.every((line) => line.length <= width)) return lines;
  return rows.flatMap((row) => [
    ...wrap(textColumns([row.slice(0, 3).filter(Boolean)])[0]!, width, '  ', ''),
    ...wrap(row.slice(3).filter(Boolean).join(', '), width, '  ', '  '),
  ]);
}

function rowOf({ agent, branch }: TestedWorktree, run: TestRun, at: number): string[] {
  const { verdict, reason, waited, milliseconds, cpu, memory } = run;
  const came = verdict === 'pass' ? 'passed' : escapeText(reason ?? verdict);
  return [
    at === 0 ? agent : '',
    at === 0 ? escapeText(branch ?? 'no branch') : 'again, alone',
    came,
    formatDuration(milliseconds),
    cpu === null ? '' : `cpu ${formatDuration(cpu)}`,
    memory === null ? '' : formatBytes(memory),
    waited < 1000 ? '' : `waited ${formatDuration(waited)}`,
  ];
}
