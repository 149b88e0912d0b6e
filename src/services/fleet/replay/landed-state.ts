import type { Entry } from '../../../domain/change.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { ReworkFile } from '../../../domain/reports/order.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';
import type { Branch } from '../fleet-branch.ts';

/** The base after some branches have landed. */
export interface LandedState {
  /** What has landed, in order. */
  readonly refs: readonly string[];
  /** The state before the last of them, and that branch; null for the base itself. */
  readonly step: LandingStep | null;
  /** What is now where they changed something; null where nothing is left. */
  readonly entries: ReadonlyMap<RepoPath, Entry | null>;
}

/** The base as it is. */
export const AS_IT_IS: LandedState = { refs: [], step: null, entries: new Map() };

/** One branch that is to land on what those before it left. */
export interface LandingStep {
  readonly from: LandedState;
  readonly branch: Branch;
}

export type LandedNext =
  | { readonly kind: 'landed'; readonly state: LandedState }
  /** It conflicts, in these files. */
  | {
      readonly kind: 'stopped';
      readonly files: readonly ReworkFile[];
      readonly conflicts: readonly MergeConflict[];
    }
  /** Git could not read something. */
  | { readonly kind: 'unknown' };

/** The state after a step, which left `changes` where it changed something. */
export const landedStateAfter = (
  step: LandingStep,
  changes: ReadonlyMap<RepoPath, Entry | null>,
): LandedState => ({
  refs: [...step.from.refs, step.branch.member.ref],
  step,
  entries: new Map([...step.from.entries, ...changes]),
});
