import { HistoryWalk } from '../../core/history/history-walk.ts';
import { outdatedBy } from '../../core/history/outdated-by.ts';
import type { TipReading } from '../../core/status/tip-extent.ts';
import { Failure } from '../../domain/failure.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { changedLines } from '../../git/diff/changed-lines.ts';
import { changedPaths } from '../../git/diff/changed-paths.ts';
import type { TreePair } from '../../git/diff/diff-pairs.ts';
import { walkHistory } from '../../git/history/walk-history.ts';
import { type Commit, readCommitObject } from '../../git/objects/commit.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import type { BaseTip } from '../session/policy.ts';
import type { Session } from '../session/session.ts';

/** Where one tip left the base, and when that became out of date. */
interface Fork {
  readonly ahead: number;
  readonly behind: number;
  readonly mergeBases: readonly Commit[];
  readonly outdatedSince: number | null;
}

/** How every tip stands to the base: one walk over history, and two comparisons of trees, for all. */
export async function readTips(
  session: Session,
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
  { reader, workspace }: Session,
  base: BaseTip,
  commits: readonly Commit[],
): Promise<TipReading[] | null> {
  try {
    const forks = await readForks(workspace.repo, reader, base, commits);
    const lines = forks && (await linesOf(workspace.repo, base, commits, forks));
    return (
      forks?.map(({ ahead, behind, outdatedSince, mergeBases }, at) =>
        mergeBases.length === 0
          ? 'unrelated'
          : { ahead, behind, outdatedSince, lines: lines?.[at] ?? 0 },
      ) ?? null
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return null;
  }
}

/** Null when history ends at a commit that is missing. */
async function readForks(
  repo: Session['workspace']['repo'],
  reader: ObjectReader,
  base: BaseTip,
  tips: readonly Commit[],
): Promise<Fork[] | null> {
  if (tips.length === 0) return [];
  const commits = tips.map(({ commit }) => commit);
  const walk = new HistoryWalk(base.commit, commits);
  const firstParents = new Map<string, string | undefined>();
  const end = await walkHistory(repo, [base.commit, ...commits], (commit, parents) => {
    firstParents.set(commit, parents[0]);
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
      };
    }),
  );
}

/** Lines in the paths that count by rule R2, for each tip. */
async function linesOf(
  repo: Session['workspace']['repo'],
  base: BaseTip,
  tips: readonly Commit[],
  forks: readonly Fork[],
): Promise<number[]> {
  const own = tips.map(({ tree }, at) => pair(forks[at]!.mergeBases[0]?.tree ?? tree, tree));
  const elsewhere = tips.map(({ tree }, at) => [
    pair(base.tree, tree),
    ...forks[at]!.mergeBases.slice(1).map((from) => pair(from.tree, tree)),
  ]);
  const [lines, paths] = await Promise.all([
    changedLines(repo, own),
    changedPaths(repo, elsewhere.flat()),
  ]);
  const sets = [...paths];
  return elsewhere.map((pairs, at) => sumWithin(lines[at]!, sets.splice(0, pairs.length)));
}

const pair = (before: Oid, after: Oid): TreePair => ({ before, after });

function sumWithin(
  lines: ReadonlyMap<RepoPath, number>,
  counted: readonly ReadonlySet<RepoPath>[],
): number {
  let sum = 0;
  for (const [path, count] of lines) if (counted.every((paths) => paths.has(path))) sum += count;
  return sum;
}
