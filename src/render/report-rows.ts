import type { AgentFigures, FleetReportData, WaitFigures } from '../domain/reports/fleet-report.ts';
import { count } from '../domain/text/count.ts';
import { formatDuration } from '../domain/text/duration.ts';

/** One figure in words. */
export interface ReportRow {
  readonly name: string;
  readonly value: string;
}

const UNKNOWN = 'not recorded';
const BARS = '▁▂▃▄▅▆▇█';

/** One bar for each number, the largest full; nothing where all are 0. */
export function sparkline(numbers: readonly number[]): string {
  const most = Math.max(...numbers, 0);
  if (most === 0) return '';
  return numbers.map((one) => BARS[Math.ceil((one / most) * (BARS.length - 1))]).join('');
}

/** The figures of the whole fleet, each with what it is made of. */
export function reportRows({
  landings,
  integration,
  waits,
  refusals,
}: FleetReportData): ReportRow[] {
  const { ordered, outside, undone, direct } = landings;
  const rows: (readonly [string, string | null])[] = [
    ['landed', `${landings.count} ${sparkline(landings.days)}`.trim()],
    ['in the proven order', ordered === null ? null : `${ordered}, ${outside} in another way`],
    ['first commit to landing', duration(landings.leadTime)],
    ['taken back', `${undone}`],
    ['other commits on the base', `${direct}`],
    ['landed of what was tried', integration && percent(integration.rate)],
    ['the same by branches', integration && percent(integration.branchRate)],
    ['conflicts a week', integration && integration.conflictsPerWeek.toFixed(1)],
    [
      'failed by conflict, validation',
      integration && `${integration.conflict}, ${integration.red}`,
    ],
    ['validations, flaky', integration && `${integration.validations}, ${integration.flaky}`],
    [
      'base red, back to green after',
      integration && `${integration.baseRed}, ${duration(integration.recovery) ?? UNKNOWN}`,
    ],
    ['waited for requests', wait(waits.requests)],
    ['done, waiting to land', wait(waits.landing)],
    ['waited for locks', wait(waits.locks)],
    ['waited for phases', wait(waits.phases)],
    [
      'refusals',
      refusals && (refusals.map((one) => `${one.code} ${one.count}`).join(', ') || 'none'),
    ],
  ];
  return rows.map(([name, value]) => ({ name, value: value ?? UNKNOWN }));
}

/** The figures of one agent, in the order of `AGENT_COLUMNS`. */
export const AGENT_COLUMNS = ['agent', 'landed', 'a day', 'lead time', 'estimated', 'spent', ''];
export const agentCells = ({
  agent,
  landings,
  perDay,
  days,
  leadTime,
  hours,
}: AgentFigures): string[] => [
  agent,
  `${landings}`,
  perDay.toFixed(1),
  duration(leadTime) ?? '-',
  hours === null ? '-' : `${rounded(hours.estimated)} h`,
  hours === null ? '-' : `${rounded(hours.spent)} h`,
  sparkline(days),
];

const duration = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : formatDuration(milliseconds);

const percent = (share: number | null): string | null =>
  share === null ? null : `${Math.floor(share * 1000) / 10} %`;

const wait = (figures: WaitFigures | null): string | null =>
  figures &&
  `${formatDuration(figures.total)} in all, ${count(figures.count, 'time')}${figures.open > 0 ? `, ${figures.open} still open` : ''}`;

const rounded = (hours: number): number => Math.round(hours * 10) / 10;
