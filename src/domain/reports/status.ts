import type { Operation } from '../change.ts';
import type { FindingCode, Severity } from '../finding.ts';
import type { Hint } from '../hint.ts';
import type { Identity } from '../identity.ts';
import type { AgentId, LockName } from '../ids.ts';
import type { LeaseState } from '../lock.ts';
import type { LimitName, Limits } from '../ownership.ts';
import type { RepoPath } from '../path.ts';
import type { BranchName, Oid } from '../refs.ts';
import type { WorktreeOperation } from '../worktree-operation.ts';
import type { HookStatus } from './init.ts';
import type { PhaseRow } from './handoff.ts';
import type { PhasePair } from './phases.ts';
import type { TaskNow } from './task.ts';
import type { WaitingRequest } from './request.ts';

/** `data` of `status`: the fleet on one screen. Explained in `docs/status.md`. */
export interface StatusData {
  /** What everything lands on; null when the base branch is not here. */
  readonly base: { readonly ref: string; readonly oid: Oid } | null;
  /** The numbers; which lines count is in the policy. */
  readonly limits: Omit<Limits, 'exclude' | 'tests'>;
  /** Milliseconds since 1970, by this machine's clock: what ages and leases are measured by. */
  readonly now: number;
  /** By agent, then branch; what is nobody's comes last. */
  readonly rows: readonly StatusRow[];
  /** Set when git runs the guard in no worktree at all: how to change that. */
  readonly unguarded: Hint | null;
  /** Every lock somebody holds, or held until its lease ran out; by name. */
  readonly locks: readonly StatusLock[];
  /** Requests that wait for an answer, and grants that run; the most urgent first. */
  readonly requests: readonly WaitingRequest[];
  /** What each agent works on, or is to begin with. */
  readonly tasks: readonly TaskNow[];
  /** Of the agents that come after others, or not with some, in the order of their ids. */
  readonly phases: readonly PhaseRow[];
  /** Who can work beside whom; null where that was not asked. */
  readonly matrix: readonly PhasePair[] | null;
  /** Agents' branches that are in no worktree and have nothing the base lacks. Sorted. */
  readonly landed: readonly BranchName[];
  readonly overlap: StatusOverlap;
  /** What a reader must know to trust the answer. */
  readonly notices: readonly string[];
}

/** One worktree, or one branch of an agent that is in no worktree. */
export interface StatusRow {
  readonly agent: AgentId | null;
  /** Who acts there, as the hooks would see it, but for variables of another shell. */
  readonly identity: Identity;
  /** Why it is not clear who acts there, or that nobody may who is not known; null when all is well. */
  readonly unclear: string | null;
  /** Checked out, or being rebased; null when HEAD is detached. */
  readonly branch: BranchName | null;
  /** Null before the first commit. */
  readonly head: Oid | null;
  /** Null for a branch that is in no worktree. */
  readonly worktree: StatusWorktree | null;
  /** Null for the base itself, before the first commit, and where it could not be found out. */
  readonly standing: StatusStanding | null;
  /** Held or expired, by name. */
  readonly locks: readonly LockName[];
  readonly conflicts: readonly StatusConflict[];
  /** What could not be decided about it; sentences without a full stop. */
  readonly problems: readonly string[];
  /** Null when there is nothing to do. */
  readonly next: NextStep | null;
}

/** How a branch stands to the base. */
export interface StatusStanding {
  /** Commits the base does not have. */
  readonly ahead: number;
  /** Commits of the base the branch does not have. */
  readonly behind: number;
  /**
   * For how long (milliseconds) the base has been ahead: since the oldest commit on the base's own
   * line (first parents) that the branch does not have. 0 while it has all of them.
   */
  readonly age: number;
  /** Lines added and removed in the paths that count by rule R2; binary files have none. */
  readonly lines: number;
  /** The limits it has passed. */
  readonly over: readonly LimitName[];
  /** Whether `origin` has this very commit as the branch; null when there is no `origin`. */
  readonly pushed: boolean | null;
}

export interface StatusWorktree {
  /** Absolute. */
  readonly path: string;
  /** The same as seen from where `status` ran. */
  readonly relative: string;
  /** The main worktree, which came with the repository. */
  readonly main: boolean;
  /** The one `status` ran in. */
  readonly here: boolean;
  /** Its directory does not exist. */
  readonly gone: boolean;
  /** Why git is told to keep it, '' without a reason; null when it is not. */
  readonly lockedFor: string | null;
  readonly operation: WorktreeOperation | null;
  /** What git will do for each event. Empty when the directory is gone. */
  readonly hooks: readonly HookStatus[];
  /** Null when it could not be read. */
  readonly changes: StatusChanges | null;
}

/** What is not committed. A path that is staged and then changed again counts in both. */
export interface StatusChanges {
  /** Paths, each once. */
  readonly total: number;
  readonly staged: number;
  readonly unstaged: number;
  readonly untracked: number;
  /** There are more untracked files than were counted and judged. */
  readonly untrackedMore: boolean;
  /** Left unresolved by a merge or the like. */
  readonly unmerged: number;
  /** False while paths are unmerged: there is no content to judge yet. */
  readonly judged: boolean;
  /** What the guard would say of them if they were committed as they are. */
  readonly outside: readonly OutsideChange[];
}

/** One uncommitted change that would be refused, or let through with a warning. */
export interface OutsideChange {
  readonly path: RepoPath;
  readonly operation: Operation;
  readonly staged: boolean;
  readonly code: FindingCode;
  /** As the hook would say it; in the findings of `status` an error is a warning. */
  readonly severity: Severity;
  readonly owner: readonly AgentId[];
  readonly rule: string | null;
  readonly message: string;
  /** The lock that would open the path. */
  readonly lock: LockName | null;
}

export interface StatusLock {
  readonly name: LockName;
  readonly holder: AgentId;
  readonly branch: string | null;
  readonly state: Exclude<LeaseState, 'free'>;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly expires: number;
}

/** A branch it cannot be merged with. */
export interface StatusConflict {
  /** As git abbreviates it; the base for a conflict with the base. */
  readonly with: string;
  readonly base: boolean;
  readonly paths: readonly RepoPath[];
  /** Nothing but lockfiles, changelogs or manifests collides. */
  readonly mechanical: boolean;
}

/**
 * Where `conflicts` come from. `computed`: all branches were compared. `remembered`: comparing those
 * in `left` would have taken long, so only what was known was used. `skipped`: not wanted.
 * `undecided`: it was tried and could not be done.
 */
export interface StatusOverlap {
  readonly state: 'computed' | 'remembered' | 'skipped' | 'undecided';
  /** Branches that were not compared. Sorted. */
  readonly left: readonly string[];
}

/** Why a row has a next step; the first that applies, in this order. */
export const NEXT_REASONS = [
  'gone',
  'undecided',
  'identity',
  'hooks',
  'unfinished',
  'outside',
  'refused',
  'conflict-with-base',
  'landed',
  'stale',
  'conflict',
  'too-large',
  'commit',
  'push',
  'land',
  'update',
] as const;
export type NextReason = (typeof NEXT_REASONS)[number];

export interface NextStep {
  readonly why: NextReason;
  /** False for the ordinary course of work. */
  readonly urgent: boolean;
  /** `To <reach this>, run <command>`. */
  readonly hint: Hint;
}
