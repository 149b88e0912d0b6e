import type {
  AgentFigures,
  FleetReportData,
  RefusalFigures,
  WaitFigures,
} from '../domain/reports/fleet-report.ts';
import { count } from '../domain/text/count.ts';
import { formatDuration } from '../domain/text/duration.ts';
import { sparkline } from '../domain/text/sparkline.ts';

/** One figure in words. */
export interface ReportRow {
  readonly name: string;
  readonly value: string;
}

const UNKNOWN = 'not recorded';

/** The figures of the whole fleet, each with what it is made of. */
export function reportRows({
  landings,
  agents,
  integration,
  waits,
  refusals,
  targets,
}: FleetReportData): ReportRow[] {
  const { ordered, outside, undone, direct } = landings;
  const rows: (readonly [string, string | null])[] = [
    ['landed', `${landings.count} ${sparkline(landings.days)}`.trim()],
    [
      'by an agent a day, on average',
      agents.length === 0 ? null : beside(average(agents).toFixed(1), targets.landings, 'at least'),
    ],
    ['in the proven order', ordered === null ? null : `${ordered}, ${outside} in another way`],
    ['first commit to landing', duration(landings.leadTime)],
    ['taken back', `${undone}`],
    ['other commits on the base', `${direct}`],
    [
      'landed of what was tried',
      integration && beside(percent(integration.rate), targets.integration, 'at least', ' %'),
    ],
    ['the same by branches', integration && percent(integration.branchRate)],
    [
      'conflicts a week',
      integration && beside(integration.conflictsPerWeek.toFixed(1), targets.conflicts, 'at most'),
    ],
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
    ['waited for locks', here(wait(waits.locks))],
    ['waited for phases', here(wait(waits.phases))],
    ['refusals', here(refusals && (refusals.map(refusalWords).join(', ') || 'none'))],
  ];
  return rows.map(([name, value]) => ({ name, value: value ?? UNKNOWN }));
}

const refusalWords = ({ code, rule, count: times }: RefusalFigures): string =>
  `${code}${rule === null ? '' : ` by ${rule}`} ${times}`;

/** What no other clone knows. */
const here = (words: string | null): string | null => words && `${words} (this clone)`;

const average = (agents: readonly AgentFigures[]): number =>
  agents.reduce((sum, { perDay }) => sum + perDay, 0) / agents.length;

/** A figure, and what the policy aims at. */
const beside = (
  figure: string | null,
  target: number | null,
  how: 'at least' | 'at most',
  unit = '',
): string | null =>
  figure === null || target === null ? figure : `${figure} (target: ${how} ${target}${unit})`;

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
