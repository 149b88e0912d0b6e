import type { Report } from '../../../domain/report.ts';
import type { HandoffLogData, HandoffRollbackData } from '../../../domain/reports/handoff.ts';
import { escapeText } from '../../escape.ts';
import type { View } from '../../view.ts';
import { wrap } from '../../words.ts';

/** The output of commands, each line escaped for the terminal. */
export const renderHandoffLog = ({ data }: Report<HandoffLogData>): string =>
  data.logs.map(({ text }) => text.split('\n').map(escapeText).join('\n')).join('\n');

/** What `handoff rollback` came to. */
export function renderRollback({ data }: Report<HandoffRollbackData>, view: View): string {
  const { branch, from, to, outcome, dryRun } = data;
  const would = dryRun ? ' (dry run: nothing was changed)' : '';
  const words =
    outcome === 'unchanged'
      ? `${branch} is at ${to?.slice(0, 10)}, which passed`
      : `${branch} is back at ${to?.slice(0, 10)}, which passed; ${from} is kept by the handoff`;
  const notes = data.notices.flatMap((notice) => wrap(`note: ${notice}`, view.width, '  ', ''));
  return `${[escapeText(words) + would, ...notes].join('\n')}\n`;
}
