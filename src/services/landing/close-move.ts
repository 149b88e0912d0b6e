import type { LandingEvent } from '../../core/landing/after-event.ts';
import { recordEvents } from '../../core/landing/transitions.ts';
import type { Oid } from '../../domain/refs.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import { type LandingReceipt, receiptIdOf } from '../../domain/states/landing-receipt.ts';
import type { RefMove } from '../../git/refs/move-refs.ts';
import { changeStates, type JointTransition } from '../state/change-state.ts';
import { journalPlace, receiptPlace } from './landing-places.ts';
import { type LandingWork, recordLanding, refusedLanding } from './landing-work.ts';
import { readBase } from './read-base.ts';

/** A move of the base that is to be written down. */
export interface BaseMove {
  /** What was validated, and was to land. */
  readonly to: Oid;
  /** What the base was moved to instead, by whoever did that; by default `to`. */
  readonly onto?: Oid;
  /** How that differs from what was validated, a clause; null: in nothing. */
  readonly difference?: string | null;
  /** The move itself, where it is still to be made. */
  readonly others?: readonly RefMove[];
}

/** Writes down that the base has moved, together with the move where it is still to be made. */
export async function closeMove(
  work: LandingWork,
  journal: LandingJournal,
  { to, onto = to, difference = null, others = [] }: BaseMove,
): Promise<LandingJournal> {
  const { store, base, asker, session } = work;
  type States = [LandingJournal, LandingReceipt];
  let refused: LandingJournal | null = null;
  let state = journal;
  const change = await changeStates<States, JointTransition<States>>(store, {
    places: [journalPlace(base), receiptPlace(base)],
    decide: ([current, receipt], moment) => {
      const published = { kind: 'published', onto, difference } as const;
      const events: LandingEvent[] =
        current?.publishing === to ? [published] : [{ kind: 'announced', to }, published];
      const transition = recordEvents(current, events, asker, moment);
      if (transition.kind === 'refuse') refused = current;
      if (transition.kind !== 'move') return { kind: transition.kind };
      state = transition.state;
      const where = { host: session.host.hostname(), at: moment.now };
      const next = receiptOf(current!, { to, onto, difference }, where);
      const { subject } = transition;
      // After a kill the receipt may be there already.
      const isThere = receipt?.id === next.id;
      // Both stay, whatever becomes of the branches: an undo needs what was validated.
      const parents = onto === to ? [to] : [onto, to];
      const move = { kind: 'move', state: next, subject, parents } as const;
      return { kind: 'move', moves: [transition, isThere ? null : move], others, subject };
    },
  });
  if (change.overtaken.length > 0)
    return recordLanding(work, {
      kind: 'overtaken',
      onto: await readBase(session, base, journal.way),
    });
  if (change.transition.kind === 'refuse') throw refusedLanding('lost', base, refused);
  return state;
}

function receiptOf(
  journal: LandingJournal,
  { to, onto, difference }: Required<Omit<BaseMove, 'others'>>,
  { host, at }: Pick<LandingReceipt, 'at' | 'host'>,
): LandingReceipt {
  const end = journal.steps.findIndex(({ made }) => made?.commit === to);
  const steps = journal.steps.slice(0, end + 1).filter(({ state }) => state === 'built');
  const tree = steps.at(-1)?.made?.tree;
  const proof = journal.proofs.findLast((each) => each.tree === tree) ?? null;
  const { id: landing, undoes } = journal;
  const back = undoes?.back ?? false;
  return {
    id: receiptIdOf({ after: onto, landing, back }),
    landing,
    base: journal.base,
    before: journal.onto,
    after: onto,
    mode: journal.mode,
    way: journal.way,
    steps: steps.map(({ branch, tip, agent, made }) => ({ branch, tip, agent, ...made! })),
    // What is there then has passed nothing.
    proof: difference === null ? proof : null,
    undoes: undoes?.receipt ?? null,
    back,
    at,
    host,
  };
}
