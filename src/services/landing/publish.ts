import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type BranchName, branchRef, type Oid } from '../../domain/refs.ts';
import { isAskedFor, type LandingJournal } from '../../domain/states/landing-journal.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { fastForward } from '../../git/worktree/fast-forward.ts';
import { REMOTE } from '../state/push-refs.ts';
import { baseWorktree } from './base-worktree.ts';
import { closeMove } from './close-move.ts';
import { readBase } from './read-base.ts';
import { type LandingWork, recordLanding } from './landing-work.ts';
import { moveByRequest } from './requests/move-by-request.ts';
import { announceMoveBack, moveBaseBack } from './undo/move-base-back.ts';

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
  if (journal.undoes?.back === true) return announceMoveBack(work, journal, to);
  const { session, base } = work;
  const { onto: from, way } = journal;
  if (isAskedFor(way) || (way === 'local' && (await baseWorktree(session, base)) !== null))
    return recordLanding(work, { kind: 'announced', to });
  const others = [{ ref: branchRef(base), from, to }];
  return closeMove(work, journal, { to, others }).catch((error: unknown) => {
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
  if (journal.undoes?.back === true) return moveBaseBack(work, journal, { from, to });
  if (isAskedFor(journal.way)) return moveByRequest(work, journal, { from, to });
  const { session, base } = work;
  const now = await readBase(session, base, journal.way);
  if (now !== from) {
    const isThere = now === to || (await isAncestor(session.workspace.repo, to, now));
    if (!isThere) return recordLanding(work, { kind: 'overtaken', onto: now });
    return closeMove(work, journal, { to });
  }
  try {
    const swap = { ref: branchRef(base), from, to };
    const isMoved = journal.way === 'local' && (await moveWhereCheckedOut(work, to));
    return await closeMove(work, journal, { to, others: isMoved ? [] : [swap] });
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
    [
      hintTo('end it; nothing of it has landed there', 'bailiwick land abort'),
      hintTo('have GitHub move it by a pull request then, give --pr instead of --push'),
    ],
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
