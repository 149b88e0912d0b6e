import type { PutBack, Uncommitted } from '../../core/guard/remedies/put-back.ts';
import type { Change, Entry } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { type Rename, renameHalves, treeRenames } from '../../git/diff/renames.ts';
import { treeChanges } from '../../git/diff/tree-changes.ts';
import { commonAncestors } from '../../git/history/merge-bases.ts';
import { LAST_MOMENT, looseCommit, looseTree } from '../../git/objects/loose-object.ts';
import { formatOf } from '../../git/objects/object-format.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { overlayTree } from '../../git/objects/overlay-tree.ts';
import { type CommitTree, readCommitTree } from '../../git/objects/read-top-file.ts';
import { LevelReader } from '../../git/objects/trees.ts';
import { workTreeStatus } from '../../git/worktree/status.ts';
import type { Host } from '../../host/host.ts';
import type { Session } from '../session/session.ts';
import type { BaseToLandOn } from './branch-changes.ts';
import { landedBase } from './landed-base.ts';
import { landingChanges } from './landing.ts';
import { withTrialRepository } from './trial-repository.ts';

/** A branch of which some paths are refused. */
export interface RefusedBranch {
  readonly against: BaseToLandOn;
  readonly head: Oid;
  /** What landing it would change. */
  readonly changes: readonly Change[];
  readonly refused: ReadonlySet<RepoPath>;
}

/** A plan without the work tree it is for. */
type Tried = Omit<PutBack, 'ask' | 'uncommitted'>;

/**
 * How the branch comes to change nothing at the refused paths: the files as they were where it began, so
 * that the base may go on changing them, else as the base has them now. Each is tried out: nothing is
 * advised that landing would show to be wrong.
 *
 * @returns null where neither helps: see `settleFirst`.
 */
export async function planPutBack(session: Session, branch: RefusedBranch): Promise<Tried | null> {
  const { host } = session;
  const { against, head } = branch;
  return withTrialRepository(session, against.commit, async (trial) => {
    const at = await readCommitTree(session.reader, against.commit);
    if (at === null) return null;
    const landing = await landedBase(host, trial, at, head, (await against.landed) ?? []);
    const began = await commonAncestors(trial, landing.commit, head);
    for (const source of new Set([...began, against.commit])) {
      const tried = await tryOut(host, trial, { ...branch, landing, source });
      const name = source === against.commit ? against.name : source;
      if (tried !== null) return { ...tried, source: name };
    }
    return null;
  });
}

interface Attempt extends RefusedBranch {
  readonly landing: CommitTree;
  readonly source: Oid;
}

async function tryOut(host: Host, trial: Repo, attempt: Attempt): Promise<Tried | null> {
  const { head, source, refused, changes, landing } = attempt;
  const touched = await treeChanges(trial, source, head);
  const parts = await partsOf(trial, attempt, new Map(touched.map((each) => [each.path, each])));
  const back = new Set([...parts.values()].flat());
  const entries = new Map(
    touched.flatMap(({ path, before }) => (back.has(path) ? [[path, before] as const] : [])),
  );
  const known = new Set(changes.map(({ path }) => path));
  try {
    const made = await commitWith(host, trial, head, entries);
    const { changes: left } = await landingChanges({ files: host.files, trial }, landing, made);
    const clean = left.every(({ path }) => known.has(path) && !refused.has(path));
    return clean ? { source, parts, touched } : null;
  } catch (error) {
    // git could not merge it, or lacks what it would have to read: then nobody knows that it helps.
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** What has to be put back for each refused path: half a rename would be a copy, or a loss. */
async function partsOf(
  trial: Repo,
  { source, head, landing, refused }: Attempt,
  touched: ReadonlyMap<RepoPath, Change>,
): Promise<Map<RepoPath, RepoPath[]>> {
  const own = renameHalves(await renames(trial, source, head));
  const strange = [...refused].some((path) => !touched.has(path));
  // Where the base moved a file, git carries the branch's edit of the old place to the new one.
  const moved = strange ? await renames(trial, source, landing.commit) : [];
  const from = new Map(moved.map((rename) => [rename.to, rename.from]));
  return new Map(
    [...refused].map((path) => {
      const places = [path, own.get(path), from.get(path)];
      return [path, places.flatMap((each) => (each && touched.has(each) ? [each] : []))];
    }),
  );
}

const renames = (trial: Repo, before: Oid, after: Oid): Promise<Rename[]> =>
  // A copy of the remote has not every content that git would compare.
  treeRenames(trial, before, after).catch(() => []);

async function commitWith(
  { files }: Host,
  trial: Repo,
  head: Oid,
  entries: ReadonlyMap<RepoPath, Entry | null>,
): Promise<Oid> {
  const store = trial.environment['GIT_OBJECT_DIRECTORY'];
  const reader = new ObjectReader(trial);
  try {
    const at = await readCommitTree(reader, head);
    if (at === null || store === undefined) throw new Failure('git', `commit ${head} is missing`);
    const levels = new LevelReader(reader);
    const format = formatOf(head);
    const put = ({ path, bytes, oid }: ReturnType<typeof looseTree>): Oid => {
      files.put(`${store}/${path}`, bytes);
      return oid;
    };
    const write = (level: Parameters<typeof looseTree>[1]): Oid => put(looseTree(format, level));
    const tree = await overlayTree({ read: (oid) => levels.read(oid), write }, at.tree, entries);
    const content = { tree: tree ?? write(new Map()), parents: [head], time: LAST_MOMENT };
    return put(looseCommit(format, content));
  } finally {
    await reader.close();
  }
}

/** What putting the files back in a work tree would overwrite that is in no commit. */
export async function uncommittedIn(
  { files }: Host,
  workTree: Repo,
  { parts, touched }: Pick<PutBack, 'parts' | 'touched'>,
): Promise<Uncommitted> {
  const paths = new Set<string>([...parts.values()].flat());
  const gone = touched.filter(({ path, after }) => after === null && paths.has(path));
  if (gone.some(({ path }) => files.exists(`${workTree.directory}/${path}`)))
    return 'files-in-the-way';
  const { tracked } = await workTreeStatus(workTree);
  return tracked.some(({ path }) => paths.has(path)) ? 'tracked' : 'none';
}
