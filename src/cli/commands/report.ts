import { runReport } from '../../commands/report.ts';
import { REPORT_OPTIONS } from '../../domain/options/report-options.ts';
import { renderReportMarkdown } from '../../render/markdown/report.ts';
import { renderReport } from '../../render/terminal/report.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Everything comes from the base's history and from the states in refs; nothing is counted anywhere. What
is not recorded says so, which is not the same as 0.

Examples:
  bailiwick report
  bailiwick report --since 30d --format markdown
  bailiwick report --json`;

export default defineCommand({
  options: REPORT_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, options) => runReport(host, options),
  terminal: renderReport,
  markdown: renderReportMarkdown,
});
