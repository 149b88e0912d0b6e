import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { FleetReportData } from '../domain/reports/fleet-report.ts';
import { parseDuration } from '../domain/text/duration.ts';
import type { Host } from '../host/host.ts';
import { describeAchievements } from '../services/metrics/describe-achievements.ts';
import { withPolicy } from '../services/session/session.ts';

export interface ReportOptions {
  /** A duration: `7d`, which is usual. */
  readonly since?: string | undefined;
  readonly offline?: boolean;
}

/** What the fleet achieved: landings, waits, and what became of what was to land. Changes nothing. */
export async function runReport(
  host: Host,
  options: ReportOptions,
): Promise<Report<FleetReportData>> {
  const length = parseDuration(options.since ?? '7d');
  if (length === null || length === 0)
    throw new Failure('usage', `${JSON.stringify(options.since)} is not how far to look back`, [
      hintTo('see the last month', 'bailiwick report --since 30d'),
    ]);
  return withPolicy(host, async (session) =>
    reportOf('report', {
      agent: null,
      policy: session.policy.source,
      findings: [],
      data: await describeAchievements(session, length, options.offline === true),
    }),
  );
}
