import { type Hint, hintTo } from '../../domain/hint.ts';
import type { StatusRow, StatusWorktree } from '../../domain/reports/status.ts';
import { hintElsewhere } from '../text/hint-elsewhere.ts';

const INIT = hintTo('make git run the guard', 'bailiwick init');

/** Whether git runs the guard at one event in this worktree at least. */
export const isGuarded = (worktree: StatusRow['worktree']): boolean =>
  worktree?.hooks.some(({ state }) => state === 'active') === true;

/** What makes git run the guard, where it does so in no worktree; null where it does, or nobody looked. */
export function unguardedHint(
  rows: readonly { readonly worktree: StatusRow['worktree'] }[],
): Hint | null {
  const worktrees = rows.flatMap(({ worktree }) => worktree ?? []);
  const looked = worktrees.some(({ hooks }) => hooks.length > 0);
  if (!looked || worktrees.some(isGuarded)) return null;
  return hintElsewhere(INIT, someWorkTree(worktrees));
}

/** The worktree that we are in; from a bare repository, another. */
function someWorkTree(worktrees: readonly StatusWorktree[]): string {
  const present = worktrees.filter(({ gone }) => !gone);
  return present.some(({ here }) => here) ? '.' : (present[0]?.relative ?? '.');
}
