import type { Oid } from '../../domain/refs.ts';
import type { StateMoment, StateMove } from '../../domain/state-transition.ts';
import type { Lander, LandingJournal } from '../../domain/states/landing-journal.ts';
import type { ProcessMark } from '../../domain/process-mark.ts';
import { afterEvent, type LandingEvent, settle } from './after-event.ts';
import { lineOf } from './line.ts';

/** Milliseconds for which a landing is its lander's. It is renewed with everything that is written down. */
export const LEASE = 10 * 60_000;
/** Milliseconds by which the clocks of two machines may differ. */
const GRACE = 60_000;

/**
 * Why a landing is not for whoever asks. `busy`: another process is at it. `unfinished`: one that was
 * cut short has to be continued or aborted first. `none`: there is none to go on with. `lost`: another
 * has taken it over.
 */
export type LandingRefusal = 'busy' | 'lost' | 'none' | 'unfinished';

export type LandingTransition =
  | StateMove<LandingJournal>
  | { readonly kind: 'keep' }
  | { readonly kind: 'refuse'; readonly because: LandingRefusal };

/** What is asked by whom. */
export interface LandingAsker {
  readonly mark: ProcessMark;
  /** Whether another process still runs, as far as this machine can tell. */
  readonly isAlive: (other: ProcessMark) => boolean;
}

/** Begins a landing, unless another is not over. Trees that have passed are carried along. */
export function beginLanding(
  current: LandingJournal | null,
  draft: Omit<LandingJournal, 'began' | 'lander' | 'proofs'>,
  asker: LandingAsker,
  { now }: StateMoment,
): LandingTransition {
  if (current !== null && current.end === null)
    return { kind: 'refuse', because: isTaken(current, asker, now) ? 'busy' : 'unfinished' };
  const proofs = current?.proofs ?? [];
  const journal = { ...draft, began: now, lander: landerOf(asker, now), proofs };
  // Wherever the branches go, what was planned stays.
  return moveTo(
    settle(journal),
    'begin',
    draft.steps.map(({ tip }) => tip),
  );
}

/** Takes up a landing that was cut short. */
export function takeUpLanding(
  current: LandingJournal | null,
  asker: LandingAsker,
  { now }: StateMoment,
): LandingTransition {
  if (current === null || current.end !== null) return { kind: 'refuse', because: 'none' };
  if (isTaken(current, asker, now)) return { kind: 'refuse', because: 'busy' };
  return moveTo({ ...current, lander: landerOf(asker, now) }, 'continue');
}

/**
 * Writes down what happened, if the landing still is of this very lander.
 *
 * @param events one, or what came one after another in the same instant
 */
export function recordEvents(
  current: LandingJournal | null,
  events: readonly LandingEvent[],
  asker: LandingAsker,
  { now }: StateMoment,
): LandingTransition {
  if (current === null || !isSame(current.lander.mark, asker.mark))
    return { kind: 'refuse', because: 'lost' };
  const after = events.reduce(afterEvent, current);
  if (after === current) return { kind: 'keep' };
  const { kind } = events.at(-1)!;
  // The line is one chain of commits, whose end keeps all of it.
  const end = kind === 'built' ? lineOf(after).at(-1)?.made : null;
  const state = { ...after, lander: landerOf(asker, now) };
  return moveTo(state, kind, end ? [end.commit] : []);
}

/** Another process has it, and may still be at it. */
function isTaken(
  { lander }: LandingJournal,
  { mark, isAlive }: LandingAsker,
  now: number,
): boolean {
  if (isSame(lander.mark, mark)) return false;
  // What another machine's process does cannot be seen from here: there only time tells.
  if (lander.mark.host !== mark.host) return now <= lander.until + GRACE;
  return isAlive(lander.mark);
}

const isSame = (a: ProcessMark, b: ProcessMark): boolean =>
  a.pid === b.pid && a.host === b.host && a.started === b.started;

const landerOf = ({ mark }: LandingAsker, now: number): Lander => ({
  mark,
  until: now + LEASE,
});

function moveTo(
  state: LandingJournal,
  what: string,
  parents: readonly Oid[] = [],
): StateMove<LandingJournal> {
  const subject = `land ${state.id}: ${state.end ?? what}`;
  return { kind: 'move', state, subject, parents };
}
