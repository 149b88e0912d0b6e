import type { TreeMoment } from '../../domain/validation.ts';

/** What differs between two moments of one worktree, each a word or a path; empty when nothing does. */
export function treeMoves(before: TreeMoment, after: TreeMoment): string[] {
  const moves: string[] = [];
  if (before.head !== after.head) moves.push('HEAD');
  if (before.branch !== after.branch) moves.push('the branch that is checked out');
  const paths = new Set([...before.changed.keys(), ...after.changed.keys()]);
  for (const path of [...paths].sort())
    if (before.changed.get(path) !== after.changed.get(path)) moves.push(path);
  return moves;
}
