/** What git began in a worktree and has not ended; named as the command that ends it is. */
export type WorktreeOperation = 'am' | 'bisect' | 'cherry-pick' | 'merge' | 'rebase' | 'revert';

/** `a rebase`, `an am`. */
export const anOperation = (operation: WorktreeOperation): string =>
  `${operation === 'am' ? 'an' : 'a'} ${operation}`;
