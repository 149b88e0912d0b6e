import type { MergeOutcome } from '../../../git/merge/merge-process.ts';
import type { LandingStep } from './landed-state.ts';

/** What landing a branch first comes to, where this run has merged it with the base already. */
export function aloneOnBase({ from, branch }: LandingStep): MergeOutcome | null {
  const { solo, recalled } = branch;
  if (from.step !== null || recalled || !solo?.tree || solo.standing === 'conflict') return null;
  return { clean: true, tree: solo.tree, conflicts: [], unmerged: [] };
}
