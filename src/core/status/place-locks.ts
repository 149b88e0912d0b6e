import type { LockName } from '../../domain/ids.ts';
import type { StatusLock, StatusRow } from '../../domain/reports/status.ts';

type Holder = Pick<StatusRow, 'agent' | 'branch' | 'worktree'>;

/**
 * The row each lock is shown with: the one of the branch it was taken on, else the holder's first
 * worktree, else the holder's first branch. A holder that has neither has no row.
 */
export function placeLocks(
  rows: readonly Holder[],
  locks: readonly StatusLock[],
): ReadonlyMap<Holder, readonly LockName[]> {
  const placed = new Map<Holder, LockName[]>();
  for (const { name, holder, branch } of locks) {
    const own = rows.filter(({ agent }) => agent === holder);
    const row =
      own.find((each) => each.branch !== null && each.branch === branch) ??
      own.find(({ worktree }) => worktree !== null) ??
      own[0];
    if (row) placed.set(row, [...(placed.get(row) ?? []), name]);
  }
  return placed;
}
