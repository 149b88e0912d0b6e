import { type Candidate, findCandidates } from '../../core/overlap/candidates.ts';
import { isIsolated, isNear, needsMerge } from '../../core/overlap/is-near.ts';
import { footprintContent, pairContent } from '../../core/overlap/pair-content.ts';
import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { MergeConflict } from '../../domain/reports/overlap.ts';
import type { MergeRequest } from '../../git/merge/merge-process.ts';
import { type Branch, partnerOf } from './fleet-branch.ts';
import { mergeFiles } from './lab/merge-files.ts';
import { type FleetContext, reportMissing } from './open/context.ts';
import { kinPairs, type Kinship } from './read-branches.ts';
import { mergeWithBase } from './solo/merge-with-base.ts';

/** What git makes of two branches that both landed on the base. */
export interface PairMerge {
  readonly candidate: Candidate;
  /** Empty where they merge; null where that could not be found out, and `degraded` says why. */
  readonly conflicts: readonly MergeConflict[] | null;
  /**
   * Where the answer came from: their lines keep apart, another run, a merge of the files they share,
   * or a merge of all they are.
   */
  readonly source: 'files' | 'lines' | 'memory' | MergeRequest;
}

/**
 * Merges every pair that could collide, on the base: each branch stands for what it does to the base
 * and nothing else, so that what the base did since is never blamed on a pair.
 */
export async function mergePairs(
  context: FleetContext,
  branches: readonly Branch[],
  kinship: Kinship,
): Promise<PairMerge[]> {
  const kin = kinPairs(context, kinship);
  const footprints = branches.map((branch) => partnerOf(branch)?.footprint ?? null);
  const meetings = findCandidates(footprints, kin).map((candidate) =>
    withoutMerge(context, branches, candidate),
  );
  const open = meetings.flatMap((meeting) => ('source' in meeting ? [] : [meeting.candidate]));
  const byFile = (candidate: Candidate): boolean => !context.drivers && isIsolated(candidate);
  const whole = open.filter((candidate) => !byFile(candidate));
  const met = new Map(
    [
      ...(await meetByFile(context, branches, open.filter(byFile))),
      ...(await meetWhole(context, branches, whole, new Set(kin.map(String)))),
    ].map((meeting) => [meeting.candidate, meeting]),
  );
  return meetings.map((meeting) => ('source' in meeting ? meeting : met.get(meeting.candidate)!));
}

/** Where the files two branches share stand by themselves, nothing but those files is merged. */
async function meetByFile(
  context: FleetContext,
  branches: readonly Branch[],
  candidates: readonly Candidate[],
): Promise<PairMerge[]> {
  const disputed = candidates.map(({ shared }) => shared.filter(isNear));
  const outcomes = await mergeFiles(
    context.lab,
    disputed.flat().map(({ a, b }) => ({ base: a.before!, ours: a.after!, theirs: b.after! })),
    { phase: PHASE, effects: false },
  );
  return candidates.map((candidate, at): PairMerge => {
    const conflicts: MergeConflict[] = [];
    let failed: string | null = null;
    for (const { path } of disputed[at]!) {
      const outcome = outcomes.shift()!;
      if ('failed' in outcome) failed = outcome.failed;
      else conflicts.push(...outcome.kinds.map((kind) => ({ kind, paths: [path] })));
    }
    if (failed === null) return { candidate, conflicts, source: 'files' };
    reportMissing(context, refsOf(branches, candidate), failed);
    return { candidate, conflicts: null, source: 'files' };
  });
}

/** Both branches as commits on the base, merged as git would. */
async function meetWhole(
  context: FleetContext,
  branches: readonly Branch[],
  candidates: readonly Candidate[],
  kin: ReadonlySet<string>,
): Promise<PairMerge[]> {
  const trees = await landedTrees(context, branches, candidates);
  const requests = requestsFor(context, branches, candidates, trees, kin);
  const outcomes = await context.lab.merge(requests, PHASE);
  return candidates.map((candidate, at) => {
    const outcome = outcomes[at]!;
    const source = requests[at]!;
    if (!('failed' in outcome)) return { candidate, conflicts: outcome.conflicts, source };
    reportMissing(context, refsOf(branches, candidate), outcome.failed);
    return { candidate, conflicts: null, source };
  });
}

const PHASE = 'merging the pairs that come close';

const refsOf = (branches: readonly Branch[], { a, b }: Candidate): string[] =>
  [a, b].map((at) => branches[at]!.member.ref);

function withoutMerge(
  context: FleetContext,
  branches: readonly Branch[],
  candidate: Candidate,
): PairMerge | { readonly candidate: Candidate } {
  if (!needsMerge(candidate, context.drivers)) return { candidate, conflicts: [], source: 'lines' };
  const name = pairMergeName(context, branches, candidate);
  const conflicts = context.memory.recall<MergeConflict[]>(name);
  return conflicts ? { candidate, conflicts, source: 'memory' } : { candidate };
}

/** What memory knows a merge by: all it depends on. Commits count where the two may know each other. */
export function pairMergeName(
  { settings, base, options }: FleetContext,
  branches: readonly Branch[],
  candidate: Candidate,
): string {
  const content = pairContent(candidate);
  if (content !== null) return ['pair', settings, content].join(' ');
  const sides = [candidate.a, candidate.b].map((at) => branches[at]!.solo!);
  const parts = sides.map(({ footprint }) => footprintContent(footprint));
  const commits =
    options.land === 'squash' ? [] : [base.commit, ...sides.map(({ commit }) => commit.commit)];
  return ['pair', settings, base.tree, ...parts, ...commits].join(' ');
}

/** The trees of the branches that meet. Those git has not made in this run, it makes now. */
async function landedTrees(
  context: FleetContext,
  branches: readonly Branch[],
  open: readonly Candidate[],
): Promise<Map<number, Oid>> {
  const wanted = [...new Set(open.flatMap(({ a, b }) => [a, b]))];
  const here = (at: number): Oid | null =>
    branches[at]!.recalled ? null : branches[at]!.solo!.tree;
  const missing = wanted.filter((at) => here(at) === null);
  const landed = await mergeWithBase(
    context,
    missing.map((at) => branches[at]!.tip!),
  );
  return new Map(
    wanted.map((at) => {
      const tree = here(at);
      if (tree !== null) return [at, tree];
      const outcome = landed.shift()!;
      if (!('failed' in outcome) && outcome.clean) return [at, outcome.tree];
      throw new Failure('git', `${branches[at]!.member.ref} does not land as it was thought to`);
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
