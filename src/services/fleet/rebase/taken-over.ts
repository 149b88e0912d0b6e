import { reachable } from '../../../core/history/reachable.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { TreePair } from '../../../git/diff/diff-pairs.ts';
import { type CommitChanges, newestChanges } from '../../../git/history/newest-changes.ts';
import { type Commit, readCommitObject } from '../../../git/objects/commit.ts';
import { type FleetContext, unlessMissing } from '../open/context.ts';
import type { Pick, Picks } from './pick.ts';

/** Commits of the base that are looked at, newest first: as many as a few years of a busy project. */
const MOST_COMMITS = 5000;

/** A commit of the base, as a change. */
interface BaseCommit extends TreePair {
  readonly commit: Oid;
}

/**
 * The series without the commits that the base has under another name since the branch left it, as
 * `git rebase` leaves them out.
 *
 * @param ahead the parents of each commit that the base has not.
 */
export async function takenOver(
  context: FleetContext,
  tips: readonly Commit[],
  series: readonly Picks[],
  ahead: ReadonlyMap<Oid, readonly Oid[]>,
): Promise<Picks[]> {
  const picks = series.flatMap((of) => ('failed' in of ? [] : of));
  if (picks.length === 0) return [...series];
  const changes = await unlessMissing(() =>
    newestChanges(context.lab.repo, context.base.commit, MOST_COMMITS),
  );
  if ('failed' in changes) return [...series];
  const wanted = new Set(picks.map(signatureOf));
  const byPaths = await commitsByPaths(context, changes, wanted);
  if (byPaths.size === 0) return [...series];
  const alike = picks.filter((pick) => byPaths.has(signatureOf(pick)));
  await context.patches.read([...alike, ...[...byPaths.values()].flat()]);
  const parentsOf = new Map(changes.map(({ commit, parents }) => [commit, parents]));
  return series.map((own, at) => {
    if ('failed' in own || !own.some((pick) => byPaths.has(signatureOf(pick)))) return own;
    const has = reachedFrom(tips[at]!, ahead, parentsOf);
    return own.filter((pick) => {
      const same = byPaths.get(signatureOf(pick)) ?? [];
      return !same.some(
        (commit) => !has.has(commit.commit) && context.patches.areSame(pick, commit),
      );
    });
  });
}

/** The commits of the base that change the same files as some pick. */
async function commitsByPaths(
  { session }: FleetContext,
  changes: readonly CommitChanges[],
  wanted: ReadonlySet<string>,
): Promise<Map<string, BaseCommit[]>> {
  const alike = changes
    .map(({ commit, parents, paths }) => ({ commit, parents, key: keyOf(paths) }))
    .filter(({ parents, key }) => parents.length === 1 && wanted.has(key));
  const commits = await Promise.all(
    alike.map(async ({ commit, parents, key }) => {
      const sides = await unlessMissing(() =>
        Promise.all([commit, parents[0]!].map((oid) => readCommitObject(session.reader, oid))),
      );
      // What is not here is not known to be taken over, and is replayed.
      if ('failed' in sides || !sides[0] || !sides[1]) return null;
      return { key, commit, before: sides[1].tree, after: sides[0].tree };
    }),
  );
  const found = new Map<string, BaseCommit[]>();
  for (const { key, ...commit } of commits.filter((each) => each !== null))
    found.set(key, [...(found.get(key) ?? []), commit]);
  return found;
}

/** The paths of a change, by which most can be told apart. */
export const signatureOf = ({ diff }: Pick): string => keyOf(diff.changes.map(({ path }) => path));

const keyOf = (paths: readonly RepoPath[]): string => [...paths].sort().join('\0');

/** The commits of the base that a tip has, as far as they were looked at. */
function reachedFrom(
  tip: Commit,
  ahead: ReadonlyMap<Oid, readonly Oid[]>,
  parentsOf: ReadonlyMap<Oid, readonly Oid[]>,
): Set<Oid> {
  const own = [...reachable(tip.commit, ahead)];
  const left = new Set(
    own.flatMap((commit) => ahead.get(commit)!).filter((oid) => !ahead.has(oid)),
  );
  if (!ahead.has(tip.commit)) left.add(tip.commit);
  return new Set([...left].flatMap((oid) => [...reachable(oid, parentsOf)]));
}
