import type { AgentId } from '../ids.ts';
import type { BranchName, Oid } from '../refs.ts';
import type { PlannedStep } from '../plan.ts';
import type { FreedLock } from './sync.ts';

/** A branch of an agent of which the base has everything. */
export interface CleanBranch {
  readonly branch: BranchName;
  readonly agents: readonly AgentId[];
  /** `merged`: its commits are in the base. `taken-over`: what they change is, as after a squash or rebase. */
  readonly how: 'merged' | 'taken-over';
  /** The commit that the branch of this clone is deleted at; null where it stays, or is not here. */
  readonly local: Oid | null;
  /** The same of the remote. */
  readonly remote: Oid | null;
  /** Absolute path of its worktree that goes with it; null where there is none, or it stays. */
  readonly worktree: string | null;
  /** What keeps something of it, each a clause. */
  readonly kept: readonly string[];
}

/** `data` of `clean`. */
export interface CleanData {
  /** Nothing was changed: this says what would be. */
  readonly dryRun: boolean;
  /** Sorted by branch. */
  readonly branches: readonly CleanBranch[];
  /** Given back because their holders' work has landed, or to be. */
  readonly locks: readonly FreedLock[];
  /** In this clone: what was done, or would be. */
  readonly steps: readonly PlannedStep[];
  readonly notices: readonly string[];
}
