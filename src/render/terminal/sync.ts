import type { Report } from '../../domain/report.ts';
import type { SyncData, SyncOutcome, SyncRow } from '../../domain/reports/sync.ts';
import { escapeText } from '../escape.ts';
import { groupFindings } from '../findings.ts';
import { hintLines } from '../hint.ts';
import type { View } from '../view.ts';
import { count, pad, widest, wrap } from '../words.ts';
import { groupBlocks } from './groups.ts';

const WORDS: Readonly<Record<SyncOutcome, string>> = {
  fetched: 'fetched',
  overruled: 'overruled by the remote',
  pushed: 'pushed',
  same: 'in step',
  undecided: 'left alone',
};

/** The answer of `sync`: what went which way. */
export function renderSync({ data, findings }: Report<SyncData>, view: View): string {
  const moved = data.refs.filter(({ outcome }) => outcome !== 'same');
  const done = moved.filter(({ outcome }) => outcome !== 'undecided').length;
  const blocks = [
    [headline(data, done, view), ...rows(moved, view)],
    ...problems(moved, view),
    ...(data.freed.length > 0 ? [freedLines(data, view)] : []),
    ...groupBlocks(groupFindings(findings, null), 'warning', view, '`--json` lists all'),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headline({ refs, remote, dryRun }: SyncData, moved: number, { paint }: View): string {
  const states = count(refs.length, 'state');
  const undecided = refs.filter(({ outcome }) => outcome === 'undecided').length;
  if (undecided > 0)
    return `${paint.bad(`${undecided} of ${states} cannot be brought in step`)} with ${remote}`;
  if (moved === 0) return `${paint.good('in step')} with ${remote}: ${states}`;
  const what = dryRun ? 'would be brought in step' : 'brought in step';
  return `${paint.good(`${moved} of ${states} ${what}`)} with ${remote}`;
}

/** What keeps a state from being brought in step, one block each. */
const problems = (moved: readonly SyncRow[], view: View): string[][] =>
  moved.flatMap(({ problem }) =>
    problem === undefined
      ? []
      : [
          [
            ...wrap(escapeText(problem.reason), view.width, '  '),
            ...(problem.hint ? hintLines(problem.hint, view, '  ') : []),
          ],
        ],
  );

const freedLines = ({ freed, dryRun }: SyncData, { width }: View): string[] =>
  freed.flatMap(({ name, holder }) =>
    wrap(
      `lock ${name} ${dryRun ? 'would be' : 'is'} free again: what ${holder} changed has landed`,
      width,
      '  ',
      '',
    ),
  );

function rows(moved: readonly SyncRow[], { paint }: View): string[] {
  const names = moved.map(({ ref }) => escapeText(ref.replace('refs/bailiwick/', '')));
  const [name, outcome] = [widest(names), widest(moved.map((row) => WORDS[row.outcome]))];
  return moved.map(({ outcome: what, local, remote }, at) => {
    const [from, to] = what === 'pushed' ? [remote, local] : [local, remote];
    const oids = `${from?.slice(0, 10) ?? 'nothing'} -> ${to?.slice(0, 10)}`;
    return `  ${paint.name(pad(names[at]!, name))}  ${pad(WORDS[what], outcome)}  ${paint.faint(oids)}`;
  });
}
