import type { Oid } from '../../domain/refs.ts';
import { commitsAhead } from '../../git/history/commits-ahead.ts';
import type { MergeOutcome, MergeRequest } from '../../git/merge/merge-process.ts';
import { type Commit, readCommitObject } from '../../git/objects/commit.ts';
import type { Tip } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';

/** A commit that a rebase would replay: the tree it started from, and what it made of it. */
export interface Pick {
  readonly commit: Oid;
  readonly before: Oid;
  readonly after: Oid;
}

/** Rebases every tip onto the base in memory. */
export async function rebaseEach(
  context: FleetContext,
  tips: readonly Tip[],
): Promise<MergeOutcome[]> {
  if (tips.length === 0) return [];
  const picks = await readPicks(
    context,
    tips.map(({ commit }) => commit),
  );
  return replayEach(
    context,
    picks.map((of) => ({ onto: context.base.tree, picks: of })),
  );
}

/** Replays series of commits, each on a tree of its own: one commit of each at a time, until it stops. */
export async function replayEach(
  context: FleetContext,
  series: readonly { readonly onto: Oid; readonly picks: readonly Pick[] }[],
): Promise<MergeOutcome[]> {
  const outcomes = series.map(({ onto }) => cleanly(onto));
  for (let step = 0; ; step += 1) {
    const going = outcomes.flatMap((outcome, at) => {
      const pick = series[at]!.picks[step];
      if (pick === undefined || 'failed' in outcome || !outcome.clean) return [];
      return [{ at, pick, onto: outcome.tree }];
    });
    if (going.length === 0) return outcomes;
    const made = await pickEach(context, going);
    for (const [index, { at }] of going.entries()) outcomes[at] = made[index]!;
  }
}

/** Applies one commit to each tree, as `git cherry-pick` does. */
async function pickEach(
  { lab, base }: FleetContext,
  picks: readonly { readonly pick: Pick; readonly onto: Oid }[],
): Promise<MergeOutcome[]> {
  const known = picks.map(({ pick, onto }) => (pick.before === onto ? cleanly(pick.after) : null));
  const requests = picks.flatMap(({ pick, onto }, at): MergeRequest[] => {
    if (known[at] !== null) return [];
    const time = base.time;
    const before = lab.commit({ tree: pick.before, parents: [], time });
    const ours = lab.commit({ tree: onto, parents: [before], time });
    const theirs = lab.commit({ tree: pick.after, parents: [before], time });
    return [{ ours, theirs }];
  });
  const made = await lab.merge(requests, 'replaying the commits of each branch');
  return known.map((outcome) => outcome ?? made.shift()!);
}

/** What each tip has that the base has not, oldest first; merges are left out, as `git rebase` does. */
export async function readPicks(
  { lab, base, session }: FleetContext,
  tips: readonly Commit[],
): Promise<Pick[][]> {
  const links = await commitsAhead(
    lab.repo,
    base.commit,
    tips.map(({ commit }) => commit),
  );
  const known = new Map(tips.map((tip) => [tip.commit, tip]));
  const parentsOf = new Map(links.map(([commit, ...parents]) => [commit, parents]));
  const read = async (oid: Oid): Promise<Commit> =>
    known.get(oid) ?? (await readCommitObject(session.reader, oid))!;
  const picks = new Map<Oid, Pick>();
  await Promise.all(
    links.map(async ([commit, parent, ...more]) => {
      if (parent === undefined || more.length > 0) return;
      const [before, after] = await Promise.all([read(parent), read(commit)]);
      picks.set(commit, { commit, before: before.tree, after: after.tree });
    }),
  );
  return tips.map((tip) => {
    const reached = reachable(tip.commit, parentsOf);
    return links.flatMap(([commit]) => (reached.has(commit) ? (picks.get(commit) ?? []) : []));
  });
}

function reachable(tip: Oid, parentsOf: ReadonlyMap<Oid, readonly Oid[]>): Set<Oid> {
  const reached = new Set<Oid>();
  const work = [tip];
  for (let commit = work.pop(); commit; commit = work.pop()) {
    if (reached.has(commit) || !parentsOf.has(commit)) continue;
    reached.add(commit);
    work.push(...parentsOf.get(commit)!);
  }
  return reached;
}

const cleanly = (tree: Oid): MergeOutcome => ({ clean: true, tree, conflicts: [], unmerged: [] });
