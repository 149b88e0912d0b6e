import type { Candidate } from '../../../core/overlap/candidates.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { MergeRequest } from '../../../git/merge/merge-process.ts';
import { missingHere, type Unanswered } from '../../../git/process/unanswered.ts';
import type { Branch } from '../fleet-branch.ts';
import { type FleetContext, reportUnanswered } from '../open/context.ts';
import { mergeWithBase } from '../solo/merge-with-base.ts';
import { PAIR_PHASE, type PairMerge, refsOf } from './pair-merge.ts';

/** Both branches as commits on the base, merged as git would. */
export async function meetWhole(
  context: FleetContext,
  branches: readonly Branch[],
  candidates: readonly Candidate[],
  kin: ReadonlySet<string>,
): Promise<PairMerge[]> {
  const trees = await landedTrees(context, branches, candidates);
  const lost = ({ a, b }: Candidate): Unanswered | null =>
    [trees.get(a)!, trees.get(b)!].find((tree) => typeof tree !== 'string') ?? null;
  const known = candidates.filter((candidate) => lost(candidate) === null);
  const requests = requestsFor(context, branches, known, trees as ReadonlyMap<number, Oid>, kin);
  const outcomes = await context.lab.merge(requests, PAIR_PHASE);
  const found = new Map(known.map((candidate, at) => [candidate, at]));
  return candidates.map((candidate): PairMerge => {
    const at = found.get(candidate);
    const outcome = at === undefined ? lost(candidate)! : outcomes[at]!;
    if (!('failed' in outcome))
      return { candidate, conflicts: outcome.conflicts, source: requests[at!]! };
    reportUnanswered(context, refsOf(branches, candidate), outcome);
    return { candidate, conflicts: null, source: 'files' };
  });
}

/** The trees of the branches that meet. Those git has not made in this run, it makes now. */
async function landedTrees(
  context: FleetContext,
  branches: readonly Branch[],
  open: readonly Candidate[],
): Promise<Map<number, Oid | Unanswered>> {
  const wanted = [...new Set(open.flatMap(({ a, b }) => [a, b]))];
  const here = (at: number): Oid | null =>
    branches[at]!.recalled ? null : branches[at]!.solo!.tree;
  const missing = wanted.filter((at) => here(at) === null);
  const landed = await mergeWithBase(
    context,
    missing.map((at) => branches[at]!.tip!),
  );
  return new Map(
    wanted.map((at): [number, Oid | Unanswered] => {
      const tree = here(at);
      if (tree !== null) return [at, tree];
      const { outcome } = landed.shift()!;
      if ('failed' in outcome) return [at, outcome];
      if (outcome.clean) return [at, outcome.tree];
      return [at, missingHere(`${branches[at]!.member.ref} does not land as it was thought to`)];
    }),
  );
}

/** One commit on the base for each branch; where the two know each other, with that in its history. */
function requestsFor(
  { lab, base }: FleetContext,
  branches: readonly Branch[],
  open: readonly Candidate[],
  trees: ReadonlyMap<number, Oid>,
  related: ReadonlySet<string>,
): MergeRequest[] {
  const times = branches.map(({ solo }) => solo?.commit.time ?? 0);
  const time = Math.max(base.time, ...times) + 1;
  const made = new Map<string, Oid>();
  const commit = (at: number, kin: boolean): Oid => {
    const key = `${at} ${kin}`;
    const parents = kin ? [base.commit, branches[at]!.tip!.commit.commit] : [base.commit];
    const oid = made.get(key) ?? lab.commit({ tree: trees.get(at)!, parents, time });
    made.set(key, oid);
    return oid;
  };
  return open.map(({ a, b }) => {
    const kin = related.has(String([a, b]));
    return { ours: commit(a, kin), theirs: commit(b, kin) };
  });
}
