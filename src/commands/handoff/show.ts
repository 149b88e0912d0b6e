import { type Report, reportOf } from '../../domain/report.ts';
import type { HandoffListData } from '../../domain/reports/handoff.ts';
import type { Host } from '../../host/host.ts';
import { listHandoffs } from '../../services/phases/list-handoffs.ts';
import { namedAgent } from '../../services/session/named-agent.ts';
import { withPolicy } from '../../services/session/session.ts';

/** What one agent has handed off. @throws Failure when the policy has no agent of that name */
export function runHandoffShow(
  host: Host,
  { name }: { readonly name: string },
): Promise<Report<HandoffListData>> {
  return withPolicy(host, async (session) =>
    reportOf('handoff show', await listHandoffs(session, 'show', [namedAgent(session, name)])),
  );
}
