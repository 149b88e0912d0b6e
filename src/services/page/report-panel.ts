import { Failure } from '../../domain/failure.ts';
import type { FleetReportData } from '../../domain/reports/fleet-report.ts';
import type { PageBars, PageCell, PagePanel } from '../../domain/reports/page/page-panel.ts';
import { formatDuration } from '../../domain/text/duration.ts';
import { describeAchievements } from '../metrics/describe-achievements.ts';
import type { PolicySession } from '../session/session.ts';
import { targetsPanel } from './targets-panel.ts';

/** As `report` looks back where nothing else is asked for. */
const WEEK = 7 * 86_400_000;

/** What came of the last week, with the figures of `report`; no table of what there was nothing of. */
export async function reportPanels(session: PolicySession): Promise<{
  readonly panels: readonly PagePanel[];
  readonly notices: readonly string[];
}> {
  try {
    const data = await describeAchievements(session, WEEK, true);
    const panels = [landingsOf(data), targetsPanel(data), refusalsOf(data)];
    return { panels: panels.filter((panel) => panel !== null), notices: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      panels: [],
      notices: [`there are no figures of the last week: ${error.message}`],
    };
  }
}

function landingsOf({ agents, landings }: FleetReportData): PagePanel | null {
  if (landings.count === 0) return null;
  const { length } = landings.days;
  const fleet = {
    agent: 'all',
    ...landings,
    landings: landings.count,
    perDay: landings.count / length,
  };
  const rows = [fleet, ...agents.filter((one) => one.landings > 0)].map(
    ({ agent, landings: landed, perDay, leadTime, days }) => [
      agent,
      `${landed}`,
      perDay.toFixed(1),
      leadTime === null ? 'not recorded' : formatDuration(leadTime),
      daily(days),
    ],
  );
  const columns = ['last week', 'landed', 'a day', 'first commit to landing', 'by day'];
  return { name: 'report', columns, rows };
}

const daily = (days: readonly number[]): PageBars => ({
  bars: days,
  words: `landed by day, the oldest first: ${days.join(', ')}`,
});

/** What the hooks of this clone refused, most often first. */
function refusalsOf({ refusals }: FleetReportData): PagePanel | null {
  const [most] = refusals ?? [];
  if (most === undefined) return null;
  const rows = refusals!.map(({ code, rule, count }): PageCell[] => [
    code,
    rule ?? 'no rule',
    { part: count, of: most.count, words: `${count}` },
  ]);
  return {
    name: 'refusals',
    columns: ['refused in this clone', 'by', 'how often'],
    rows,
  };
}
