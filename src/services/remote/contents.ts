import type { Entry } from '../../domain/change.ts';
import { LOCK_REFS } from '../../domain/lock.ts';
import { REQUEST_REFS } from '../../domain/states/change-request.ts';
import { HANDOFF_REFS } from '../../domain/states/handoff.ts';
import { TURN_REFS } from '../../domain/states/turn.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { treeChanges } from '../../git/diff/tree-changes.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { listRefs } from '../../git/refs/refs.ts';
import type { BranchChanges } from '../guard/branch-changes.ts';
import { findStreamFiles, textsOfStreams } from '../semantics/stream-files.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import type { RemoteCopy } from './remote-copy.ts';

/** Fetches what a policy, the locks and the requests are read from. */
export const fetchPolicies = async (copy: RemoteCopy, commits: readonly string[]): Promise<void> =>
  copy.fetchBlobs(await policyBlobs(copy, commits));

/** What a policy, the locks and the requests are read from, found by walking trees, which are all here. */
export async function policyBlobs(copy: RemoteCopy, commits: readonly string[]): Promise<Oid[]> {
  const states = [LOCK_REFS, REQUEST_REFS, HANDOFF_REFS, TURN_REFS].map((prefix) =>
    listRefs(copy.repo, prefix),
  );
  const stateCommits = (await Promise.all(states)).flatMap((refs) => [...refs.values()]);
  const reader = new ObjectReader(copy.repo);
  try {
    const entries = await Promise.all([
      ...commits.map((commit) => entryAt(reader, commit, POLICY_FILE)),
      ...stateCommits.map((commit) => entryAt(reader, commit, 'state.json')),
    ]);
    return entries.flatMap((entry) => entry?.oid ?? []);
  } finally {
    await reader.close();
  }
}

/** One file at the top of a commit. */
export async function entryAt(
  reader: ObjectReader,
  commit: string,
  name: string,
): Promise<Entry | null> {
  const at = await readCommitTree(reader, commit);
  return at && new TreeReader(reader, at.tree).entry(name as RepoPath);
}

/** Fetches the contents that judging a branch reads: where links lead; with `lines`, every file. */
export async function fetchContents(
  copy: RemoteCopy,
  { changes, mergeBase }: BranchChanges,
  head: Oid,
  lines: boolean,
): Promise<void> {
  const read = lines
    ? (await treeChanges(copy.repo, await mergeBase(), head)).flatMap(({ before, after }) => [
        before,
        after,
      ])
    : changes.map(({ after }) => (after?.mode === '120000' ? after : null));
  // A submodule's commit is an object of another repository.
  const blobs = read.flatMap((entry) => (entry && entry.mode !== '160000' ? entry.oid : []));
  await copy.fetchBlobs(blobs);
}

/** Fetches what tells which migrations a branch adds, and those they join. */
export async function fetchMigrations(
  copy: RemoteCopy,
  { policy }: Pick<PolicySession, 'policy'>,
  { changes, before, made }: BranchChanges,
): Promise<void> {
  const files = await findStreamFiles(
    (path) => before?.level(path) ?? Promise.resolve(null),
    policy.ownership.migrations,
    [changes],
  );
  // What the merge has made is nowhere else.
  await copy.fetchBlobs(textsOfStreams(files).filter((oid) => made?.has(oid) !== true));
}
