import { type Report, reportOf } from '../domain/report.ts';
import type { CleanData } from '../domain/reports/clean.ts';
import type { Host } from '../host/host.ts';
import { cleanLanded } from '../services/cleanup/clean-landed.ts';
import { withPolicy } from '../services/session/session.ts';

export interface CleanOptions {
  /** Remove what is named; else nothing is changed. */
  readonly yes?: boolean;
  readonly offline?: boolean;
}

/**
 * Names what has landed, and with `yes` removes it.
 *
 * @throws Failure when there is no base here, or something cannot be removed
 */
export function runClean(
  host: Host,
  { yes = false, offline = false }: CleanOptions,
): Promise<Report<CleanData>> {
  return withPolicy(host, async (session) =>
    reportOf('clean', {
      agent: null,
      policy: session.policy.source,
      findings: [],
      data: await cleanLanded(session, { dryRun: !yes, offline, only: null }),
    }),
  );
}
