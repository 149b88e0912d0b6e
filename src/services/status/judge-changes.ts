import type { Change } from '../../domain/change.ts';
import type { Identity } from '../../domain/identity.ts';
import type { Oid } from '../../domain/refs.ts';
import type { StatusChanges } from '../../domain/reports/status.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import type { WorkTreeStatus } from '../../git/worktree/status.ts';
import { stagedChanges } from '../guard/staged-changes.ts';
import type { PolicySession } from '../session/session.ts';
import { judgeWorkTree, type WorkTreeJudgement } from './judge-work-tree.ts';
import { countChanges, trackedChange, untrackedChange } from './tracked-change.ts';
import { untrackedFiles } from './untracked.ts';

/** Untracked files of one worktree that are counted and judged. */
const MOST_UNTRACKED = 2000;

/** A work tree whose uncommitted changes are to be judged. */
export interface DirtyTree {
  readonly status: WorkTreeStatus;
  readonly identity: Identity;
  readonly head: Oid | null;
  /** A merge has not been committed yet. */
  readonly merging: boolean;
}

/** Counts what is not committed, and says what the guard would say of it. */
export async function judgeChanges(
  session: PolicySession,
  tree: DirtyTree,
): Promise<{ readonly changes: StatusChanges } & Pick<WorkTreeJudgement, 'strange' | 'unstage'>> {
  const { status, identity, head } = tree;
  const { repo } = session.workspace;
  const untracked = await untrackedFiles(repo, status.untracked, MOST_UNTRACKED);
  const counted: StatusChanges = {
    ...countChanges({ ...status, untracked: untracked.paths }),
    untrackedMore: untracked.more,
  };
  if (status.unmerged.length > 0) return { changes: counted, strange: null, unstage: null };
  const staged = tree.merging ? await mergeChanges(session) : null;
  const tracked = status.tracked
    // What a merge brings is judged by what git itself would have made of it.
    .filter(({ unstaged }) => staged === null || unstaged)
    .map((entry) => trackedChange(repo, entry));
  const changes = new Map<string, Change>();
  for (const change of staged ?? []) changes.set(change.path, change);
  for (const path of untracked.paths) {
    const change = untrackedChange(repo, path);
    changes.set(change.path, change);
  }
  for (const change of tracked) changes.set(change.path, change);
  const inIndex = status.tracked.filter((entry) => entry.staged).map(({ path }) => path);
  const work = { repo, identity, head, changes: [...changes.values()], staged: new Set(inIndex) };
  const { outside, strange, unstage } = await judgeWorkTree(session, work);
  return { changes: { ...counted, judged: true, outside }, strange, unstage };
}

/** What the merge in the making changes by hand, as the hook will judge it. */
async function mergeChanges({
  host,
  places,
  workspace,
}: PolicySession): Promise<readonly Change[]> {
  const { repo } = workspace;
  // The heads of the worktree are others than those of the repository the session reads.
  const reader = new ObjectReader(repo);
  try {
    const inside = { ...host, environment: repo.environment };
    return (await stagedChanges({ host: inside, places, workspace, reader })).changes;
  } finally {
    await reader.close();
  }
}
