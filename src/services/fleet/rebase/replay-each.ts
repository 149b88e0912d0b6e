import type { Oid } from '../../../domain/refs.ts';
import type { TreePair } from '../../../git/diff/diff-pairs.ts';
import type { MergeOutcome, MergeRequest } from '../../../git/merge/merge-process.ts';
import type { FleetContext } from '../open/context.ts';
import type { Pick } from './pick.ts';

/** Commits of one branch, and the tree they are replayed on. */
export interface Series {
  readonly onto: Oid;
  readonly picks: readonly Pick[];
}

/** What became of a series. */
export interface Replayed {
  readonly outcome: MergeOutcome;
  /** Each commit as it is now, as far as the replay came. */
  readonly made: readonly (TreePair & { readonly pick: Pick })[];
  /** The merge that stopped it; null where none did. */
  readonly stopped: MergeRequest | null;
}

/** Replays series of commits, each on a tree of its own: one commit of each at a time, until it stops. */
export async function replayEach(
  context: FleetContext,
  series: readonly Series[],
): Promise<Replayed[]> {
  const drafts = series.map(({ onto }) => ({
    outcome: cleanly(onto),
    made: [] as (TreePair & { readonly pick: Pick })[],
    stopped: null as MergeRequest | null,
  }));
  for (let step = 0; ; step += 1) {
    const going = drafts.flatMap((draft, at) => {
      const pick = series[at]!.picks[step];
      const { outcome } = draft;
      if (pick === undefined || 'failed' in outcome || !outcome.clean) return [];
      return [{ draft, pick, onto: outcome.tree }];
    });
    if (going.length === 0) return drafts;
    const picked = await pickEach(context, going);
    for (const [at, { draft, pick, onto }] of going.entries()) {
      const { outcome, request } = picked[at]!;
      draft.outcome = outcome;
      if ('failed' in outcome || !outcome.clean) draft.stopped = request;
      else draft.made.push({ pick, before: onto, after: outcome.tree });
    }
  }
}

/** Applies one commit to each tree, as `git cherry-pick` does. */
async function pickEach(
  { lab, base }: FleetContext,
  picks: readonly { readonly pick: Pick; readonly onto: Oid }[],
): Promise<{ readonly outcome: MergeOutcome; readonly request: MergeRequest | null }[]> {
  const requests = picks.map(({ pick, onto }): MergeRequest | null => {
    if (pick.before === onto) return null;
    const time = base.time;
    const before = lab.commit({ tree: pick.before, parents: [], time });
    const ours = lab.commit({ tree: onto, parents: [before], time });
    const theirs = lab.commit({ tree: pick.after, parents: [before], time });
    return { ours, theirs };
  });
  const made = await lab.merge(
    requests.filter((request) => request !== null),
    'replaying the commits of each branch',
  );
  return picks.map(({ pick }, at) => {
    const request = requests[at]!;
    return { request, outcome: request === null ? cleanly(pick.after) : made.shift()! };
  });
}

const cleanly = (tree: Oid): MergeOutcome => ({ clean: true, tree, conflicts: [], unmerged: [] });
