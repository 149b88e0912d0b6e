import { hasPhase } from '../../core/phases/phase-blocker.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { HandoffListData } from '../../domain/reports/handoff.ts';
import type { PolicySession } from '../session/session.ts';
import { handoffRow } from './handoff-row.ts';
import { phaseRow } from './phase-row.ts';

/** What these agents have handed off, and whose turn it is, as this clone knows it. */
export async function listHandoffs(
  session: PolicySession,
  verb: HandoffListData['verb'],
  ids: readonly AgentId[],
): Promise<ReportParts<HandoffListData>> {
  const { ownership, source, notices } = session.policy;
  const rows = await Promise.all(ids.map((id) => handoffRow(session, id)));
  const phased = ids.filter((id) => hasPhase(ownership, id));
  return {
    agent: null,
    policy: source,
    findings: [],
    ...(rows.some(({ unreadable }) => unreadable !== null) && { verdict: 'undecided' as const }),
    data: {
      verb,
      rows,
      phases: await Promise.all(phased.map((id) => phaseRow(session, id))),
      now: session.host.now(),
      notices,
    },
  };
}
