import type { OverlapConflict, OverlapData } from '../../domain/reports/overlap.ts';
import type { StatusConflict } from '../../domain/reports/status.ts';

/** What of an overlap stops a merge: who conflicts with the base, and which pairs. */
type Conflicting = Pick<OverlapData, 'base' | 'branches' | 'pairs'>;

/** Only what conflicts. */
export const conflictsOnly = ({ base, branches, pairs }: Conflicting): Conflicting => ({
  base,
  branches: branches.filter((branch) => branch.base === 'conflict'),
  pairs: pairs.filter(({ level }) => level === 'conflict'),
});

/** For each branch, as git abbreviates it, its conflicts: with the base first, then by the other's name. */
export function statusConflicts({
  base,
  branches,
  pairs,
}: Conflicting): Map<string, StatusConflict[]> {
  const conflicts = new Map<string, StatusConflict[]>();
  const add = (ref: string, conflict: StatusConflict): void =>
    void conflicts.set(ref, [...(conflicts.get(ref) ?? []), conflict]);
  for (const { ref, conflicts: found } of branches) add(ref, conflictWith(base.ref, true, found));
  for (const { a, b, conflicts: found } of pairs) {
    add(a, conflictWith(b, false, found));
    add(b, conflictWith(a, false, found));
  }
  return conflicts;
}

const conflictWith = (
  other: string,
  base: boolean,
  conflicts: readonly OverlapConflict[],
): StatusConflict => ({
  with: other,
  base,
  paths: [...new Set(conflicts.map(({ path }) => path))].sort(),
  mechanical: conflicts.length > 0 && conflicts.every(({ mechanical }) => mechanical),
});
