import { splitMergeResult, takingTheirs } from '../../core/guard/merge-result.ts';
import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { TreeComparison } from '../../git/diff/tree-changes.ts';
import { mergeOnce, type SingleMerge } from '../../git/merge/merge-once.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { type CommitTree, readCommitTree } from '../../git/objects/read-top-file.ts';
import { LevelReader, TreeReader } from '../../git/objects/trees.ts';

/**
 * What landing `head` on `base` would change: the difference between the base and git's own three-way
 * merge. A path that git cannot settle counts as if the side of `head` were taken.
 *
 * @param trial the throw-away repository the merge is made in
 * @throws Failure when git cannot merge the two, or gave up looking for renames
 */
export async function landingChanges(
  trial: Repo,
  { commit: base, tree }: CommitTree,
  head: Oid,
): Promise<Change[]> {
  const { merged, changes } = await mergedChanges(trial, { commit: base, tree }, head);
  const conflicted = [...merged.unmerged, ...merged.conflicts.flatMap(({ paths }) => paths)];
  const { settled, open } = splitMergeResult({ changes, conflicted, sides: [base, head] });
  if (open.length === 0) return [...settled.values()];
  const found = new Map(settled);
  const reader = new ObjectReader(trial);
  try {
    const levels = new LevelReader(reader);
    const [ours, theirs] = [await treeOf(reader, base, levels), await treeOf(reader, head, levels)];
    for (const path of open) {
      const [before, after] = await Promise.all([ours.entry(path), theirs.entry(path)]);
      const chosen = takingTheirs(path, before, after);
      if (chosen !== null) found.set(path, chosen);
    }
  } finally {
    await reader.close();
  }
  return [...found.values()];
}

async function mergedChanges(
  trial: Repo,
  { commit: base, tree }: CommitTree,
  head: Oid,
): Promise<{ readonly merged: SingleMerge; readonly changes: Change[] }> {
  const merging = mergeOnce(trial, { ours: base, theirs: head });
  const comparison = new TreeComparison(trial);
  try {
    const merged = await merging;
    if (merged.renamesCutShort) throw tooManyRenames(base, head);
    return { merged, changes: await comparison.changes(tree, merged.tree) };
  } finally {
    comparison.close();
  }
}

async function treeOf(reader: ObjectReader, oid: Oid, levels: LevelReader): Promise<TreeReader> {
  const commit = await readCommitTree(reader, oid);
  if (commit === null) throw new Failure('git', `commit ${oid} is missing here`);
  return new TreeReader(reader, commit.tree, levels);
}

const tooManyRenames = (base: Oid, head: Oid): Failure =>
  new Failure(
    'git',
    `git gave up looking for renames between ${base.slice(0, 10)} and ${head.slice(0, 10)}: where ` +
      'it looks further, the same merge may change other files',
    [hintTo('bring the base in', `git merge ${base}`)],
  );
