import { isOrdinaryFile, sameEntry } from '../../domain/change.ts';
import type { FileChange } from '../../domain/footprint.ts';
import type { Candidate, SharedFile } from './candidates.ts';
import { anyHunksTouch } from './hunks.ts';

/** Whether two changes of one file come so close that a merge could fail over them. */
export function isNear({ a, b }: SharedFile): boolean {
  if (sameEntry(a.after, b.after)) return false;
  if (a.hunks && b.hunks) return anyHunksTouch(a.hunks, b.hunks);
  // Making a file executable gets in the way of nothing that leaves it a file.
  if (isModeOnly(a)) return !isOrdinaryFile(b.after);
  if (isModeOnly(b)) return !isOrdinaryFile(a.after);
  return true;
}

const isModeOnly = ({ before, after }: FileChange): boolean =>
  before !== null && before.oid === after?.oid && isOrdinaryFile(before) && isOrdinaryFile(after);

/**
 * True when what becomes of the pair follows from the shared files alone, each by itself: all of them
 * exist on every side, so no rename can involve them, and nothing else collides.
 */
export const isIsolated = ({ shared, structural }: Candidate): boolean =>
  !structural &&
  shared.every(({ a, b }) => a.before !== null && a.after !== null && b.after !== null);

/**
 * Whether a merge must be made to know. Where the files stand by themselves and no lines touch, git
 * finds nothing to stumble over; see `touches`.
 *
 * @param drivers attributes choose how some files are merged, so that lines do not tell.
 */
export const needsMerge = (candidate: Candidate, drivers: boolean): boolean =>
  drivers || !isIsolated(candidate) || candidate.shared.some(isNear);
