import { keptApart } from '../../core/phases/phase-blocker.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { PhaseRow } from '../../domain/reports/handoff.ts';
import type { PolicySession } from '../session/session.ts';
import { phaseBlockers } from './phase-blockers.ts';

/** Whether it is an agent's turn, and who is in the way, as this clone knows it. */
export async function phaseRow(session: PolicySession, agent: AgentId): Promise<PhaseRow> {
  const { ownership } = session.policy;
  const closedBy = (await phaseBlockers(session, agent)).map((blocker) => blocker.agent);
  return {
    agent,
    after: ownership.agents.get(agent)?.after ?? [],
    notWith: keptApart(ownership, agent),
    open: closedBy.length === 0,
    closedBy,
  };
}
