import type { Hint } from '../hint.ts';
import type { PlannedStep } from '../plan.ts';

/** The events that are judged. Together they see everything that leaves a worktree; see githooks(5). */
export const GUARD_EVENTS = ['pre-commit', 'pre-merge-commit', 'pre-push'] as const;
export type GuardEvent = (typeof GUARD_EVENTS)[number];

/** What decides which hooks run here. `outside`: `core.hooksPath` leads out of the repository. */
export type HookManager =
  'husky' | 'lefthook' | 'outside' | 'plain' | 'pre-commit' | 'prek' | 'simple-git-hooks';

/**
 * `active`: git runs the guard. `missing`: git finds no file to run. `inert`: the file is not
 * executable, so git passes over it. `unguarded`: git runs the file, and it does not run the guard.
 */
export type HookState = 'active' | 'inert' | 'missing' | 'unguarded';

/** What git will do for one event in one worktree. */
export interface HookStatus {
  readonly event: GuardEvent;
  /** The file git looks for, absolute. */
  readonly file: string;
  readonly state: HookState;
}

/** What git will do in a worktree other than the one `init` ran in. */
export interface WorktreeStatus {
  readonly path: string;
  /** As git abbreviates it; null when HEAD is detached. */
  readonly branch: string | null;
  readonly hooks: readonly HookStatus[];
}

/** Lines someone has to add by hand, because adding them by program was not safe. */
export interface Snippet {
  readonly file: string;
  readonly text: string;
  /** Why it was not done: a sentence without a full stop. */
  readonly reason: string;
}

/** Where a starter policy came from. `existing`: there was one, and it was left alone. */
export type PolicyOrigin = 'codeowners' | 'existing' | 'folders' | 'history' | 'none';

/** `data` of `init`. */
export interface InitData {
  readonly action: 'install' | 'uninstall';
  readonly dryRun: boolean;
  /** Absolute top of the worktree. */
  readonly worktree: string;
  readonly manager: HookManager;
  /** As they are now: after the work, or before it in a dry run. Empty with `--no-hooks`. */
  readonly hooks: readonly HookStatus[];
  readonly worktrees: readonly WorktreeStatus[];
  readonly policy: {
    readonly path: string;
    readonly written: boolean;
    readonly from: PolicyOrigin;
  };
  /** What was done, or would be. */
  readonly steps: readonly PlannedStep[];
  readonly snippets: readonly Snippet[];
  /** What a reader must know to trust the answer. */
  readonly notes: readonly string[];
  /** What comes next, each "To <reach this>, run <command>", in order. */
  readonly next: readonly Hint[];
}
