import type { Report } from '../../domain/report.ts';
import type { FleetReportData } from '../../domain/reports/fleet-report.ts';
import { formatMoment } from '../../domain/text/duration.ts';
import { escapeMarkdown, markdownCode } from '../escape.ts';
import { AGENT_COLUMNS, agentCells, reportRows } from '../report-rows.ts';
import { table } from './table.ts';

/** Much more than it can come to: every agent is a row. */
const ROOM = 60_000;

/** `report` for a page or a comment. */
export function renderReportMarkdown({ data }: Report<FleetReportData>): string {
  const { since, until, base, agents, notices } = data;
  const parts = [
    `## ${markdownCode(base.ref)} from ${formatMoment(since)} to ${formatMoment(until)}`,
    table(
      'Agents',
      AGENT_COLUMNS,
      agents.map((one) => agentCells(one).map(escapeMarkdown)),
      ROOM,
    ),
    table(
      'The fleet',
      ['', ''],
      reportRows(data).map(({ name, value }) => [name, escapeMarkdown(value)]),
      ROOM,
    ),
    notices.map((notice) => `- ${escapeMarkdown(notice)}`).join('\n'),
  ];
  return `${parts.filter((part) => part !== null && part !== '').join('\n\n')}\n`;
}
