import { HistoryWalk } from '../../core/history/history-walk.ts';
import type { Change } from '../../domain/change.ts';
import type { LandingMode } from '../../domain/landing.ts';
import type { MigrationRegistry } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { diffPairs } from '../../git/diff/diff-pairs.ts';
import { matchingFiles } from '../../git/diff/matching-files.ts';
import { parseRawDiff, RAW_DIFF_OPTIONS } from '../../git/diff/raw-diff.ts';
import { commitsAhead } from '../../git/history/commits-ahead.ts';
import { walkHistory } from '../../git/history/walk-history.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { findStreamFiles, textsOfStreams } from '../semantics/stream-files.ts';
import { policyBlobs } from './contents.ts';
import type { RemoteCopy } from './remote-copy.ts';

/** How often common ancestors of common ancestors are looked for: see `mergedChanges`. */
const DEEPEST = 16;

/**
 * Fetches every content that merging the tips into the base and into each other can read, in one go:
 * all that a branch changed since it began; of what the base did since, the same paths, and files
 * that came or went, because they may be renames; the attributes that say how to merge, and the policy.
 */
export async function fetchMergeContents(
  copy: RemoteCopy,
  base: Oid,
  tips: readonly Oid[],
  land: LandingMode,
): Promise<void> {
  const steps = land === 'rebase' ? await stepsOf(copy, base, tips) : [];
  const [merged, replayed, attributes] = await Promise.all([
    mergedChanges(copy, base, tips, DEEPEST),
    changesIn(copy, steps),
    matchingFiles(copy.repo, base, ':(glob)**/.gitattributes'),
  ]);
  await copy.fetchBlobs([
    ...(await policyBlobs(copy, [base])),
    ...[...merged, ...replayed].flatMap(({ before, after }) =>
      [before, after].flatMap((entry) => (entry && entry.mode !== '160000' ? entry.oid : [])),
    ),
    ...attributes.map(([, oid]) => oid),
  ]);
}

/**
 * What merging every tip with the base has to look at. Where two have several common ancestors, git
 * first merges those with each other, and so on: they are tips as well.
 */
async function mergedChanges(
  copy: RemoteCopy,
  base: Oid,
  tips: readonly Oid[],
  deepest: number,
): Promise<Change[]> {
  const began = await forkPoints(copy, base, tips);
  const own = began.flatMap((points, at) => points.map((point) => [point, tips[at]!] as const));
  const progress = [...new Set(began.flat())].map((point) => [point, base] as const);
  const [branches, landed] = await Promise.all([changesIn(copy, own), changesIn(copy, progress)]);
  const touched = new Set(branches.map(({ path }) => path));
  const changes = [...branches, ...landed.filter((change) => matters(change, touched))];
  const several = began.filter((points) => points.length > 1);
  for (const [first, ...others] of deepest > 0 ? several : [])
    changes.push(...(await mergedChanges(copy, first!, others, deepest - 1)));
  return changes;
}

/**
 * Fetches what tells which migrations the tips add, and those of the base that they join. They are known once the
 * policy is.
 */
export async function fetchFleetMigrations(
  copy: RemoteCopy,
  base: Oid,
  tips: readonly Oid[],
  registries: readonly MigrationRegistry[],
): Promise<void> {
  const began = await forkPoints(copy, base, tips);
  const pairs = began.flatMap((points, at) => points.map((point) => [point, tips[at]!] as const));
  const changes = await changesIn(copy, pairs);
  const reader = new ObjectReader(copy.repo);
  try {
    const tree = new TreeReader(reader, (await readCommitTree(reader, base))!.tree);
    const files = await findStreamFiles((path) => tree.level(path), registries, [changes]);
    await copy.fetchBlobs(textsOfStreams(files));
  } finally {
    await reader.close();
  }
}

/**
 * The same for one commit that is only to land, and for those that count as landed before it; nothing
 * where it has all of the base.
 */
export async function fetchLandingContents(
  copy: RemoteCopy,
  base: Oid,
  head: Oid,
  landed: readonly Oid[] = [],
): Promise<void> {
  if (landed.length === 0 && (await isAncestor(copy.repo, base, head))) return;
  await fetchMergeContents(copy, base, [head, ...landed], 'merge');
}

const matters = ({ path, before, after }: Change, touched: ReadonlySet<RepoPath>): boolean =>
  before === null || after === null || touched.has(path);

/** Where each tip left the base: the best common ancestors. */
async function forkPoints(
  { repo }: RemoteCopy,
  base: Oid,
  tips: readonly Oid[],
): Promise<(readonly Oid[])[]> {
  const history = new HistoryWalk(base, tips);
  await walkHistory(repo, [base, ...tips], (commit, parents) => history.visit(commit, parents));
  return history.result().tips.map(({ mergeBases }) => mergeBases as readonly Oid[]);
}

/** Two commits to compare. */
type CommitPair = readonly [before: Oid, after: Oid];

/** What each commit did that a rebase would replay. */
async function stepsOf(
  { repo }: RemoteCopy,
  base: Oid,
  tips: readonly Oid[],
): Promise<CommitPair[]> {
  const commits = await commitsAhead(repo, base, tips);
  return commits.flatMap(([commit, parent]) => (parent ? [[parent, commit] as const] : []));
}

async function changesIn({ repo }: RemoteCopy, pairs: readonly CommitPair[]): Promise<Change[]> {
  const reader = new ObjectReader(repo);
  try {
    const trees = await Promise.all(
      pairs.map(async ([before, after]) => ({
        before: (await readCommitTree(reader, before))!.tree,
        after: (await readCommitTree(reader, after))!.tree,
      })),
    );
    const parts = await diffPairs(repo, trees, RAW_DIFF_OPTIONS, 2);
    return parts.flatMap(parseRawDiff);
  } finally {
    await reader.close();
  }
}
