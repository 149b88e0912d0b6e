import type { AgentId } from '../../domain/ids.ts';
import type { HandoffRow } from '../../domain/reports/handoff.ts';
import { handoffPlace } from '../handoffs/handoff-place.ts';
import type { PolicySession } from '../session/session.ts';
import { readState } from '../state/state-place.ts';
import { readBlocker } from './phase-blockers.ts';

/** What an agent has handed off, and whether that opens the phases after it. */
export async function handoffRow(session: PolicySession, agent: AgentId): Promise<HandoffRow> {
  const read = await readState(session.reader, handoffPlace(agent));
  if (!read.ok) return { agent, handoff: null, opens: false, unreadable: read.error.message };
  const opens = read.value !== null && (await readBlocker(session, agent)) === null;
  return { agent, handoff: read.value, opens, unreadable: null };
}
