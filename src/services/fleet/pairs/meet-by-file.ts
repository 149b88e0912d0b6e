import type { Candidate } from '../../../core/overlap/candidates.ts';
import { isNear } from '../../../core/overlap/is-near.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';
import type { Unanswered } from '../../../git/process/unanswered.ts';
import type { Branch } from '../fleet-branch.ts';
import { mergeFiles } from '../lab/merge-files.ts';
import { type FleetContext, reportUnanswered } from '../open/context.ts';
import { PAIR_PHASE, type PairMerge, refsOf } from './pair-merge.ts';

/** Where the files two branches share stand by themselves, nothing but those files is merged. */
export async function meetByFile(
  context: FleetContext,
  branches: readonly Branch[],
  candidates: readonly Candidate[],
): Promise<PairMerge[]> {
  const disputed = candidates.map(({ shared }) => shared.filter(isNear));
  const outcomes = await mergeFiles(
    context,
    disputed.flat().map(({ a, b }) => ({ base: a.before!, ours: a.after!, theirs: b.after! })),
    { phase: PAIR_PHASE, effects: false },
  );
  return candidates.map((candidate, at): PairMerge => {
    const conflicts: MergeConflict[] = [];
    let failed: Unanswered | null = null;
    for (const { path } of disputed[at]!) {
      const outcome = outcomes.shift()!;
      if ('failed' in outcome) failed = outcome;
      else conflicts.push(...outcome.kinds.map((kind) => ({ kind, paths: [path] })));
    }
    if (failed === null) return { candidate, conflicts, source: 'files' };
    reportUnanswered(context, refsOf(branches, candidate), failed);
    return { candidate, conflicts: null, source: 'files' };
  });
}
