import { Failure } from '../../domain/failure.ts';
import type { PagePanel } from '../../domain/reports/page.ts';
import type { FleetReportData } from '../../domain/reports/fleet-report.ts';
import { formatDuration } from '../../domain/text/duration.ts';
import { sparkline } from '../../domain/text/sparkline.ts';
import { describeAchievements } from '../metrics/describe-achievements.ts';
import type { PolicySession } from '../session/session.ts';

/** As `report` looks back where nothing else is asked for. */
const WEEK = 7 * 86_400_000;

/** What landed in the last week, with the figures of `report`; null where nothing did. */
export async function reportPanel(
  session: PolicySession,
): Promise<{ readonly panel: PagePanel | null; readonly notices: readonly string[] }> {
  try {
    const data = await describeAchievements(session, session.host.now() - WEEK, true);
    return { panel: panelOf(data), notices: [] };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { panel: null, notices: [`there are no figures of the last week: ${error.message}`] };
  }
}

function panelOf({ agents, landings }: FleetReportData): PagePanel | null {
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
      sparkline(days),
    ],
  );
  const columns = ['last week', 'landed', 'a day', 'first commit to landing', 'by day'];
  return { name: 'report', columns, rows };
}
