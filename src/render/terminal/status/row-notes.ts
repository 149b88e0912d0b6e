import { formatDuration, formatMoment } from '../../../domain/text/duration.ts';
import type { HookStatus } from '../../../domain/reports/init.ts';
import type {
  StatusConflict,
  StatusData,
  StatusLock,
  StatusRow,
} from '../../../domain/reports/status.ts';
import { anOperation } from '../../../domain/worktree-operation.ts';
import { escapeText } from '../../escape.ts';
import { hintLines } from '../../hint.ts';
import type { View } from '../../view.ts';
import { count, list, number, pad, widest, wrap } from '../../words.ts';
import { branchText } from './status-table.ts';

/** Paths of one row that are listed; the others are counted. */
const MOST_PATHS = 6;

/** What the table has no room for, for one row, and its next step; empty for a row in order. */
export function rowNotes(row: StatusRow, data: StatusData, view: View): string[] {
  const notes = [
    ...sentences(row, data).flatMap((text) => wrap(escapeText(text), view.width, '    ', '  ')),
    ...outsideLines(row, view),
    ...locksOf(row, data).flatMap((lock) => lockLines(lock, data, view)),
  ];
  if (notes.length === 0 && !row.next?.urgent) return [];
  const next = row.next === null ? [] : hintLines(row.next.hint, view, '  ');
  return [titleOf(row, view), ...notes, ...next];
}

export function titleOf(row: StatusRow, { paint }: View): string {
  const { agent, worktree } = row;
  const who = agent === null ? '' : `${agent}  `;
  const where = worktree === null ? '' : `  ${paint.faint(escapeText(worktree.relative))}`;
  return `${paint.name(`${who}${branchText(row)}`)}${where}`;
}

/** Not escaped. */
function sentences(row: StatusRow, data: StatusData): string[] {
  const { worktree, unclear, problems, conflicts } = row;
  const said = problems.map((problem) => `not decided: ${problem}`);
  if (worktree?.gone) said.push('its directory does not exist any more');
  if (unclear !== null) said.push(unclear);
  if (data.unguarded === null) said.push(...hooksText(worktree?.hooks ?? []));
  return [...said, ...unfinished(row), ...limitsPassed(row, data), ...conflicts.map(conflictText)];
}

function hooksText(hooks: readonly HookStatus[]): string[] {
  const open = hooks.filter(({ state }) => state !== 'active');
  if (open.length === 0) return [];
  const states = [...new Set(open.map(({ state }) => state))];
  const which =
    open.length === hooks.length && states.length === 1
      ? `every hook is ${states[0]}`
      : list(open.map(({ event, state }) => `${event} is ${state}`));
  return [`git does not run the guard: ${which}`];
}

function unfinished({ worktree }: StatusRow): string[] {
  const { operation, changes } = worktree ?? {};
  const unmerged = changes?.unmerged ?? 0;
  if (!operation && unmerged === 0) return [];
  const left = unmerged > 0 ? `, ${count(unmerged, 'path')} unmerged and nothing judged` : '';
  return [`${anOperation(operation ?? 'merge')} is not finished${left}`];
}

function limitsPassed({ standing }: StatusRow, { limits, base }: StatusData): string[] {
  if (standing === null || base === null) return [];
  const said = {
    age: `behind ${base.ref} for ${formatDuration(standing.age)}, where ${formatDuration(limits.age ?? 0)} is the limit`,
    behind: `${count(standing.behind, 'commit')} behind ${base.ref}, where ${number(limits.behind ?? 0)} is the limit`,
    lines: `${count(standing.lines, 'line')} changed, where ${number(limits.lines ?? 0)} is the limit`,
  };
  return standing.over.map((name) => said[name]);
}

const conflictText = ({ with: other, paths, mechanical }: StatusConflict): string =>
  `conflicts with ${other}${paths.length > 0 ? `: ${list(paths, 3)}` : ''}${mechanical ? ' (lockfiles and the like only)' : ''}`;

/** What would be refused, or warned of, if it were committed now. */
function outsideLines({ agent, worktree }: StatusRow, view: View): string[] {
  const { outside = [], total = 0, untrackedMore = false, untracked = 0 } = worktree?.changes ?? {};
  const { paint, width } = view;
  const more = untrackedMore
    ? wrap(
        `more than ${number(untracked)} untracked files; the rest was not judged`,
        width,
        '    ',
        '  ',
      )
    : [];
  if (outside.length === 0) return more;
  const shown = outside.slice(0, MOST_PATHS);
  const operations = widest(shown.map(({ operation }) => operation));
  const codes = widest(shown.map(({ code }) => code));
  const hidden = outside.length - shown.length;
  const where = agent === null ? 'against the policy' : `outside the part of ${agent}`;
  const verb = outside.length === 1 ? 'is' : 'are';
  const words = `${number(outside.length)} of ${count(total, 'uncommitted path')} ${verb} ${where}:`;
  return [
    ...wrap(words, width, '    ', '  '),
    ...shown.map(({ path, operation, code, owner, severity }) => {
      const told = (severity === 'error' ? paint.bad : paint.warn)(pad(code, codes));
      const whose = owner.length > 0 ? paint.faint(` (${owner.join(', ')})`) : '';
      return `    ${pad(operation, operations)}  ${told}  ${paint.name(escapeText(path))}${whose}`;
    }),
    ...(hidden > 0 ? [paint.faint(`    and ${number(hidden)} more; --json lists all`)] : []),
    ...more,
  ];
}

const locksOf = ({ locks }: StatusRow, data: StatusData): StatusLock[] =>
  data.locks.filter(({ name }) => locks.includes(name));

/** `  holds the lock common until 2026-03-01T14:00:00Z (in 1h 20m)`. */
export function lockLines(
  { name, state, expires }: StatusLock,
  { now }: StatusData,
  { width }: View,
  holder = '',
): string[] {
  const words =
    state === 'landed'
      ? `needs the lock ${name} no longer: what it covered has landed, so that others may take it`
      : state === 'held'
        ? `holds the lock ${name} until ${formatMoment(expires)} (in ${formatDuration(expires - now)})`
        : `had the lock ${name} until ${formatMoment(expires)} (${formatDuration(now - expires)} ago)`;
  return holder === ''
    ? wrap(words, width, '    ', '  ')
    : wrap(`${holder} ${words}`, width, '  ', '');
}
