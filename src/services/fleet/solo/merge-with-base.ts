import type { Oid } from '../../../domain/refs.ts';
import type { MergeOutcome } from '../../../git/merge/merge-process.ts';
import type { Tip } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import { rebaseEach } from '../rebase.ts';

/** What becomes of the base when each tip lands on it alone, in the landing mode of the options. */
export async function mergeWithBase(
  context: FleetContext,
  tips: readonly Tip[],
): Promise<MergeOutcome[]> {
  const { base, lab, options } = context;
  const known = tips.map((tip) => withoutMerge(base.tree, tip));
  const open = tips.filter((_, at) => known[at] === null);
  // A squash is a merge that leaves out a parent: the tree is the same.
  const outcomes =
    options.land === 'rebase'
      ? await rebaseEach(context, open)
      : await lab.merge(
          open.map(({ commit }) => ({ ours: base.commit, theirs: commit.commit })),
          `merging each branch with ${base.ref}`,
        );
  return known.map((outcome) => outcome ?? outcomes.shift()!);
}

/** The base has all of the branch, or the branch all of the base: nothing is left to merge. */
function withoutMerge(base: Oid, { commit, history }: Tip): MergeOutcome | null {
  if (history.ahead === 0) return { clean: true, tree: base, conflicts: [], unmerged: [] };
  if (history.behind === 0) return { clean: true, tree: commit.tree, conflicts: [], unmerged: [] };
  return null;
}
