import type { FileChange, MetFile } from '../../../domain/footprint.ts';
import type { RepoPath } from '../../../domain/path.ts';

/**
 * Of the files that a branch and the base both changed, those where the base may have taken over some of
 * what the branch did: landing it then changes less than the branch itself did.
 *
 * @param own what the branch changed since it began
 * @param effect what landing it changes
 */
export function takenOverIn(
  met: readonly MetFile[],
  own: readonly FileChange[],
  effect: readonly FileChange[],
): RepoPath[] {
  const [mine, left] = [own, effect].map(
    (changes) => new Map(changes.map((change) => [change.path, change])),
  ) as [Map<RepoPath, FileChange>, Map<RepoPath, FileChange>];
  const isWhole = (path: RepoPath): boolean => {
    const [one, other] = [mine.get(path), left.get(path)];
    if (!one?.hunks || !other?.hunks) return false;
    return one.lines === other.lines && one.hunks.length === other.hunks.length;
  };
  return met.map(({ path }) => path).filter((path) => !isWhole(path));
}
