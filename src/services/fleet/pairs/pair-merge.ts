import type { Candidate } from '../../../core/overlap/candidates.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';
import type { MergeRequest } from '../../../git/merge/merge-process.ts';
import type { Branch } from '../fleet-branch.ts';

/** What git makes of two branches that both landed on the base. */
export interface PairMerge {
  readonly candidate: Candidate;
  /** Empty where they merge; null where that could not be found out, and `degraded` says why. */
  readonly conflicts: readonly MergeConflict[] | null;
  /**
   * Where the answer came from: their lines keep apart, another run, a merge of the files they share,
   * or a merge of all they are.
   */
  readonly source: 'files' | 'lines' | 'memory' | MergeRequest;
}

/** Said while pairs are merged. */
export const PAIR_PHASE = 'merging the pairs that come close';

/** The two branches by name. */
export const refsOf = (branches: readonly Branch[], { a, b }: Candidate): string[] =>
  [a, b].map((at) => branches[at]!.member.ref);
