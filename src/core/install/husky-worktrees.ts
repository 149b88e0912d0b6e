import type { Step } from '../../domain/plan.ts';

/** Where git looks for hooks in one worktree of a repository that uses husky. */
export interface HuskyWorktree {
  /** Absolute. */
  readonly hooksDirectory: string;
  /** husky's generated files are there. */
  readonly armed: boolean;
}

/**
 * The steps that give every worktree husky's generated directory, which `npm install` makes in one
 * worktree only and without which git runs no hook. See `armBlock` for worktrees still to come.
 */
export function armSteps(worktrees: readonly HuskyWorktree[]): Step[] {
  const source = worktrees.find(({ armed }) => armed);
  if (source === undefined) return [];
  const bare = worktrees.filter(({ armed }) => !armed);
  return bare.map(({ hooksDirectory }) => ({
    kind: 'copy-directory',
    path: source.hooksDirectory,
    to: hooksDirectory,
    why: 'git finds no hook in this worktree without it',
  }));
}
