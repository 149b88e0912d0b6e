import { splitMergeResult, takingTheirs } from '../../core/guard/merge-result.ts';
import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { TreeComparison } from '../../git/diff/tree-changes.ts';
import { commonAncestors } from '../../git/history/merge-bases.ts';
import { mergeOnce, type SingleMerge } from '../../git/merge/merge-once.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { type CommitTree, readCommitTree } from '../../git/objects/read-top-file.ts';
import { LevelReader, TreeReader } from '../../git/objects/trees.ts';
import type { Files } from '../../host/files.ts';
import { unmergedFiles } from './facts/unmerged-files.ts';

/** Where a merge is tried. */
export interface MergeTrial {
  readonly files: Files;
  /** The throw-away repository it is made in. */
  readonly trial: Repo;
  /** Reads both sides, where what runs already can; else git is started for it. */
  readonly reader?: ObjectReader;
  /** Where the two parted, where that is known. */
  readonly fork?: Oid | undefined;
}

/** What landing changes. */
export interface LandingChanges {
  readonly changes: readonly Change[];
  /** Files that were too large to be merged: they count as if the side of `head` were taken. */
  readonly unmerged: readonly RepoPath[];
}

/**
 * What landing `head` on `base` would change: the difference between the base and git's own three-way
 * merge. A path that git cannot settle counts as if the side of `head` were taken.
 *
 * @throws Failure when git cannot merge the two, or gave up looking for renames
 */
export async function landingChanges(
  where: MergeTrial,
  base: CommitTree,
  head: Oid,
): Promise<LandingChanges> {
  const first = new AbortController();
  const merging = mergedChanges(where.trial, base, head, first.signal);
  // It begins at once, and is seldom begun again.
  merging.catch(() => undefined);
  const unmerged = await findUnmerged(where, base.commit, head);
  if (unmerged.length === 0)
    return { changes: await settled(where.trial, base.commit, head, await merging), unmerged };
  first.abort();
  await merging.catch(() => undefined);
  const attributes = `${where.trial.directory}/.gitattributes`;
  where.files.write(
    attributes,
    unmerged.map((path) => `${attributePattern(path)} -merge\n`).join(''),
  );
  try {
    const again = await mergedChanges(where.trial, base, head);
    return { changes: await settled(where.trial, base.commit, head, again), unmerged };
  } finally {
    where.files.write(attributes, '');
  }
}

async function findUnmerged(
  { trial, reader, fork }: MergeTrial,
  base: Oid,
  head: Oid,
): Promise<RepoPath[]> {
  const reading = reader ?? new ObjectReader(trial);
  try {
    const forks = fork === undefined ? await commonAncestors(trial, base, head) : [fork];
    return await unmergedFiles(reading, forks, [base, head]);
  } finally {
    if (reader === undefined) await reading.close();
  }
}

/** One path and no other; gitattributes(5). */
const attributePattern = (path: RepoPath): string =>
  `"/${[...encodeRepoPath(path)]
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      if (/[\\*?[]/.test(letter)) return `\\\\${letter === '\\' ? '\\\\' : letter}`;
      return /[A-Za-z0-9_./-]/.test(letter) ? letter : `\\${byte.toString(8).padStart(3, '0')}`;
    })
    .join('')}"`;

async function settled(
  trial: Repo,
  base: Oid,
  head: Oid,
  { merged, changes }: Merged,
): Promise<Change[]> {
  const conflicted = [...merged.unmerged, ...merged.conflicts.flatMap(({ paths }) => paths)];
  const { settled: sure, open } = splitMergeResult({ changes, conflicted, sides: [base, head] });
  if (open.length === 0) return [...sure.values()];
  const found = new Map(sure);
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

interface Merged {
  readonly merged: SingleMerge;
  readonly changes: readonly Change[];
}

async function mergedChanges(
  trial: Repo,
  { commit: base, tree }: CommitTree,
  head: Oid,
  signal?: AbortSignal,
): Promise<Merged> {
  const merging = mergeOnce(trial, { ours: base, theirs: head }, undefined, signal);
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
