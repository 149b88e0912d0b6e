import { type Hint, hintTo } from '../../domain/hint.ts';
import { formatDuration, formatMoment } from '../../domain/text/duration.ts';
import type { Report } from '../../domain/report.ts';
import type { StatusData, StatusOverlap, StatusRow } from '../../domain/reports/status.ts';
import { escapeText } from '../escape.ts';
import { describePolicy } from '../headline.ts';
import { hintLines } from '../hint.ts';
import type { View } from '../view.ts';
import { count, list, wrap } from '../words.ts';
import { apartLines } from './task/apart-lines.ts';
import { phaseLine } from './task/handoff.ts';
import { lockLines, rowNotes } from './status/row-notes.ts';
import { branchText, statusTable } from './status/status-table.ts';

/** The answer of `status`: the fleet as a table, then what needs attention, then what comes next. */
export function renderStatus(report: Report<StatusData>, view: View): string {
  const { data } = report;
  const notes = data.rows.map((row) => rowNotes(row, data, view));
  const quiet = data.rows.filter((_, at) => notes[at]!.length === 0);
  const blocks = [
    headline(report, view),
    data.rows.length > 0 ? statusTable(data, view) : [],
    unguardedLines(data, view),
    ...notes,
    homelessLocks(data, view),
    requestLines(data, view),
    taskLines(data, view),
    phaseLines(data, view),
    landedLines(data, view),
    nextLines(quiet, view),
    [...overlapLines(data.overlap, view), ...data.notices.flatMap((text) => note(text, view))],
  ];
  const filled = blocks.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headline(report: Report<StatusData>, { paint, width }: View): string[] {
  const { data, policy, verdict } = report;
  const inWorktrees = data.rows.filter(({ worktree }) => worktree !== null).length;
  const others = data.rows.length - inWorktrees;
  const what = [
    count(inWorktrees, 'worktree'),
    ...(others > 0 ? [count(others, 'other branch', 'other branches')] : []),
  ];
  const words = stateWords(report);
  const tell = verdict === 'undecided' ? paint.bad : words === IN_ORDER ? paint.good : paint.warn;
  const from = `(policy ${escapeText(describePolicy(policy))})`;
  const lines = wrap(`bailiwick: ${list(what)}, ${words} ${from}`, width, '  ', '');
  return [lines[0]!.replace('bailiwick:', tell('bailiwick:')), ...lines.slice(1)];
}

const IN_ORDER = 'all in order';

function stateWords({ data, verdict }: Report<StatusData>): string {
  const urgent = data.rows.filter(({ next }) => next?.urgent).length;
  const words = [
    ...(urgent > 0 ? [`${urgent} ${urgent === 1 ? 'needs' : 'need'} attention`] : []),
    ...(data.unguarded === null ? [] : ['unguarded']),
    ...(verdict === 'undecided' ? ['not all decided'] : []),
  ];
  return words.join(', ') || IN_ORDER;
}

function unguardedLines({ unguarded }: StatusData, view: View): string[] {
  if (unguarded === null) return [];
  const said = wrap('git runs the guard in no worktree', view.width).map(view.paint.bad);
  return [...said, ...hintLines(unguarded, view, '  ')];
}

/** Locks whose holder has no row. */
function homelessLocks(data: StatusData, view: View): string[] {
  const shown = new Set(data.rows.flatMap(({ locks }) => locks));
  return data.locks
    .filter(({ name }) => !shown.has(name))
    .flatMap((lock) => lockLines(lock, data, view, lock.holder));
}

/** What waits for an answer, and leave that runs out; a fleet has few of either. */
const MOST_REQUESTS = 6;

function requestLines({ requests, now }: StatusData, view: View): string[] {
  if (requests.length === 0) return [];
  const shown = requests.slice(0, MOST_REQUESTS).flatMap((request) => {
    const { id, from, asked, standing, paths, message, branch, since, until, overdue } = request;
    const what = count(paths, 'file');
    const words =
      standing === 'granted'
        ? `${from} may change ${what} on ${branch} until ${formatMoment(until ?? 0)} (in ${formatDuration((until ?? 0) - now)})`
        : `${from} asks ${asked.length === 0 ? 'a person' : asked.join(' or ')} for ${what}, ${overdue ? 'waiting long, ' : ''}for ${formatDuration(now - since)}: ${message}`;
    const tell = overdue ? view.paint.warn : (text: string) => text;
    return wrap(escapeText(`${id}  ${words}`), view.width, '    ', '  ').map(tell);
  });
  const more = requests.length - MOST_REQUESTS;
  const open = requests.filter(({ standing }) => standing === 'open');
  const hint =
    open.length === 1
      ? hintTo('see what is asked for', `bailiwick request show ${open[0]!.id} --patch`)
      : hintTo('see them all', 'bailiwick request list');
  return [
    view.paint.strong('Requests:'),
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...hintLines(hint, view, '  '),
  ];
}

/** What is worked on, and what is to be begun. */
function taskLines({ tasks, now }: StatusData, view: View): string[] {
  if (tasks.length === 0) return [];
  const lines = tasks.flatMap(({ agent, id, title, status, since, waits }) => {
    const time = formatDuration(Math.max(0, now - since));
    const words =
      status === 'started'
        ? `works on it for ${time}`
        : waits.length > 0
          ? `waits for ${list(waits)}`
          : `is to begin it, for ${time}`;
    return wrap(escapeText(`${id}  ${agent} ${words}: ${title}`), view.width, '    ', '  ');
  });
  return [
    view.paint.strong('Tasks:'),
    ...lines,
    ...hintLines(hintTo('see them all', 'bailiwick task list'), view, '  '),
  ];
}

/** Whose phase is closed; where it was asked, all of them and who can work beside whom. */
function phaseLines({ phases, matrix }: StatusData, view: View): string[] {
  const shown = matrix === null ? phases.filter(({ open }) => !open) : phases;
  const rows = shown.map((row) => `  ${phaseLine(row)}`);
  const pairs = apartLines(matrix ?? []).map((line) => `  ${line}`);
  const lines = [...rows, ...pairs].map(escapeText);
  if (lines.length > 0) return [view.paint.strong('Phases:'), ...lines];
  return matrix === null ? [] : ['Every agent can work beside every other.'];
}

function landedLines({ landed }: StatusData, view: View): string[] {
  if (landed.length === 0) return [];
  return [
    ...wrap(
      `${count(landed.length, 'branch', 'branches')} of agents ${landed.length === 1 ? 'has' : 'have'} nothing left to land`,
      view.width,
    ),
    ...hintLines(hintTo('remove what has landed', 'bailiwick clean'), view, '  '),
  ];
}

/** The ordinary steps; rows with the same one share it. */
function nextLines(rows: readonly StatusRow[], view: View): string[] {
  const byHint = new Map<string, { hint: Hint; names: string[] }>();
  for (const row of rows) {
    if (row.next === null) continue;
    const name = row.branch === null ? (row.agent ?? branchText(row)) : branchText(row);
    const key = JSON.stringify(row.next.hint);
    const entry = byHint.get(key) ?? { hint: row.next.hint, names: [] };
    entry.names.push(name);
    byHint.set(key, entry);
  }
  if (byHint.size === 0) return [];
  const lines = [...byHint.values()].flatMap(({ hint, names }) => [
    ...wrap(list(names, 6), view.width, '  ').map(view.paint.name),
    ...hintLines(hint, view, '    '),
  ]);
  return [view.paint.strong('Next:'), ...lines];
}

function overlapLines({ state, left }: StatusOverlap, view: View): string[] {
  switch (state) {
    case 'computed':
    case 'undecided':
      return [];
    case 'skipped':
      return note('conflicts between branches were not looked for', view);
    case 'remembered': {
      const branches = count(left.length, 'branch is', 'branches are');
      return [
        ...note(`conflicts are as last computed, and ${branches} left out`, view),
        ...hintLines(hintTo('compute them all', 'bailiwick overlap'), view, '  '),
      ];
    }
  }
}

const note = (text: string, { width }: View): string[] =>
  wrap(`note: ${escapeText(text)}`, width, '  ', '');
