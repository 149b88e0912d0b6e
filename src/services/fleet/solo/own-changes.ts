import type { TreePair } from '../../../git/diff/diff-pairs.ts';
import type { DiffOutcome } from '../../../git/diff/diff-process.ts';
import { type Commit, readCommitObject } from '../../../git/objects/commit.ts';
import { missingHere, type Unanswered } from '../../../git/process/unanswered.ts';
import type { Tip } from '../fleet-branch.ts';
import { type FleetContext, unlessMissing } from '../open/context.ts';

/**
 * What each tip changed since it left the base. Fails where a tree is missing, which must be known before
 * anything is merged: git takes a missing tree for an empty one, and would delete everything (2.39).
 */
export async function ownChanges(
  context: FleetContext,
  tips: readonly Tip[],
): Promise<DiffOutcome[]> {
  const pairs = tips.map(async ({ commit, history }): Promise<(TreePair | Unanswered)[]> => {
    const began = await Promise.all(history.mergeBases.map((of) => readBegan(context, of)));
    return began.map((of) => ('failed' in of ? of : { before: of.tree, after: commit.tree }));
  });
  const wanted = await Promise.all(pairs);
  const isKnown = (pair: TreePair | Unanswered): pair is TreePair => !('failed' in pair);
  const diffs = await context.lab.diff(wanted.flat().filter(isKnown));
  // With several merge bases the first will do, if all of them are whole.
  return wanted.map((of) => {
    const own = of.map((pair) => (isKnown(pair) ? diffs.shift()! : pair));
    return own.find((diff) => 'failed' in diff) ?? own[0]!;
  });
}

const readBegan = ({ session }: FleetContext, oid: string): Promise<Commit | Unanswered> =>
  unlessMissing(
    async () =>
      (await readCommitObject(session.reader, oid)) ?? missingHere(`commit ${oid} is missing here`),
  );
