import type { Report } from '../../domain/report.ts';
import type { FleetReportData } from '../../domain/reports/fleet-report.ts';
import { formatMoment } from '../../domain/text/duration.ts';
import { escapeText } from '../escape.ts';
import { AGENT_COLUMNS, agentCells, reportRows } from '../report-rows.ts';
import type { View } from '../view.ts';
import { pad, widest, wrap } from '../words.ts';

/** The answer of `report`. */
export function renderReport({ data }: Report<FleetReportData>, view: View): string {
  const { since, until, base, agents, notices } = data;
  const head = `${view.paint.strong(escapeText(base.ref))} from ${formatMoment(since)} to ${formatMoment(until)}`;
  const rows = reportRows(data);
  const width = widest(rows.map(({ name }) => name));
  const table = [AGENT_COLUMNS, ...agents.map(agentCells)];
  const widths = AGENT_COLUMNS.map((_, at) => widest(table.map((cells) => cells[at]!)));
  const blocks = [
    [head],
    table.map((cells) =>
      cells
        .map((cell, at) => pad(cell, widths[at]!))
        .join('  ')
        .trimEnd(),
    ),
    rows.map(({ name, value }) => `${pad(name, width)}  ${value}`),
    notices.flatMap((notice) => wrap(`note: ${escapeText(notice)}`, view.width, '  ', '')),
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}
