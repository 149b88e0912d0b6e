import type { HandoffTransition } from '../../core/handoffs/transitions.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { StateMoment } from '../../domain/state-transition.ts';
import type { Handoff } from '../../domain/states/handoff.ts';
import type { Session } from '../session/session.ts';
import { changeState } from '../state/change-state.ts';
import { StateStore } from '../state/state-store.ts';
import { storeNotices } from '../state/store-notices.ts';
import { handoffPlace } from './handoff-place.ts';

/** Changes the handoff of one agent. @throws Failure when it cannot be read */
export async function changeHandoff(
  session: Session,
  agent: AgentId,
  { offline = false, dryRun = false }: { readonly offline?: boolean; readonly dryRun?: boolean },
  decide: (current: Handoff | null, moment: StateMoment) => HandoffTransition,
): Promise<{ transition: HandoffTransition; before: Handoff | null; notices: string[] }> {
  const store = await StateStore.open(session, offline);
  const { before, transition } = await changeState<Handoff, HandoffTransition>(store, {
    ...handoffPlace(agent),
    dryRun,
    decide,
  });
  const done = transition.kind === 'move' ? `the handoff of ${agent} was recorded` : null;
  return { transition, before, notices: storeNotices(store, done) };
}
