import { countedChanges } from '../../core/guard/limits.ts';
import { HistoryWalk } from '../../core/history/history-walk.ts';
import { outdatedBy } from '../../core/history/outdated-by.ts';
import type { TipExtent, TipReading } from '../../core/status/tip-extent.ts';
import { Failure } from '../../domain/failure.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { changedLines } from '../../git/diff/changed-lines.ts';
import { changesBetween } from '../../git/diff/changes-between.ts';
import type { TreePair } from '../../git/diff/diff-pairs.ts';
import { walkHistory } from '../../git/history/walk-history.ts';
import { type Commit, readCommitObject } from '../../git/objects/commit.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { readMarks } from '../layout/read-marks.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import type { BaseTip } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';

/** Where one tip left the base, and when that became out of date. */
interface Fork {
  readonly ahead: number;
  readonly behind: number;
  readonly mergeBases: readonly Commit[];
  readonly outdatedSince: number | null;
  readonly shared: boolean;
}

/** What counts by rule R2, as far as no merge has to be tried for it. */
type OwnWork = Pick<TipExtent, 'changes' | 'lines'>;

/** How every tip stands to the base: one walk over history, and two comparisons of trees, for all. */
export async function readTips(
  session: PolicySession,
  base: BaseTip,
  tips: readonly Oid[],
): Promise<ReadonlyMap<Oid, TipReading>> {
  const oids = [...new Set(tips)];
  const read = await Promise.all(oids.map((oid) => readCommitObject(session.reader, oid)));
  const commits = read.filter((commit) => commit !== null);
  const readings = new Map<Oid, TipReading>(oids.map((oid) => [oid, 'missing']));
  const together = await readTogether(session, base, commits);
  for (const [at, commit] of commits.entries()) {
    // git ends at the first object that is missing: whose it is shows when each is read by itself.
    const [reading] = together
      ? [together[at]]
      : ((await readTogether(session, base, [commit])) ?? []);
    readings.set(commit.commit, reading ?? 'missing');
  }
  return readings;
}

/** Null when something is missing that one of them needs. */
async function readTogether(
  session: PolicySession,
  base: BaseTip,
  commits: readonly Commit[],
): Promise<TipReading[] | null> {
  const { reader, workspace } = session;
  try {
    const forks = await readForks(workspace.repo, reader, base, commits);
    const work = forks && (await ownWork(session, base, commits, forks));
    return (
      forks?.map(({ ahead, behind, outdatedSince, mergeBases, shared }, at) =>
        mergeBases.length === 0
          ? 'unrelated'
          : { ahead, behind, outdatedSince, shared, ...(work?.[at] ?? NO_WORK) },
      ) ?? null
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return null;
  }
}

const NO_WORK: OwnWork = { changes: [], lines: 0 };

/** Null when history ends at a commit that is missing. */
async function readForks(
  repo: PolicySession['workspace']['repo'],
  reader: ObjectReader,
  base: BaseTip,
  tips: readonly Commit[],
): Promise<Fork[] | null> {
  if (tips.length === 0) return [];
  const commits = tips.map(({ commit }) => commit);
  const walk = new HistoryWalk(base.commit, commits);
  const firstParents = new Map<string, string | undefined>();
  const history = new Map<string, readonly string[]>();
  const end = await walkHistory(repo, [base.commit, ...commits], (commit, parents) => {
    firstParents.set(commit, parents[0]);
    history.set(commit, parents);
    return walk.visit(commit, parents);
  });
  if (end === 'cut') return null;
  const outdated = outdatedBy(
    base.commit,
    tips.length,
    firstParents,
    (commit) => walk.reaching(commit).tips,
  );
  const read = (oids: readonly string[]): Promise<(Commit | null)[]> =>
    Promise.all(oids.map((oid) => readCommitObject(reader, oid)));
  return Promise.all(
    walk.result().tips.map(async ({ ahead, behind, mergeBases }, at) => {
      const [since] = await read(outdated[at] === null ? [] : [outdated[at]!]);
      const bases = (await read(mergeBases)).filter((commit) => commit !== null);
      return {
        ahead,
        behind,
        mergeBases: bases,
        outdatedSince: since ? since.time * 1000 : null,
        shared: isShared(walk, history, commits[at]!),
      };
    }),
  );
}

/** Commits of one tip that are looked at; the rest of a very long branch is not. */
const MOST_COMMITS = 500;

/** Whether another tip has some of the commits that this one has ahead of the base. */
function isShared(
  walk: HistoryWalk,
  history: ReadonlyMap<string, readonly string[]>,
  tip: string,
): boolean {
  const seen = new Set([tip]);
  for (const commit of seen) {
    const { base, tips } = walk.reaching(commit);
    if (base) continue;
    if (tips.length > 1) return true;
    if (seen.size < MOST_COMMITS) for (const parent of history.get(commit) ?? []) seen.add(parent);
  }
  return false;
}

/** What each tip did in the paths that count by rule R2; its lines as the limits count them. */
async function ownWork(
  { policy, reader, workspace: { repo } }: PolicySession,
  base: BaseTip,
  tips: readonly Commit[],
  forks: readonly Fork[],
): Promise<OwnWork[]> {
  const branches = tips.map(({ tree }, at) => pair(forks[at]!.mergeBases[0]?.tree ?? tree, tree));
  const elsewhere = tips.map(({ tree }, at) => [
    pair(base.tree, tree),
    ...forks[at]!.mergeBases.slice(1).map((from) => pair(from.tree, tree)),
  ]);
  const [lines, changed] = await Promise.all([
    changedLines(repo, branches),
    changesBetween(repo, [...branches, ...elsewhere.flat()]),
  ]);
  const changes = changed.splice(0, branches.length);
  const marks = await readMarks(
    reader,
    new TreeReader(reader, base.tree),
    policy.ownership.limits.lines === null ? [] : changes.flat().map(({ path }) => path),
  );
  return elsewhere.map((pairs, at) => {
    const counted = changed
      .splice(0, pairs.length)
      .map((each) => new Set(each.map(({ path }) => path)));
    const counts = (path: RepoPath): boolean => counted.every((paths) => paths.has(path));
    const own = changes[at]!.filter(({ path }) => counts(path));
    const sum = countedChanges(policy.ownership, own, marks).reduce(
      (all, { path }) => all + (lines[at]!.get(path) ?? 0),
      0,
    );
    return { lines: sum, changes: own };
  });
}

const pair = (before: Oid, after: Oid): TreePair => ({ before, after });
