import type { Report } from '../../domain/report.ts';
import type { StatusConflict, StatusData, StatusRow } from '../../domain/reports/status.ts';
import { count, list } from '../words.ts';
import {
  type Brief,
  briefText,
  type BriefView,
  hintData,
  hintWords,
  moreKey,
  moreLine,
  plain,
  someOf,
} from './brief.ts';

/** Every worktree and open branch, and what each has to do next. */
export function briefStatus({ verdict, data }: Report<StatusData>, view: BriefView): Brief {
  const { base, locks, tasks, unguarded, notices } = data;
  const { some, more } = someOf(data.rows);
  return {
    text: briefText([
      `${count(data.rows.length, 'worktree or branch', 'worktrees and branches')} on ${plain(base?.ref ?? 'no base')}`,
      ...some.map((row) => lineOf(row, view)),
      moreLine(more),
      ...tasks.map(({ agent, id, title, status }) =>
        plain(`${agent} ${status === 'started' ? 'works on' : 'is to do'} task ${id}: ${title}`),
      ),
      ...locks.map(({ name, holder, state }) => `lock ${name} is ${state} by ${holder}`),
      unguarded && `git runs the guard in no worktree. ${hintWords(unguarded, view)}`,
      ...notices.map((notice) => `note: ${plain(notice)}`),
    ]),
    data: {
      verdict,
      base: base?.ref ?? null,
      rows: some.map((row) => rowData(row, view)),
      ...moreKey(more),
      ...(locks.length > 0 && {
        locks: locks.map(({ name, holder, state }) => ({ name, holder, state })),
      }),
      ...(tasks.length > 0 && {
        tasks: tasks.map(({ agent, id, status }) => ({ agent, id, status })),
      }),
      ...(unguarded && { unguarded: hintData(unguarded, view) }),
      ...(notices.length > 0 && { notices }),
    },
  };
}

function lineOf(row: StatusRow, view: BriefView): string {
  const { agent, worktree, standing, next } = row;
  const who = agent ?? 'nobody';
  const where = worktree === null ? 'in no worktree' : `in ${plain(worktree.relative)}`;
  const ahead = standing === null ? '' : `, ${standing.ahead} ahead, ${standing.behind} behind`;
  const marks = trouble(row).map((words) => `; ${plain(words)}`);
  const help = next === null ? '' : `. ${hintWords(next.hint, view)}`;
  const here = worktree?.here ? '* ' : '';
  return `${here}${who} ${plain(branchName(row))} ${where}${ahead}${marks.join('')}${help}`;
}

const branchName = ({ branch, head }: StatusRow): string =>
  branch ?? (head === null ? 'no commit yet' : `detached ${head.slice(0, 7)}`);

/** What is wrong with one, a few words each. */
function trouble({ worktree, unclear, problems, conflicts }: StatusRow): string[] {
  const { total = 0, outside = [] } = worktree?.changes ?? {};
  const idle = (worktree?.hooks ?? []).filter(({ state }) => state !== 'active');
  return [
    ...(worktree?.gone ? ['its directory is gone'] : []),
    ...(unclear === null ? [] : [unclear]),
    ...(idle.length > 0 ? [`not guarded: ${list(idle.map(({ event }) => event))}`] : []),
    ...(total > 0 ? [`${count(total, 'path')} uncommitted`] : []),
    ...(outside.length > 0
      ? [
          `outside its part: ${list(
            outside.map(({ path }) => path),
            5,
          )}`,
        ]
      : []),
    ...conflicts.map(conflictWords),
    ...problems.map((problem) => `not decided: ${problem}`),
  ];
}

const conflictWords = ({ with: other, paths }: StatusConflict): string =>
  `conflicts with ${other}${paths.length > 0 ? ` in ${list(paths, 3)}` : ''}`;

function rowData(row: StatusRow, view: BriefView): Readonly<Record<string, unknown>> {
  const { agent, worktree, standing, next, locks } = row;
  const words = trouble(row);
  return {
    agent,
    branch: branchName(row),
    worktree: worktree?.path ?? null,
    ...(worktree?.here && { here: true }),
    ...(standing !== null && { ahead: standing.ahead, behind: standing.behind }),
    ...(locks.length > 0 && { locks }),
    ...(words.length > 0 && { trouble: words }),
    ...(next !== null && { next: { why: next.why, ...hintData(next.hint, view) } }),
  };
}
