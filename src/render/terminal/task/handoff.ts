import { hintTo } from '../../../domain/hint.ts';
import type { Report } from '../../../domain/report.ts';
import type {
  HandoffListData,
  HandoffRow,
  HandoffRunData,
  PhaseRow,
} from '../../../domain/reports/handoff.ts';
import { formatDuration, formatMoment } from '../../../domain/text/duration.ts';
import { escapeText } from '../../escape.ts';
import { hintLines } from '../../hint.ts';
import type { View } from '../../view.ts';
import { count, wrap } from '../../words.ts';
import { textColumns } from './text-columns.ts';

/** What `handoff run` came to: each command, then the verdict and whose turn it is now. */
export function renderHandoffRun(
  { agent, verdict, data }: Report<HandoffRunData>,
  view: View,
): string {
  const { run, commands, branch } = data;
  const title = `${agent} at ${run.commit.slice(0, 10)} (${branch})`;
  const rows = commands.map(({ text, verdict: one, reason, milliseconds, leftBehind }) => [
    escapeText(text),
    one === 'pass' ? 'passed' : escapeText(reason ?? one),
    formatDuration(milliseconds),
    leftBehind === 0 ? '' : `${count(leftBehind, 'process')} left behind, ended`,
  ]);
  const end =
    verdict === 'allowed'
      ? view.paint.good('handed off')
      : `${view.paint.bad(verdict === 'refused' ? 'not handed off' : 'undecided')}: ${escapeText(run.reason ?? '')}`;
  const failed = commands.find((each) => each.verdict !== 'pass');
  const hints =
    failed === undefined
      ? []
      : hintLines(
          hintTo('see what it said', `bailiwick handoff log ${agent} ${failed.position}`),
          view,
          '',
        );
  const notes = data.notices.flatMap((notice) => wrap(`note: ${notice}`, view.width, '  ', ''));
  return `${[title, ...textColumns(rows).map((line) => `  ${line}`), end, ...data.after.map(phaseLine), ...hints, ...notes].join('\n')}\n`;
}

/** `handoff list` and `handoff show`. */
export function renderHandoffs({ data }: Report<HandoffListData>, view: View): string {
  const rows = data.rows.map((row) => [row.agent, ...handoffWords(row)]);
  const detail = data.verb === 'show' ? data.rows.flatMap(detailLines) : [];
  const notes = data.notices.flatMap((notice) => wrap(`note: ${notice}`, view.width, '  ', ''));
  const blocks = [textColumns(rows), detail, data.phases.map(phaseLine), notes];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function handoffWords({ handoff, opens, unreadable }: HandoffRow): string[] {
  if (unreadable !== null) return ['cannot be read', escapeText(unreadable)];
  if (handoff === null) return ['has not handed off', ''];
  const { last, passed } = handoff;
  const verdict = { pass: 'passed', fail: 'failed', undecided: 'undecided' }[last.verdict];
  const words = `${verdict} at ${last.commit.slice(0, 10)}, ${formatMoment(last.at)}`;
  if (last.verdict === 'pass') return [words, opens ? 'opens' : 'opens nothing any more'];
  const before = passed && `${passed.commit.slice(0, 10)} passed before`;
  return [words, before === null ? '' : `${before}${opens ? ', and still opens' : ''}`];
}

const detailLines = ({ handoff }: HandoffRow): string[] =>
  handoff === null
    ? []
    : [
        `branch ${handoff.branch}, on ${escapeText(handoff.last.host)}`,
        ...handoff.last.commands.map(
          ({ text, verdict, milliseconds }) =>
            `  ${escapeText(text)}  ${verdict}  ${formatDuration(milliseconds)}`,
        ),
        ...(handoff.abandoned ? [`taken back from ${handoff.abandoned.tip}`] : []),
      ];

/** Whose turn it is: `a2 comes after a1, not with a3: closed by a1`. */
export function phaseLine({ agent, after, notWith, open, closedBy }: PhaseRow): string {
  const terms = [
    ...(after.length > 0 ? [`comes after ${after.join(', ')}`] : []),
    ...(notWith.length > 0 ? [`not with ${notWith.join(', ')}`] : []),
  ].join(', ');
  return `${agent} ${terms}: ${open ? 'open' : `closed by ${closedBy.join(', ')}`}`;
}
