import { type Entry, sameEntry } from '../../../domain/change.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';
import { partnerOf, type Solo } from '../fleet-branch.ts';
import { mergeFiles } from '../lab/merge-files.ts';
import type { FileMerge, FileOutcome } from '../lab/merged-file.ts';
import { type FleetContext, reportUnanswered } from '../open/context.ts';
import type { Contacts } from './contacts.ts';
import { type LandedNext, LandedState, type LandingStep } from './landed-state.ts';
import { reworkOf } from './rework.ts';

/**
 * Whether landing a branch after others comes down to merging the files that they changed, too, each by
 * itself. It must have been so when it landed on the base alone, and with each of the others.
 */
export function landsByFiles(
  { options, drivers }: FleetContext,
  contacts: Contacts,
  { from, branch }: LandingStep,
): boolean {
  const { ref } = branch.member;
  if (options.land === 'rebase' || drivers || !partnerOf(branch)?.byFiles) return false;
  const entangled = contacts.entangledWith(ref);
  return entangled.size === 0 || !from.hasSome(entangled);
}

/** Lands branches for which `landsByFiles` holds. */
export async function landNextByFiles(
  context: FleetContext,
  contacts: Contacts,
  steps: readonly LandingStep[],
): Promise<LandedNext[]> {
  const plans = steps.map((step) => planOf(contacts, step));
  const outcomes = await mergeFiles(
    context,
    plans.flatMap(({ merges }) => merges.map(({ sides }) => sides)),
    { phase: 'trying the order', effects: false },
  );
  return steps.map((step, at) => {
    const plan = plans[at]!;
    return landed(context, step, plan, outcomes.splice(0, plan.merges.length));
  });
}

/** What becomes of the files of one branch. */
interface Plan {
  /** What is left in files that none of those before it changed. */
  readonly settled: ReadonlyMap<RepoPath, Entry | null>;
  /** Files that git has to merge. */
  readonly merges: readonly { readonly path: RepoPath; readonly sides: FileMerge }[];
}

function planOf(contacts: Contacts, { from, branch }: LandingStep): Plan {
  const solo = partnerOf(branch)!;
  const alone = entriesAlone(solo);
  const settled = new Map<RepoPath, Entry | null>();
  const merges: { path: RepoPath; sides: FileMerge }[] = [];
  for (const { path, before, after } of contacts.reach(branch.member.ref).changes) {
    const now = from.entry(path);
    if (now === undefined) settled.set(path, alone.get(path) ?? after);
    else if (sameEntry(now, before)) settled.set(path, after);
    else if (!sameEntry(now, after))
      // Had one of the sides no such file, the two would be entangled.
      merges.push({ path, sides: { base: before!, ours: now!, theirs: after! } });
  }
  return { settled, merges };
}

/** What is left of the files a branch met the base in, when it lands on it alone. */
export function entriesAlone({
  footprint,
  met,
}: Pick<Solo, 'footprint' | 'met'>): Map<RepoPath, Entry | null> {
  const results = new Map(footprint.changes.map(({ path, after }) => [path, after]));
  return new Map(met.map(({ path, now }) => [path, results.get(path) ?? now]));
}

function landed(
  context: FleetContext,
  step: LandingStep,
  { settled, merges }: Plan,
  outcomes: readonly FileOutcome[],
): LandedNext {
  const conflicts: MergeConflict[] = [];
  const changes = new Map(settled);
  for (const [at, outcome] of outcomes.entries()) {
    const { path } = merges[at]!;
    if ('failed' in outcome) {
      reportUnanswered(context, [step.branch.member.ref], outcome);
      return { kind: 'unknown' };
    }
    conflicts.push(...outcome.kinds.map((kind) => ({ kind, paths: [path] })));
    changes.set(path, outcome.after);
  }
  if (conflicts.length > 0)
    return { kind: 'stopped', files: reworkOf(step.branch, conflicts), conflicts };
  const state = Promise.resolve(new LandedState(step, changes));
  return { kind: 'landed', state: () => state };
}
