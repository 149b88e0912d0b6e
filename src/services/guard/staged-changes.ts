import { basename, join } from 'node:path';
import type { CommitForm, Situation } from '../../core/guard/take-out.ts';
import { type Change, sameEntry } from '../../domain/change.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { diffStaged } from '../../git/diff/diff-staged.ts';
import { hasUnstaged } from '../../git/diff/has-unstaged.ts';
import { mergedTree } from '../../git/merge/merged-tree.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { type CommitTree, readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { quarantine } from '../../git/process/quarantine.ts';
import type { Host } from '../../host/host.ts';
import { withTemporaryDirectory } from '../../host/temporary.ts';
import type { Session } from '../session/session.ts';
import type { ChangesToJudge } from './changes-to-judge.ts';

/** What the commit in the making changes, by rule R1 of `docs/judging.md`. */
export interface StagedChanges extends ChangesToJudge {
  readonly kind: 'commit' | 'merge';
  readonly notices: readonly string[];
  /** The commits being merged. */
  readonly heads: readonly Oid[];
}

/**
 * Not merging: the index against HEAD. Merging: the index against what git made of the merge by
 * itself, without the paths that are just as one of the merged heads has them. So merging the base
 * never blames anyone for the base's files, and a hand-made change inside a merge is seen.
 */
export async function stagedChanges(session: Omit<Session, 'policy'>): Promise<StagedChanges> {
  const { host, workspace, reader } = session;
  const head = await readCommitTree(reader, 'HEAD');
  const before = head && new TreeReader(reader, head.tree);
  const heads = mergeHeads(host, workspace.location.gitDirectory);
  if (heads.length === 0 || head === null) {
    const [changes, form] = await Promise.all([
      session.staged ?? diffStaged(workspace.repo),
      commitForm(host, workspace.repo),
    ]);
    const situation = { kind: 'commit', form, born: head !== null } as const;
    return {
      kind: 'commit',
      changes,
      before,
      situation,
      notices: [],
      heads: [],
    };
  }
  const merged = await mergeChanges(session, head, heads);
  const changes = await withoutHeads(reader, heads, merged);
  const situation: Situation = { kind: 'merge' };
  const notices =
    heads.length > 1
      ? ['more than two heads are merged: only what differs from all is judged']
      : [];
  return { kind: 'merge', changes, before, situation, notices, heads };
}

/**
 * `commit -a`, `-p` and `commit <path>` work on an index of their own; git says which by its name.
 * After `-a` nothing that git tracks is left unstaged, which tells it from `-p` and `-i`.
 */
async function commitForm(host: Host, repo: Repo): Promise<CommitForm> {
  const index = basename(host.environment['GIT_INDEX_FILE'] ?? 'index');
  if (index.startsWith('next-index-')) return 'partial';
  if (index !== 'index.lock') return 'index';
  return (await hasUnstaged(repo)) ? 'chosen' : 'all';
}

/**
 * The commits being merged: MERGE_HEAD, or while git runs pre-merge-commit, when that file is not
 * there yet, the `GITHEAD_<oid>` variables. Source: builtin/merge.c.
 */
function mergeHeads(host: Host, gitDirectory: string): Oid[] {
  const written = host.files.read(join(gitDirectory, 'MERGE_HEAD'))?.toString().split('\n') ?? [];
  const heads = written.flatMap((line) => parseOid(line.trim()) ?? []);
  if (heads.length > 0) return heads;
  const variables = Object.keys(host.environment).filter((name) => name.startsWith('GITHEAD_'));
  return variables.flatMap((name) => parseOid(name.slice('GITHEAD_'.length)) ?? []).sort();
}

async function mergeChanges(
  { host, workspace: { repo, location }, reader }: Omit<Session, 'policy'>,
  head: CommitTree,
  heads: readonly Oid[],
): Promise<Change[]> {
  const [theirs] = heads;
  if (heads.length > 1 || theirs === undefined) return octopusChanges(repo, heads);
  // AUTO_MERGE is git's own result, and only this merge's while MERGE_HEAD is there.
  const stopped = host.files.exists(join(location.gitDirectory, 'MERGE_HEAD'));
  const automatic = stopped ? await reader.read('AUTO_MERGE^{tree}') : null;
  if (automatic !== null) return diffStaged(repo, automatic.oid);
  return withTemporaryDirectory('merge', async (directory) => {
    const environment = quarantine(location.commonDirectory, directory, repo.environment);
    const tree = await mergedTree(repo, head.commit, theirs, environment);
    return diffStaged(repo, tree, environment);
  });
}

/** git merges more than two heads one after the other; what differs from every one is a hand's work. */
async function octopusChanges(repo: Repo, heads: readonly Oid[]): Promise<Change[]> {
  const [own, ...others] = await Promise.all([
    diffStaged(repo),
    ...heads.map((head) => diffStaged(repo, head)),
  ]);
  const sets = others.map((changes) => new Set(changes.map(({ path }) => path)));
  return (own ?? []).filter(({ path }) => sets.every((set) => set.has(path)));
}

async function withoutHeads(
  reader: ObjectReader,
  heads: readonly Oid[],
  changes: readonly Change[],
): Promise<Change[]> {
  const commits = await Promise.all(heads.map((head) => readCommitTree(reader, head)));
  const trees = commits.flatMap((commit) => (commit ? new TreeReader(reader, commit.tree) : []));
  const kept: Change[] = [];
  for (const change of changes) {
    const entries = await Promise.all(trees.map((tree) => tree.entry(change.path)));
    if (!entries.some((entry) => sameEntry(entry, change.after))) kept.push(change);
  }
  return kept;
}
