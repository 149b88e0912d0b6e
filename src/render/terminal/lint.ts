import { hintTo } from '../../domain/hint.ts';
import type { Report } from '../../domain/report.ts';
import { apartLines } from './task/apart-lines.ts';
import type { LintData, LintProblem, PastVerdicts } from '../../domain/reports/lint.ts';
import { escapeText } from '../escape.ts';
import { hintLines } from '../hint.ts';
import type { View } from '../view.ts';
import { columns, count, number, wrap } from '../words.ts';

/** The most of a line that is shown; a policy in one line is still a policy. */
const LONGEST_SOURCE = 160;

/** Each problem as `file:line:column`, with its line of the policy, and what helps. */
export function renderLint({ verdict, data }: Report<LintData>, view: View): string {
  const blocks = data.problems.map((problem) => problemLines(data.file, problem, view).join('\n'));
  const phases = data.phases ? [apartLines(data.phases).join('\n')] : [];
  const past = data.history ? [pastLines(data.history, view).join('\n')] : [];
  return `${[...blocks, ...phases, ...past, summary(verdict, data, view)].join('\n\n')}\n`;
}

function problemLines(file: string, problem: LintProblem, view: View): string[] {
  const { severity, rule, message, hint, line, column } = problem;
  const { paint } = view;
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  const kind = severity === 'error' ? paint.bad(severity) : paint.warn(severity);
  return [
    `${paint.strong(escapeText(place))} ${kind} ${paint.name(rule)}: ${escapeText(message)}`,
    ...sourceLines(problem, view),
    ...(hint === undefined ? [] : hintLines(hint, view, '  ')),
  ];
}

/** The line of the policy with a mark under the column. */
function sourceLines({ source, line, column }: LintProblem, { paint }: View): string[] {
  if (source === null || source.trim() === '') return [];
  // A long line is shown around the column, so that the mark is always seen.
  const start = column <= LONGEST_SOURCE ? 0 : column - LONGEST_SOURCE / 2;
  const shown = source.slice(start, start + LONGEST_SOURCE);
  const gutter = `${line} | `;
  const before = columns(escapeText(source.slice(start, column - 1)));
  return [
    `  ${paint.faint(gutter)}${escapeText(shown)}`,
    `  ${paint.faint(' '.repeat(gutter.length - 2) + '| ')}${' '.repeat(before)}${paint.warn('^')}`,
  ];
}

function summary(verdict: Report['verdict'], data: LintData, { paint }: View): string {
  const errors = data.problems.filter(({ severity }) => severity === 'error').length;
  const warnings = data.problems.length - errors;
  const file = escapeText(data.file);
  const found = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ].join(', ');
  const about = [
    ...(data.agents > 0 ? [count(data.agents, 'agent')] : []),
    ...(data.coverage ? [coverageWords(data.coverage)] : []),
  ].join(', ');
  const words = {
    allowed: paint.good(found === '' ? `${file} is sound` : `${file} can be used: ${found}`),
    refused: paint.bad(`${file} does not do what its tests say: ${found}`),
    undecided: paint.bad(`${file} cannot be used: ${found}`),
  };
  return about === '' ? words[verdict] : `${words[verdict]} ${paint.faint(`(${about})`)}`;
}

/** How the policy would have judged past commits, and what would have changed most. */
function pastLines({ commits, allowed, people, paths, gain }: PastVerdicts, view: View): string[] {
  if (commits === 0) return ['There are no past commits to judge.'];
  const share = (part: number): string => `${Math.round((part / commits) * 100)} %`;
  const head = `Of the last ${count(commits, 'commit')}, ${share(allowed)} could have been made by one agent; ${share(people)} changed files that only people may change.`;
  const rows = paths.map(
    (each) => `  ${String(each.commits).padStart(5)}  ${view.paint.name(escapeText(each.path))}`,
  );
  return [
    ...wrap(head, view.width),
    ...(rows.length > 0 ? ['Refused most often:', ...rows] : []),
    ...(gain
      ? hintLines(
          hintTo(
            `let ${count(gain.commits, 'more commit')} through, list '${gain.glob}' under shared`,
          ),
          view,
          '  ',
        )
      : []),
  ];
}

const coverageWords = ({ covered, tracked }: NonNullable<LintData['coverage']>): string =>
  `${number(covered)} of ${count(tracked, 'tracked path')} covered`;
