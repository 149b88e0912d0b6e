import { reachable } from '../../../core/history/reachable.ts';
import type { Oid } from '../../../domain/refs.ts';
import { type CommitLink, commitsAhead } from '../../../git/history/commits-ahead.ts';
import { type Commit, readCommitObject } from '../../../git/objects/commit.ts';
import { missingHere, type Unanswered } from '../../../git/process/unanswered.ts';
import { type FleetContext, unlessMissing } from '../open/context.ts';
import type { Pick, Picks } from './pick.ts';
import { takenOver } from './taken-over.ts';

/**
 * What each tip has that the base has not, oldest first. Left out is what `git rebase` leaves out: merges,
 * and what the base has taken over under another name.
 */
export async function readPicks(context: FleetContext, tips: readonly Commit[]): Promise<Picks[]> {
  const { picks } = context;
  const fresh = tips.filter(({ commit }) => !picks.has(commit));
  for (const [at, own] of (await readFresh(context, fresh)).entries())
    picks.set(fresh[at]!.commit, own);
  return tips.map(({ commit }) => picks.get(commit)!);
}

async function readFresh(context: FleetContext, tips: readonly Commit[]): Promise<Picks[]> {
  if (tips.length === 0) return [];
  const links = await commitsAhead(
    context.lab.repo,
    context.base.commit,
    tips.map(({ commit }) => commit),
  );
  const picks = await readEach(context, links);
  const parentsOf = new Map(links.map(([commit, ...parents]) => [commit, parents]));
  const series = tips.map((tip): Picks => {
    const reached = reachable(tip.commit, parentsOf);
    const own = links.flatMap(([commit]) => (reached.has(commit) ? (picks.get(commit) ?? []) : []));
    return own.find(isLost) ?? (own as Pick[]);
  });
  return takenOver(context, tips, series, parentsOf);
}

const isLost = (pick: Pick | Unanswered): pick is Unanswered => 'failed' in pick;

/** Every commit that is not a merge. */
async function readEach(
  { lab, session }: FleetContext,
  links: readonly CommitLink[],
): Promise<Map<Oid, Pick | Unanswered>> {
  const read = (oid: Oid): Promise<Commit | Unanswered> =>
    unlessMissing(
      async () =>
        (await readCommitObject(session.reader, oid)) ??
        missingHere(`commit ${oid} is missing here`),
    );
  const single = links.filter(([, , ...more]) => more.length === 0);
  const sides = await Promise.all(
    single.map(async ([commit, parent]) => {
      // A rebase replays a root, too, on nothing; such a branch has no history in common with the base.
      if (parent === undefined) return null;
      const [before, after] = await Promise.all([read(parent), read(commit)]);
      if ('failed' in before) return before;
      if ('failed' in after) return after;
      return { before: before.tree, after: after.tree };
    }),
  );
  const diffs = await lab.diff(
    sides.flatMap((side) => (side === null || 'failed' in side ? [] : side)),
  );
  const picks = new Map<Oid, Pick | Unanswered>();
  for (const [at, side] of sides.entries()) {
    const [commit] = single[at]!;
    if (side === null) continue;
    if ('failed' in side) {
      picks.set(commit, side);
      continue;
    }
    const diff = diffs.shift()!;
    picks.set(commit, 'failed' in diff ? diff : { commit, ...side, diff });
  }
  return picks;
}
