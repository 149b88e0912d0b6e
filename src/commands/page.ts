import { join } from 'node:path';
import type { FleetOptions } from '../domain/options/fleet-options.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { PageData } from '../domain/reports/page.ts';
import type { Host } from '../host/host.ts';
import { gatherPage } from '../services/page/gather-page.ts';
import { withSession } from '../services/session/session.ts';
import { openWorkspace } from '../services/session/workspace.ts';

/**
 * Who owns what, what conflicts, what lands when, as one picture: the facts of it. Needs no policy.
 * Refuses nothing itself; what could not be found out makes the answer undecided, and is said in it.
 */
export function runPage(host: Host, options: FleetOptions): Promise<Report<PageData>> {
  return withSession(host, async (session) => {
    const { data, undecided } = await gatherPage(session, options);
    return reportOf('page', {
      verdict: undecided ? 'undecided' : 'allowed',
      agent: null,
      policy: session.policy?.source ?? null,
      findings: [],
      data,
    });
  });
}

/** Where a page is kept when nobody says where: beside git's own files, so that no commit takes it along. */
export async function runPagePlace(host: Host): Promise<string> {
  return join((await openWorkspace(host)).location.commonDirectory, 'bailiwick', 'page.html');
}
