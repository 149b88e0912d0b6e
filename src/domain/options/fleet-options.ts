import type { LandingMode, MergeRules, OverlapLevel, Precedence } from '../landing.ts';

/** Which branches are looked at, and how they are thought to land. */
export interface FleetOptions {
  /** Full names or globs; none: the local branches of the policy's agents. */
  readonly refs: readonly string[];
  /** What they land on; null: what the policy says. */
  readonly base: string | null;
  readonly land: LandingMode;
  readonly rules: MergeRules;
  /** Above this many files on a side git no longer looks for renames that come with changes. */
  readonly renameLimit: number;
  /** Megabytes that one file may cost to be merged for all pairs. Absent: `MERGE_LIMIT`. */
  readonly mergeLimit?: number;
  /** The branches checked out in worktrees instead, with their uncommitted work. */
  readonly worktrees: boolean;
}

/** What `overlap` and `order` are asked. */
export interface OverlapOptions extends FleetOptions {
  /** The weakest level that refuses; null: nothing does. */
  readonly failOn: OverlapLevel | null;
}

/** What `order` is asked. */
export interface OrderOptions extends OverlapOptions {
  /** Who comes after whom this time, besides what the policy says. */
  readonly after?: readonly Precedence[];
  /** A command that is run on merges, to find out what needs what. */
  readonly test?: string | undefined;
}

/** git's own limit for merges; see merge.renameLimit in git-config(1). */
export const RENAME_LIMIT = 7000;

/** Megabytes: git needs one to two minutes to merge so much. */
export const MERGE_LIMIT = 4000;
