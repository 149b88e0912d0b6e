import type { PassedFile } from '../../../domain/footprint.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { MergeOutcome, MergeRequest } from '../../../git/merge/merge-process.ts';
import type { Tip } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import type { Pick } from '../rebase/pick.ts';
import { readPicks } from '../rebase/read-picks.ts';
import { replayEach } from '../rebase/replay-each.ts';

/** What git made of a landing. */
export interface LandingMerge {
  readonly outcome: MergeOutcome;
  /** The merge that says so; null where none was needed. */
  readonly request: MergeRequest | null;
  /** What the commits changed that were replayed one by one. */
  readonly passed: readonly PassedFile[];
}

/** What becomes of the base when each tip lands on it alone, in the landing mode of the options. */
export async function mergeWithBase(
  context: FleetContext,
  tips: readonly Tip[],
): Promise<LandingMerge[]> {
  if (tips.length === 0) return [];
  // A squash is a merge that leaves out a parent: the tree is the same.
  return context.options.land === 'rebase' ? rebaseEach(context, tips) : mergeEach(context, tips);
}

async function mergeEach(
  { base, lab }: FleetContext,
  tips: readonly Tip[],
): Promise<LandingMerge[]> {
  const known = tips.map((tip) => withoutMerge(base.tree, tip));
  const requests = tips.map(({ commit }): MergeRequest => ({
    ours: base.commit,
    theirs: commit.commit,
  }));
  const outcomes = await lab.merge(
    requests.filter((_, at) => known[at] === null),
    `merging each branch with ${base.ref}`,
  );
  return tips.map((_, at) =>
    known[at]
      ? { outcome: known[at], request: null, passed: [] }
      : { outcome: outcomes.shift()!, request: requests[at]!, passed: [] },
  );
}

/** The base has all of the branch, or the branch all of the base: nothing is left to merge. */
function withoutMerge(base: Oid, { commit, history }: Tip): MergeOutcome | null {
  if (history.ahead === 0) return { clean: true, tree: base, conflicts: [], unmerged: [] };
  if (history.behind === 0) return { clean: true, tree: commit.tree, conflicts: [], unmerged: [] };
  return null;
}

/** Also a branch that has all of the base is replayed: merges in it are left out, and their resolutions with them. */
async function rebaseEach(context: FleetContext, tips: readonly Tip[]): Promise<LandingMerge[]> {
  const picks = await readPicks(
    context,
    tips.map(({ commit }) => commit),
  );
  const replayed = await replayEach(
    context,
    picks.map((of) => ({ onto: context.base.tree, picks: 'failed' in of ? [] : of })),
  );
  return replayed.map(({ outcome, stopped }, at) => {
    const own = picks[at]!;
    if ('failed' in own) return { outcome: own, request: null, passed: [] };
    return { outcome, request: stopped, passed: passedBy(own) };
  });
}

/** Each file once, as the first commit changed it. */
function passedBy(picks: readonly Pick[]): PassedFile[] {
  const files = new Map<string, PassedFile>();
  for (const { path, before, after } of picks.flatMap(({ diff }) => diff.changes))
    if (!files.has(path)) files.set(path, { path, before, after });
  return [...files.values()];
}
