import { ok } from '../../domain/result.ts';
import type { StateMoment, StateMove } from '../../domain/state-transition.ts';
import { prepareMove } from './change-state.ts';
import { parseState, type StatePlace } from './state-place.ts';
import { settled } from './settled.ts';
import type { StateStore } from './state-store.ts';

/** States looked back at. Whoever spoils a state does it in a few steps. */
const FAR_BACK = 100;

/** What a recovery did: `move` wrote `state` anew, `keep` found one that can be read, or none at all. */
export interface Recovery<State> {
  readonly kind: 'keep' | 'move';
  readonly state: State | null;
  readonly moment: StateMoment;
}

/**
 * Writes what a state that cannot be read last said, as a new state that follows it: all clones take
 * that over, which going back would not achieve. Where nothing before it can be read either, `anew`
 * says what to begin with.
 */
export function recoverState<State>(
  store: StateStore,
  place: StatePlace<State>,
  anew: (moment: StateMoment) => State,
  dryRun: boolean,
): Promise<Recovery<State>> {
  return settled(place.ref, async () => {
    const { oid, text } = await store.read(place.ref, dryRun);
    const moment = { now: store.now(), offline: store.offline !== null };
    const present = text === null ? ok(null) : parseState(place, text);
    if (present.ok || oid === null)
      return { kind: 'keep', state: present.ok ? present.value : null, moment };
    const past = await store.history(oid, FAR_BACK);
    const readable = past.map((each) => parseState(place, each)).find((each) => each.ok);
    const state = readable?.ok ? readable.value : anew(moment);
    const subject = `${place.noun} ${readable ? 'as it was before' : 'begun anew'}`;
    const move: StateMove<State> = { kind: 'move', state, subject };
    if (dryRun) return { kind: 'move', state, moment };
    const swap = await prepareMove(store, place, { oid, isCommit: past.length > 0 }, move);
    const swapped = await store.swap({ states: [swap], subject });
    return swapped.kind === 'moved' ? { kind: 'move', state, moment } : null;
  });
}
