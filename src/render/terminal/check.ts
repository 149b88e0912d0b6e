import type { Report } from '../../domain/report.ts';
import type { CheckData } from '../../domain/reports/check.ts';
import { escapeText } from '../escape.ts';
import { codesToExplain, groupFindings } from '../findings.ts';
import { describePolicy, headline, what } from '../headline.ts';
import { typedCommand } from '../hint.ts';
import { type Remedy, remedyOf } from '../remedy.ts';
import type { View } from '../view.ts';
import { wrap } from '../words.ts';
import { groupBlocks } from './groups.ts';
import { judgedLines } from './judged.ts';

/**
 * The answer of `check`, for people and agents: the verdict, what was judged, what is wrong by
 * groups, then the one command that helps.
 *
 * @param hook the git hook that answers, such as `pre-commit`; null for the command
 */
export function renderCheck(
  report: Report<CheckData>,
  view: View,
  hook: string | null = null,
): string {
  const { findings, data } = report;
  const remedy = remedyOf(report);
  const groups = groupFindings(findings, remedy);
  const blocks = [
    [verdictLine(report, view), ...(findings.length > 0 ? judgedLines(report, view) : [])],
    ...groupBlocks(groups, 'error', view, listAll(hook)),
    ...groupBlocks(groups, 'warning', view, listAll(hook)),
    ...groupBlocks(groups, 'notice', view, listAll(hook)),
    data.notices.flatMap((notice) => wrap(`note: ${escapeText(notice)}`, view.width, '  ', '')),
    remedyLines(remedy, view),
    [...(hook === null ? [] : warnAgent(report, view)), ...explained(report, view)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** How to see what is cut; a hook's own command is git's, which has no such option. */
function listAll(hook: string | null): string {
  if (hook === null) return '`--json` lists all';
  const what = hook === 'pre-push' ? ' --branch <ref>' : '';
  return `\`bailiwick check${what} --json\` lists all`;
}

function verdictLine(report: Report<CheckData>, { paint }: View): string {
  const tell = report.verdict === 'allowed' ? paint.good : paint.bad;
  const by = report.findings.length === 0 ? ` (policy ${describePolicy(report.policy)})` : '';
  return `${tell('bailiwick:')} ${paint.strong(escapeText(headline(report)))}${escapeText(by)}`;
}

/** The command stands alone on the last line, whole, so that it can be copied. */
function remedyLines(remedy: Remedy | null, view: View): string[] {
  if (remedy === null) return [];
  const aim = wrap(`To ${escapeText(remedy.aim)}, run:`, view.width);
  return [...aim, `  ${view.paint.strong(escapeText(typedCommand(remedy.command, view)))}`];
}

/** An agent tends to try again, or around; said plainly that neither helps. */
function warnAgent(report: Report<CheckData>, { width }: View): string[] {
  const acting = report.data.subjects.some(({ identity }) => identity.kind !== 'human');
  if (report.verdict === 'allowed' || !acting) return [];
  const next = what(report) === 'push' ? 'the pull request is' : 'push and pull request are';
  const words = `Do not retry this ${what(report)} unchanged and do not bypass the hook: ${next} judged by the same rules.`;
  return wrap(words, width);
}

function explained({ findings }: Report, { documentation, paint, width }: View): string[] {
  const codes = codesToExplain(findings).map((code) => `#${code}`);
  if (codes.length === 0) return [];
  const words = `Explained in ${escapeText(documentation)}/findings.md${codes.join(', ')}`;
  return wrap(words, width, '  ', '').map(paint.faint);
}
