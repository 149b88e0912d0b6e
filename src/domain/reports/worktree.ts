import type { Hint } from '../hint.ts';
import type { AgentId, PortRange } from '../ids.ts';
import type { PlannedStep } from '../plan.ts';
import type { BranchName } from '../refs.ts';

/** The ports of one worktree, and the one a server in it is to start on. */
export interface WorktreePorts extends PortRange {
  readonly port: number;
}

/** What keeps a worktree from being removed. Sorted by how much there is to lose. */
export const OBSTACLE_KINDS = [
  'uncommitted',
  'unfinished',
  'unpushed',
  'submodules',
  'ignored',
  'nested',
  'locked',
  'making',
  'in-use',
] as const;
export type ObstacleKind = (typeof OBSTACLE_KINDS)[number];

/** One reason why a worktree is not removed, and what lets it happen all the same. */
export interface Obstacle {
  readonly kind: ObstacleKind;
  /** A sentence without a full stop. */
  readonly message: string;
  /** Paths, commits or processes, the first few. */
  readonly examples: readonly string[];
  /** The option that removes it all the same; null where none does. */
  readonly flag: string | null;
}

/**
 * `made`: by this command. `completed`: it was there, and something was missing. `unchanged`: all was
 * there. `failed`: what this command did was taken back. `planned`: a dry run.
 */
export type AddOutcome = 'completed' | 'failed' | 'made' | 'planned' | 'unchanged';

/** `earlier`: it has passed here before. `none`: the policy names no command. `skipped`: not wanted. */
export type SetupOutcome = 'done' | 'earlier' | 'failed' | 'none' | 'skipped';

/** What became of the worktree of one agent. */
export interface AddedWorktree {
  readonly agent: AgentId;
  /** Absolute. */
  readonly path: string;
  /** Null when HEAD is detached there. */
  readonly branch: BranchName | null;
  readonly outcome: AddOutcome;
  readonly ports: WorktreePorts;
  readonly setup: SetupOutcome;
  /** Where the output of the setup commands is; null when none ran. */
  readonly log: string | null;
  /** Git runs the guard there; null when it was not looked at. */
  readonly guarded: boolean | null;
  /** Why it failed, and the last lines of the log; null when it did not. */
  readonly failure: { readonly message: string; readonly tail: readonly string[] } | null;
}

/** `data` of `worktree add`. */
export interface WorktreeAddData {
  readonly verb: 'add';
  readonly dryRun: boolean;
  /** Absolute; paths are shown relative to it. */
  readonly top: string;
  readonly worktrees: readonly AddedWorktree[];
  /** What was done, or would be; those of agents that failed were taken back. */
  readonly steps: readonly PlannedStep[];
  readonly notes: readonly string[];
  /** What comes next, each "To <reach this>, run <command>". */
  readonly next: readonly Hint[];
}

/** One worktree of the repository. */
export interface WorktreeRow {
  readonly path: string;
  /** Null when nobody is bound to it. */
  readonly agent: string | null;
  /** As git abbreviates it; null when HEAD is detached, and in a bare repository. */
  readonly branch: string | null;
  /** The main checkout, which cannot be removed. */
  readonly main: boolean;
  /** `half-made`: what made it was killed. `missing`: its directory is gone. */
  readonly state: 'half-made' | 'making' | 'missing' | 'ready';
  /** Why it is locked, '' without a reason; null when it is not. */
  readonly locked: string | null;
  readonly ports: WorktreePorts | null;
  /** Paths that differ from HEAD, untracked ones too; null when it could not be read. */
  readonly uncommitted: number | null;
  /** Commits that are on no remote and not on the base branch; null when it could not be read. */
  readonly unpushed: number | null;
  /** Git runs the guard on commits, merges and pushes there; null where it could not be read. */
  readonly guarded: boolean | null;
}

/** `data` of `worktree list`. */
export interface WorktreeListData {
  readonly verb: 'list';
  /** Absolute; paths are shown relative to it. */
  readonly top: string;
  readonly worktrees: readonly WorktreeRow[];
  /** Agents of the policy without a worktree. */
  readonly without: readonly AgentId[];
}

/** What became of one worktree that was to be removed. */
export interface RemovedWorktree {
  readonly path: string;
  readonly agent: string | null;
  readonly branch: string | null;
  /** `released`: the main checkout stays; what `worktree add` put into it was taken out. */
  readonly outcome: 'kept' | 'planned' | 'refused' | 'released' | 'removed';
  /** The branch is deleted, or would be. */
  readonly branchDeleted: boolean;
  readonly obstacles: readonly Obstacle[];
}

/** `data` of `worktree remove` and `worktree prune`. */
export interface WorktreeRemoveData {
  readonly verb: 'prune' | 'remove';
  readonly dryRun: boolean;
  readonly top: string;
  readonly worktrees: readonly RemovedWorktree[];
  readonly steps: readonly PlannedStep[];
  readonly notes: readonly string[];
  readonly next: readonly Hint[];
}

/** `data` of every `worktree` command. */
export type WorktreeData = WorktreeAddData | WorktreeListData | WorktreeRemoveData;
