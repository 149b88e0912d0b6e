import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import { branchRef, type Oid } from '../../../domain/refs.ts';
import type { LandingJournal } from '../../../domain/states/landing-journal.ts';
import { isAncestor } from '../../../git/refs/refs.ts';
import { carryWorkTree } from '../../../git/worktree/carry-work-tree.ts';
import { baseWorktree, worktreesOf } from '../base-worktree.ts';
import { closeMove } from '../close-move.ts';
import { type LandingWork, recordLanding } from '../landing-work.ts';
import { readBase } from '../read-base.ts';
import { knownElsewhere } from './known-elsewhere.ts';

/**
 * Says that the base is about to be moved back, unless somebody has come to know what is there: then it is
 * taken back by reverts.
 *
 * @throws Failure when the worktree that has it checked out is in the way
 */
export async function announceMoveBack(
  work: LandingWork,
  journal: LandingJournal,
  to: Oid,
): Promise<LandingJournal> {
  const { session, base } = work;
  const onto = await readBase(session, base, journal.way);
  const because = await knownElsewhere(session, landedOf(journal), onto);
  if (because !== null) return recordLanding(work, { kind: 'overtaken', onto, because });
  await baseWorktree(session, base);
  return recordLanding(work, { kind: 'announced', to });
}

/**
 * Moves the base back, with the journal and the receipt in one instant, and before that the worktree that has it
 * checked out. After a kill it is found out first how far that was.
 *
 * @throws Failure when it cannot be moved; it is where it was then, with its worktree
 */
export async function moveBaseBack(
  work: LandingWork,
  journal: LandingJournal,
  { from, to }: { readonly from: Oid; readonly to: Oid },
): Promise<LandingJournal> {
  const { session, base } = work;
  const { repo } = session.workspace;
  const onto = await readBase(session, base, journal.way);
  if (onto !== from) {
    // What it is moved back to is below it wherever it went: it has been moved when what landed is not.
    const isMoved = (await isAncestor(repo, to, onto)) && !(await isAncestor(repo, from, onto));
    return isMoved
      ? closeMove(work, journal, { to })
      : recordLanding(work, { kind: 'overtaken', onto });
  }
  await carryBase(work, { from: to, to: from });
  const because = await knownElsewhere(session, landedOf(journal), onto);
  if (because !== null) return recordLanding(work, { kind: 'overtaken', onto, because });
  try {
    await carryWhereCheckedOut(work, { from, to });
    const others = [{ ref: branchRef(base), from, to }];
    const closed = await closeMove(work, journal, { to, others });
    if (closed.rounds > journal.rounds) await carryBase(work, { from: to, to: from });
    return closed;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if ((await readBase(session, base, journal.way)) === from) {
      await carryBase(work, { from: to, to: from });
      await recordLanding(work, { kind: 'unmoved' });
    }
    throw error;
  }
}

const landedOf = ({ base, way, undoes, onto }: LandingJournal) => ({
  ...{ base, way, before: undoes!.before, after: onto },
});

/** Whether or not something is changed there: puts right what a move that did not come about has left. */
async function carryBase(
  { session, base }: LandingWork,
  move: { readonly from: Oid; readonly to: Oid },
): Promise<void> {
  for (const { repo } of await worktreesOf(session, base)) await carryWorkTree(repo, move);
}

async function carryWhereCheckedOut(
  { session, base }: LandingWork,
  move: { readonly from: Oid; readonly to: Oid },
): Promise<void> {
  const there = await baseWorktree(session, base);
  const words = there === null ? null : await carryWorkTree(there, move);
  if (words === null) return;
  throw new Failure('git', `${base} cannot be moved back in ${there!.directory}: ${words}`, [
    hintTo('go on once nothing is in the way', 'bailiwick land continue'),
  ]);
}
