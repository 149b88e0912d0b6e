import type { LandingEvent } from '../../core/landing/after-event.ts';
import { recordEvents } from '../../core/landing/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type BranchName, branchRef, type Oid } from '../../domain/refs.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import { type LandingReceipt, receiptIdOf } from '../../domain/states/landing-receipt.ts';
import type { RefMove } from '../../git/refs/move-refs.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { fastForward } from '../../git/worktree/fast-forward.ts';
import { changeStates, type JointTransition } from '../state/change-state.ts';
import { REMOTE } from '../state/push-refs.ts';
import { baseWorktree } from './base-worktree.ts';
import { journalPlace, receiptPlace } from './landing-places.ts';
import { readBase } from './read-base.ts';
import { type LandingWork, recordLanding, refusedLanding } from './landing-work.ts';

/**
 * Moves the base to what was validated, with the journal and a receipt, in one instant: all of them or
 * none. Only where it is checked out that takes two steps, of which the first is to say so.
 *
 * @throws Failure when the base cannot be moved; it is where it was then, and the landing can be ended
 */
export async function moveBase(
  work: LandingWork,
  journal: LandingJournal,
  to: Oid,
): Promise<LandingJournal> {
  const { session, base } = work;
  const { onto: from, way } = journal;
  if (way === 'local' && (await baseWorktree(session, base)) !== null)
    return recordLanding(work, { kind: 'announced', to });
  return close(work, journal, to, [{ ref: branchRef(base), from, to }]).catch((error: unknown) => {
    throw way === 'push' && isOfGit(error) ? notTaken(base, error) : error;
  });
}

const isOfGit = (error: unknown): error is Failure =>
  error instanceof Failure && error.kind === 'git';

/**
 * Goes on with a base that was being moved. After a kill it is found out first whether that was done.
 *
 * @throws Failure when the base cannot be moved; it is where it was then, and the landing can be ended
 */
export async function publish(
  work: LandingWork,
  journal: LandingJournal,
  { from, to }: { readonly from: Oid; readonly to: Oid },
): Promise<LandingJournal> {
  const { session, base } = work;
  const now = await readBase(session, base, journal.way);
  if (now !== from) {
    const isThere = now === to || (await isAncestor(session.workspace.repo, to, now));
    if (!isThere) return recordLanding(work, { kind: 'overtaken', onto: now });
    return close(work, journal, to, []);
  }
  try {
    const swap = { ref: branchRef(base), from, to };
    const isMoved = journal.way === 'local' && (await moveWhereCheckedOut(work, to));
    return await close(work, journal, to, isMoved ? [] : [swap]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if ((await readBase(session, base, journal.way)) === from)
      await recordLanding(work, { kind: 'unmoved' });
    throw journal.way === 'push' && isOfGit(error) ? notTaken(base, error) : error;
  }
}

/** A base that is protected, or a server that cannot move several refs at once. */
const notTaken = (base: BranchName, { message }: Failure): Failure =>
  new Failure(
    'git',
    `${REMOTE} does not take ${base} with the journal and the receipt: ${message}`,
    [hintTo('end it; nothing of it has landed there', 'bailiwick land abort')],
  );

/** Moves the base in the worktree that has it checked out; false when none has. */
async function moveWhereCheckedOut({ session, base }: LandingWork, to: Oid): Promise<boolean> {
  const there = await baseWorktree(session, base);
  if (there === null) return false;
  const words = await fastForward(there, to);
  if (words === null) return true;
  throw new Failure('git', `${base} cannot be moved in ${there.directory}: ${words}`, [
    hintTo('go on once nothing is in the way', 'bailiwick land continue'),
  ]);
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
      const published = { kind: 'published' } as const;
      const events: LandingEvent[] =
        current?.publishing === to ? [published] : [{ kind: 'announced', to }, published];
      const transition = recordEvents(current, events, asker, moment);
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
    const onto = await readBase(session, base, journal.way);
    return recordLanding(work, { kind: 'overtaken', onto });
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
    undoes: journal.undoes?.receipt ?? null,
    at,
    host,
  };
}
