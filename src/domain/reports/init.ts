import type { Hint } from '../hint.ts';
import type { AgentId } from '../ids.ts';
import type { RepoPath } from '../path.ts';
import type { PlannedStep } from '../plan.ts';

/** The events that are judged. Together they see everything that leaves a worktree; see githooks(5). */
export const GUARD_EVENTS = ['pre-commit', 'pre-merge-commit', 'pre-push'] as const;

/** Those that strict mode adds: git runs them also where it is told to skip the others. */
export const STRICT_EVENTS = ['prepare-commit-msg', 'reference-transaction'] as const;

export const ALL_GUARD_EVENTS = [...GUARD_EVENTS, ...STRICT_EVENTS] as const;
export type GuardEvent = (typeof ALL_GUARD_EVENTS)[number];

/**
 * What decides which hooks run here. `outside`: `core.hooksPath` leads out of the repository. `husky-4`: husky
 * before version 5, whose files are in `.git/hooks`.
 */
export type HookManager =
  | 'husky'
  | 'husky-4'
  | 'lefthook'
  | 'outside'
  | 'overcommit'
  | 'plain'
  | 'pre-commit'
  | 'prek'
  | 'simple-git-hooks';

/**
 * `active`: git runs the guard, which was tried out. `missing`: git finds no file to run. `inert`: the
 * file is not executable, so git passes over it. `unguarded`: nothing in the file names the guard.
 * `skipped`: the guard is named there, and the file ends well without having started it. `failing`: the
 * file ends with an error before the guard is reached. `unproven`: it did not end.
 */
export type HookState =
  | 'active'
  | 'failing'
  | 'inert'
  | 'missing'
  | 'skipped'
  | 'unguarded'
  | 'unproven';

/** What git will do for one event in one worktree. */
export interface HookStatus {
  readonly event: GuardEvent;
  /** The file git looks for, absolute. */
  readonly file: string;
  readonly state: HookState;
  /** What was seen when it was tried out and the guard did not answer; else null. */
  readonly reason: string | null;
}

/** The guard, as it answered when a hook was tried out. */
export interface CanaryAnswer {
  /** Absolute directory of the package that answered, links resolved. */
  readonly home: string;
  /** Its version. */
  readonly version: string;
  /** The Node that ran it: absolute path and version, such as `20.19.0`. */
  readonly node: string;
  readonly nodeVersion: string;
}

/** The same with the proof: null unless `state` is `active`. */
export interface HookProof extends HookStatus {
  readonly guard: CanaryAnswer | null;
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

/** How a proposed division of the work would have fared. */
export interface DivisionFigures {
  /** How many past commits were looked at. */
  readonly commits: number;
  /** Of these, how many changed files of one agent at most, shared ones besides. */
  readonly within: number;
  /** How many would, were each folder at the top of one of as many agents whole: what a division has to beat. */
  readonly byFolders: number;
  /** The share of the files that the largest part would then have, from 0 to 1. */
  readonly largestByFolders: number;
  /** In the order of the proposal; shares are from 0 to 1, and leave out what is shared. */
  readonly parts: readonly PartFigures[];
  /**
   * The files that cause most of the rest, the worst first: so many commits more would lie within
   * one part were this file, and those before it, shared.
   */
  readonly crossing: readonly { readonly path: RepoPath; readonly commits: number }[];
}

export interface PartFigures {
  readonly agent: AgentId;
  readonly files: number;
  readonly changes: number;
}

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
  /** How the proposed division would have fared; left out when none was made from the tree. */
  readonly division?: DivisionFigures;
  /** The text of the proposal in a dry run, when nothing is written that could be read. */
  readonly proposal?: string;
  /** What was done, or would be. */
  readonly steps: readonly PlannedStep[];
  readonly snippets: readonly Snippet[];
  /** What a reader must know to trust the answer. */
  readonly notes: readonly string[];
  /** What comes next, each "To <reach this>, run <command>", in order. */
  readonly next: readonly Hint[];
}
