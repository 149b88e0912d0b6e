import type { FileChange, Footprint } from '../../../domain/footprint.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { LineRange, MergeConflict } from '../../../domain/reports/overlap.ts';
import type { Encounter, Landed, Landing, Tip } from '../fleet-branch.ts';
import { mergeFiles } from '../lab/merge-files.ts';
import type { FileOutcome } from '../lab/merged-file.ts';
import type { FleetContext } from '../open/context.ts';
import type { BaseTrees } from './base-trees.ts';
import { madeIn } from './made.ts';
import { takenOverIn } from './taken-over-in.ts';

/**
 * Where a branch and the base come together. A rebase never lands by files: commits in the middle may
 * have touched what the branch as a whole does not.
 */
export async function encounter(
  { options, drivers }: FleetContext,
  trees: BaseTrees,
  tip: Tip,
  own: Footprint,
): Promise<Encounter> {
  const [mergeBase = '', ...more] = tip.history.mergeBases;
  const { byFiles, ...encounter } = await trees.meet(mergeBase, own);
  const whole =
    options.land === 'rebase' || more.length > 0 || (drivers && encounter.met.length > 0);
  return { ...encounter, byFiles: byFiles && !whole };
}

/** Lands branches by merging only the files that the base changed, too; most have none. */
export async function landByFiles(
  context: FleetContext,
  landings: readonly Landing[],
): Promise<Landed[]> {
  const files = landings.flatMap(({ met }) => met);
  const outcomes = await mergeFiles(
    context,
    files.map(({ before, now, after }) => ({ base: before!, ours: now!, theirs: after! })),
    { phase: `merging each branch with ${context.base.ref}`, effects: true },
  );
  return landings.map((landing) => landed(landing, outcomes.splice(0, landing.met.length)));
}

function landed(
  { tip, own, met, byFiles, directories }: Landing,
  outcomes: readonly FileOutcome[],
): Landed {
  const conflicts: MergeConflict[] = [];
  const disputed: [RepoPath, readonly LineRange[]][] = [];
  const merged = new Map<RepoPath, FileChange | null>();
  for (const [at, outcome] of outcomes.entries()) {
    if ('failed' in outcome) return outcome;
    const { path, now } = met[at]!;
    conflicts.push(...outcome.kinds.map((kind) => ({ kind, paths: [path] })));
    if (outcome.disputed.length > 0) disputed.push([path, outcome.disputed]);
    merged.set(path, outcome.effect && { ...outcome.effect, path, before: now! });
  }
  const clean = conflicts.length === 0;
  const changes = own.changes.flatMap((change) => {
    const effect = clean ? merged.get(change.path) : undefined;
    return effect === undefined ? change : (effect ?? []);
  });
  const { removedDirectories } = own;
  return {
    commit: tip.commit,
    standing: !clean ? 'conflict' : changes.length === 0 ? 'merged' : 'clean',
    tree: null,
    conflicts,
    disputed: clean ? [] : disputed,
    footprint: { changes, removedDirectories },
    met,
    takenOver: takenOverIn(met, own.changes, changes),
    made: madeIn(changes, own.changes, met),
    passed: [],
    byFiles,
    directories,
  };
}
