import {
  type Blocked,
  blockedSpans,
  type HandoffMoment,
  type PastStates,
} from '../../core/metrics/blocked.ts';
import type { LandedWork } from '../../core/metrics/landed-work.ts';
import type { Refusal } from '../../core/metrics/refusals.ts';
import { keptApart } from '../../core/phases/phase-blocker.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Handoff } from '../../domain/states/handoff.ts';
import { pairOf } from '../../domain/states/turn.ts';
import { handoffPlace } from '../handoffs/handoff-place.ts';
import { leasePlace } from '../locks/lease-place.ts';
import { turnPlace } from '../phases/turn-place.ts';
import type { PolicySession } from '../session/session.ts';
import type { StatePlace } from '../state/state-place.ts';
import { pastStates } from './past-states.ts';

/** When agents waited for locks and for their phases, as far as this clone has seen it. */
export async function readBlocked(
  session: PolicySession,
  refusals: readonly Refusal[],
  landed: readonly LandedWork[],
): Promise<Readonly<Record<'locks' | 'phases', Blocked>>> {
  const { agents, shared, phases } = session.policy.ownership;
  const has = (code: string): boolean => refusals.some((refusal) => refusal.code === code);
  const locks = has('lock-held') ? shared.map(({ name }) => name) : [];
  const closed = refusals.flatMap(({ code, agent }) => (code === 'phase-closed' && agent) || []);
  const waiting = [...new Set(closed)].filter((id) => agents.has(id));
  const oldestFirst = async <State>(place: StatePlace<State>): Promise<State[]> =>
    (await pastStates(session, place)).states.toReversed();
  const opened = (agent: AgentId, { passed }: Handoff): number | null => {
    if (passed === null || phases.opens !== 'landed') return passed?.at ?? null;
    const after = landed.filter((work) => work.agent === agent && work.at >= passed.at);
    return after.length === 0 ? null : Math.min(...after.map(({ at }) => at));
  };
  const momentsOf = async (agent: AgentId): Promise<HandoffMoment[]> =>
    (await oldestFirst(handoffPlace(agent))).map((handoff) => {
      return { at: handoff.last.at, opened: opened(agent, handoff) };
    });
  const past: PastStates = {
    leases: new Map(
      await Promise.all(
        locks.map(async (name) => [name, await oldestFirst(leasePlace(name))] as const),
      ),
    ),
    after: new Map(
      await Promise.all(
        waiting.map(
          async (id) => [id, await Promise.all(agents.get(id)!.after.map(momentsOf))] as const,
        ),
      ),
    ),
    turns: new Map(
      await Promise.all(
        waiting.map(async (id) => {
          const pairs = keptApart(session.policy.ownership, id).map((other) => pairOf(id, other));
          return [
            id,
            await Promise.all(pairs.map((pair) => oldestFirst(turnPlace(pair)))),
          ] as const;
        }),
      ),
    ),
  };
  return {
    locks: blockedSpans('locks', refusals, past),
    phases: blockedSpans('phases', refusals, past),
  };
}
