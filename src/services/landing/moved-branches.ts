import { lineOf } from '../../core/landing/line.ts';
import { type BranchName, branchRef } from '../../domain/refs.ts';
import type { LandingJournal, LeftOut } from '../../domain/states/landing-journal.ts';
import { readStateTip } from '../../git/objects/read-states.ts';
import type { Session } from '../session/session.ts';

/**
 * The branches of the line that are not where they were planned: whoever moved one has something else in
 * mind than what was looked at. What is taken back is on the base, wherever its branch is.
 */
export async function movedBranches(
  { reader }: Pick<Session, 'reader'>,
  journal: Pick<LandingJournal, 'steps' | 'undoes'>,
): Promise<ReadonlyMap<BranchName, LeftOut>> {
  const moved = new Map<BranchName, LeftOut>();
  if (journal.undoes !== null) return moved;
  for (const { branch, tip } of lineOf(journal)) {
    // Git calls a branch `heads/x` where something else is called `x` as well.
    const now =
      (await readStateTip(reader, branchRef(branch))) ??
      (await readStateTip(reader, `refs/${branch}`));
    if (now === tip) continue;
    const where = now === null ? 'is not there any more' : `is at ${now.slice(0, 10)} now`;
    moved.set(branch, { why: 'moved', words: `${where}, and was planned at ${tip.slice(0, 10)}` });
  }
  return moved;
}
