import { Failure } from '../../../domain/failure.ts';
import type { TreePair } from '../../../git/diff/diff-pairs.ts';
import type { DiffOutcome } from '../../../git/diff/diff-trees.ts';
import { type Commit, readCommitObject } from '../../../git/objects/commit.ts';
import type { Tip } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';

/**
 * What each tip changed since it left the base. Fails where a tree is missing, which must be known before
 * anything is merged: git takes a missing tree for an empty one, and would delete everything (2.39).
 */
export async function ownChanges(
  context: FleetContext,
  tips: readonly Tip[],
): Promise<DiffOutcome[]> {
  const pairs = tips.map(async ({ commit, history }): Promise<TreePair[]> => {
    const began = await Promise.all(history.mergeBases.map((of) => readBegan(context, of)));
    return began.map(({ tree }) => ({ before: tree, after: commit.tree }));
  });
  const wanted = await Promise.all(pairs);
  const diffs = await context.lab.diff(wanted.flat());
  // With several merge bases the first will do, if all of them are whole.
  return wanted.map((of) => {
    const own = diffs.splice(0, of.length);
    return own.find((diff) => 'failed' in diff) ?? own[0]!;
  });
}

async function readBegan({ session }: FleetContext, oid: string): Promise<Commit> {
  const commit = await readCommitObject(session.reader, oid);
  if (!commit) throw new Failure('git', `commit ${oid} is missing here`);
  return commit;
}
