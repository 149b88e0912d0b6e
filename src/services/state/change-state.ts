import type { Oid, RefName } from '../../domain/refs.ts';
import { ok } from '../../domain/result.ts';
import type { StateMoment, StateMove, StateTransition } from '../../domain/state-transition.ts';
import type { RefMove } from '../../git/refs/move-refs.ts';
import { parseState, type StatePlace, unreadable } from './state-place.ts';
import { settled } from './settled.ts';
import type { StateStore, StoredState } from './state-store.ts';

/**
 * What several states come to together: one entry for each, null where that one stays. `others` are
 * refs that move in the same instant, such as the branch that a landing publishes.
 */
export type JointTransition<States extends readonly unknown[]> =
  | {
      readonly kind: 'move';
      readonly moves: { readonly [Each in keyof States]: StateMove<States[Each]> | null };
      readonly others?: readonly RefMove[];
      /** One line of ASCII for the logs of the refs. */
      readonly subject: string;
    }
  | { readonly kind: 'keep' }
  | { readonly kind: 'refuse' };

/** What was decided, and by what. */
export interface StateChange<State, Transition> {
  readonly before: State;
  readonly transition: Transition;
  readonly moment: StateMoment;
  /** Other refs that were not what they were said to be; nothing has moved then. */
  readonly overtaken: readonly RefName[];
}

/** One change of one state. */
export interface StateRequest<State, Transition> extends StatePlace<State> {
  /**
   * Pure: asked again with the state that another wrote when that one was faster.
   *
   * @param state null where there is none yet
   */
  readonly decide: (state: State | null, moment: StateMoment) => Transition;
  /** Decide, and move nothing. */
  readonly dryRun?: boolean;
}

/** Several states changed in one instant, or none of them. */
export interface JointRequest<States extends readonly unknown[], Transition> {
  readonly places: { readonly [Each in keyof States]: StatePlace<States[Each]> };
  readonly decide: (
    states: { readonly [Each in keyof States]: States[Each] | null },
    moment: StateMoment,
  ) => Transition;
  readonly dryRun?: boolean;
}

/**
 * Reads a state, decides, and writes what follows if the state is still as it was read; else again.
 * Everything that lives in `refs/bailiwick/` changes by this: a compare-and-swap on the remote where
 * there is one, in this clone otherwise.
 *
 * @throws Failure when the state cannot be read: that is not "there is none".
 */
export async function changeState<State, Transition extends StateTransition<State>>(
  store: StateStore,
  { decide, dryRun = false, ...place }: StateRequest<State, Transition>,
): Promise<StateChange<State | null, Transition>> {
  let decided: Transition | null = null;
  const change = await changeStates<[State], JointTransition<[State]>>(store, {
    places: [place],
    dryRun,
    decide: ([state], moment) => {
      decided = decide(state, moment);
      if (decided.kind !== 'move') return { kind: decided.kind };
      return { kind: 'move', moves: [decided], subject: decided.subject };
    },
  });
  return { ...change, before: change.before[0], transition: decided! };
}

/**
 * The same for several states that must move together: all of them and the `others`, or none.
 *
 * @throws Failure when one of them cannot be read, or the remote cannot move several refs at once.
 */
export function changeStates<
  States extends readonly unknown[],
  Transition extends JointTransition<States>,
>(
  store: StateStore,
  { places, decide, dryRun = false }: JointRequest<States, Transition>,
): Promise<StateChange<{ readonly [Each in keyof States]: States[Each] | null }, Transition>> {
  const all: readonly StatePlace<unknown>[] = places;
  return settled(all.map(({ ref }) => ref).join(' and '), async () => {
    const found: StoredState[] = [];
    for (const { ref } of all) found.push(await store.read(ref, dryRun));
    const states = all.map((place, at) => stateOf(place, found[at]!));
    const before = states as { readonly [Each in keyof States]: States[Each] | null };
    const moment = { now: store.now(), offline: store.offline !== null };
    const transition = decide(before, moment);
    const change = { before, transition, moment, overtaken: [] };
    if (transition.kind !== 'move' || dryRun) return change;
    const { moves, others = [], subject } = transition;
    const next: readonly (StateMove<unknown> | null)[] = moves;
    const swaps: RefMove[] = [];
    for (const [at, move] of next.entries())
      if (move !== null)
        swaps.push(await prepareMove(store, all[at]!, { oid: found[at]!.oid }, move));
    const swapped = await store.swap({ states: swaps, others, subject });
    if (swapped.kind === 'moved') return change;
    const overtaken = swapped.refs.filter((ref) => others.some((other) => other.ref === ref));
    return overtaken.length > 0 ? { ...change, overtaken } : null;
  });
}

function stateOf<State>(place: StatePlace<State>, { text }: StoredState): State | null {
  if (text === null) return null;
  const reading = parseState(place, text);
  if (!reading.ok) throw reading.error;
  return reading.value;
}

/** What a ref names before it moves; `isCommit: false` for what cannot be a parent. */
interface Before {
  readonly oid: Oid | null;
  readonly isCommit?: boolean;
}

/** Writes the objects of a state. One that could not be read back must not get that far. */
export async function prepareMove<State>(
  store: StateStore,
  place: StatePlace<State>,
  { oid: from, isCommit = true }: Before,
  { state, subject, parents = [], attached = [], sign = false }: StateMove<State>,
): Promise<RefMove> {
  const text = place.serialise(state);
  const back = parseState(place, ok(text));
  if (!back.ok) throw unreadable(place, `${back.error.message}, so it was not written`);
  const before = from !== null && isCommit ? [from] : [];
  const all = [...before, ...parents];
  const to = await store.commit({ text, subject, parents: all, attached, sign });
  return { ref: place.ref, from, to };
}
