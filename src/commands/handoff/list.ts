import { type Report, reportOf } from '../../domain/report.ts';
import type { HandoffListData } from '../../domain/reports/handoff.ts';
import type { Host } from '../../host/host.ts';
import { listHandoffs } from '../../services/phases/list-handoffs.ts';
import { withPolicy } from '../../services/session/session.ts';

/** What every agent has handed off, and whose turn it is, as this clone knows it. */
export function runHandoffList(host: Host): Promise<Report<HandoffListData>> {
  return withPolicy(host, async (session) => {
    const ids = [...session.policy.ownership.agents.keys()];
    return reportOf('handoff list', await listHandoffs(session, 'list', ids));
  });
}
