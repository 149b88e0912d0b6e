import { handoffObstacle, keptApart, type PhaseBlocker } from '../../core/phases/phase-blocker.ts';
import { Failure } from '../../domain/failure.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { HandoffReading } from '../../domain/states/handoff.ts';
import { pairOf } from '../../domain/states/turn.ts';
import { handoffPlace } from '../handoffs/handoff-place.ts';
import { passPlace } from '../handoffs/pass-place.ts';
import type { PolicySession } from '../session/session.ts';
import { readState } from '../state/state-place.ts';
import { commandsDigest } from '../validation/commands-digest.ts';
import { turnPlace } from './turn-place.ts';

/**
 * Who keeps the phase of an agent closed, as this clone knows it: those it comes `after` first, then
 * those it is not to work with. Empty when it may work. For an agent with neither nothing is read.
 */
export async function phaseBlockers(
  session: PolicySession,
  agent: AgentId,
): Promise<PhaseBlocker[]> {
  const { ownership } = session.policy;
  const after = ownership.agents.get(agent)?.after ?? [];
  const before = await Promise.all(after.map((other) => readBlocker(session, other)));
  const apart = await Promise.all(
    keptApart(ownership, agent).map((other) => readWorker(session, agent, other)),
  );
  return [...before, ...apart].filter((blocker) => blocker !== null);
}

/** What is in the way of those that come after one agent; null when it has handed off. */
export async function readBlocker(
  session: PolicySession,
  agent: AgentId,
): Promise<PhaseBlocker | null> {
  const { agents, phases } = session.policy.ownership;
  const commands = agents.get(agent)?.validate ?? [];
  const read = await readState(session.reader, handoffPlace(agent));
  const reading: HandoffReading = read.ok ? read.value : read.error;
  const known = reading instanceof Failure ? null : reading;
  const place = known && (await passPlace(session, known, phases.opens === 'landed'));
  const facts = {
    canHandOff: commands.length > 0,
    digest: commandsDigest(commands),
    reading,
    place,
  };
  const because = handoffObstacle(facts, phases.opens);
  return because && { agent, because, since: because === 'failed' ? known!.last.at : null };
}

/** An agent that works on a task while another must not; a turn that cannot be read is somebody's. */
async function readWorker(
  { reader }: PolicySession,
  agent: AgentId,
  other: AgentId,
): Promise<PhaseBlocker | null> {
  const read = await readState(reader, turnPlace(pairOf(agent, other)));
  if (!read.ok) return { agent: other, because: 'unreadable', since: null };
  const turn = read.value;
  return turn?.holder === other ? { agent: other, because: 'working', since: turn.since } : null;
}
