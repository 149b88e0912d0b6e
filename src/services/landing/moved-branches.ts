import { lineOf } from '../../core/landing/line.ts';
import { type BranchName, branchRef, type RefName } from '../../domain/refs.ts';
import type { LandingJournal, LeftOut } from '../../domain/states/landing-journal.ts';
import { readTip } from '../../git/refs/read-tip.ts';
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
      (await readTip(reader, branchRef(branch))) ??
      (await readTip(reader, `refs/${branch}` as RefName));
    if (now === tip) continue;
    const where = now === null ? 'is not there any more' : `is at ${now.slice(0, 10)} now`;
    moved.set(branch, { why: 'moved', words: `${where}, and was planned at ${tip.slice(0, 10)}` });
  }
  return moved;
}
