/** The package that `init` ran from, for worktrees that find none nearer. */
export const HOME_SETTING = 'bailiwick.home';
/** The directory for hooks that `init` made and `init --uninstall` removes. */
export const CREATED_SETTING = 'bailiwick.createdDirectory';
/** `git bailiwick`, in every worktree. */
export const ALIAS_SETTING = 'alias.bailiwick';
/** The hooks of strict mode are wanted. */
export const STRICT_SETTING = 'bailiwick.strict';
/** Lets through what nobody can judge, where bailiwick is missing; people set it. */
export const ALLOW_MISSING_SETTING = 'bailiwick.allowMissing';
