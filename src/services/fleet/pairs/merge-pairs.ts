import { type Candidate, findCandidates } from '../../../core/overlap/candidates.ts';
import { isIsolated, isNear, needsMerge } from '../../../core/overlap/is-near.ts';
import { footprintContent, pairContent } from '../../../core/overlap/pair-content.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';
import { type Branch, partnerOf } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import { kinPairs, type Kinship } from '../read-branches.ts';
import { findOverlarge } from './find-overlarge.ts';
import { meetByFile } from './meet-by-file.ts';
import { meetWhole } from './meet-whole.ts';
import type { PairMerge } from './pair-merge.ts';

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
  const candidates = findCandidates(footprints, kin);
  await findOverlarge(context, branches, candidates);
  const meetings = candidates.map((candidate) => withoutMerge(context, branches, candidate));
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

function withoutMerge(
  context: FleetContext,
  branches: readonly Branch[],
  candidate: Candidate,
): PairMerge | { readonly candidate: Candidate } {
  if (!needsMerge(candidate, context.drivers)) return { candidate, conflicts: [], source: 'lines' };
  if (candidate.shared.some((file) => context.overlarge.has(file.path) && isNear(file)))
    return { candidate, conflicts: null, source: 'files' };
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
