import { recordEvent } from '../../core/landing/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { branchRef, type Oid } from '../../domain/refs.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import { type LandingReceipt, receiptIdOf } from '../../domain/states/landing-receipt.ts';
import type { RefMove } from '../../git/refs/move-refs.ts';
import { isAncestor, readRef } from '../../git/refs/refs.ts';
import { fastForward } from '../../git/worktree/fast-forward.ts';
import { changeStates, type JointTransition } from '../state/change-state.ts';
import { baseWorktree } from './base-worktree.ts';
import { journalPlace, receiptPlace } from './landing-places.ts';
import { type LandingWork, recordLanding, refusedLanding } from './landing-work.ts';

/**
 * Moves the base to what was validated, with the journal and a receipt, in one instant: all of them or
 * none. After a kill it is found out first whether that was done.
 */
export async function publishHere(
  work: LandingWork,
  journal: LandingJournal,
  { from, to }: { readonly from: Oid; readonly to: Oid },
): Promise<LandingJournal> {
  const { session, base } = work;
  const { repo } = session.workspace;
  const ref = branchRef(base);
  const now = await readRef(repo, ref);
  if (now !== null && now !== from) {
    if (now === to || (await isAncestor(repo, to, now))) return close(work, journal, to, []);
    return recordLanding(work, { kind: 'overtaken', onto: now });
  }
  const there = await baseWorktree(session, base);
  if (there === null) return close(work, journal, to, [{ ref, from: now, to }]);
  const words = await fastForward(there, to);
  if (words !== null)
    throw new Failure('git', `${base} cannot be moved in ${there.directory}: ${words}`, [
      hintTo('go on once nothing is in the way', 'bailiwick land continue'),
    ]);
  return close(work, journal, to, []);
}

/** Writes down that the base has moved, together with the move where it is still to be made. */
async function close(
  work: LandingWork,
  journal: LandingJournal,
  to: Oid,
  others: readonly RefMove[],
): Promise<LandingJournal> {
  const { store, base, asker, session } = work;
  type States = [LandingJournal, LandingReceipt];
  let refused: LandingJournal | null = null;
  let state = journal;
  const change = await changeStates<States, JointTransition<States>>(store, {
    places: [journalPlace(base), receiptPlace(base)],
    decide: ([current, receipt], moment) => {
      const transition = recordEvent(current, { kind: 'published' }, asker, moment);
      if (transition.kind === 'refuse') refused = current;
      if (transition.kind !== 'move') return { kind: transition.kind };
      state = transition.state;
      const next = receiptOf(current!, to, session.host.hostname, moment.now);
      const { subject } = transition;
      // After a kill the receipt may be there already.
      const isThere = receipt?.id === next.id;
      const move = { kind: 'move', state: next, subject, parents: [to] } as const;
      return { kind: 'move', moves: [transition, isThere ? null : move], others, subject };
    },
  });
  if (change.overtaken.length > 0) {
    const now = await readRef(session.workspace.repo, branchRef(base));
    return recordLanding(work, { kind: 'overtaken', onto: now ?? journal.onto });
  }
  if (change.transition.kind === 'refuse') throw refusedLanding('lost', base, refused);
  return state;
}

function receiptOf(journal: LandingJournal, after: Oid, host: string, at: number): LandingReceipt {
  const end = journal.steps.findIndex(({ made }) => made?.commit === after);
  const steps = journal.steps.slice(0, end + 1).filter(({ state }) => state === 'built');
  const tree = steps.at(-1)?.made?.tree;
  return {
    id: receiptIdOf(after),
    landing: journal.id,
    base: journal.base,
    before: journal.onto,
    after,
    mode: journal.mode,
    way: journal.way,
    steps: steps.map(({ branch, tip, agent, made }) => ({ branch, tip, agent, ...made! })),
    proof: journal.proofs.findLast((proof) => proof.tree === tree) ?? null,
    undoes: null,
    at,
    host,
  };
}
