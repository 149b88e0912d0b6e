import { NO_FOOTPRINT, type PassedFile } from '../../../domain/footprint.ts';
import type { TreePair } from '../../../git/diff/diff-pairs.ts';
import type { TreeDiff } from '../../../git/diff/patch-parser.ts';
import type { MergeRecord } from '../../../git/merge/merge-record.ts';
import type { Landed, Landing, Solo } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import { madeIn } from './made.ts';
import { takenOverIn } from './taken-over-in.ts';
import { mergeWithBase } from './merge-with-base.ts';

/** Lands branches as git does, one merge for each. */
export async function landWhole(
  context: FleetContext,
  landings: readonly Landing[],
): Promise<Landed[]> {
  const { base, lab } = context;
  const merges = await mergeWithBase(
    context,
    landings.map(({ tip }) => tip),
  );
  const effects = merges.flatMap(({ outcome }): TreePair[] =>
    'failed' in outcome || outcome.tree === base.tree
      ? []
      : [{ before: base.tree, after: outcome.tree }],
  );
  const diffs = await lab.diff(effects);
  return landings.map((landing, at) => {
    const { outcome, request, passed } = merges[at]!;
    if ('failed' in outcome) return outcome;
    const effect = outcome.tree === base.tree ? null : diffs.shift()!;
    if (effect && 'failed' in effect) return effect;
    if (request !== null && !outcome.clean)
      context.stoppedBy.set(landing.tip.commit.commit, request);
    return soloOf(landing, outcome, effect, passed);
  });
}

/** A result with markers in it is not a measure of a branch; what it did since it began is. */
function soloOf(
  { tip, own, met, byFiles, directories }: Landing,
  { clean, tree, conflicts }: MergeRecord,
  effect: TreeDiff | null,
  passed: readonly PassedFile[],
): Solo {
  const { changes, removedDirectories } = clean ? (effect ?? NO_FOOTPRINT) : own;
  return {
    commit: tip.commit,
    standing: !clean ? 'conflict' : effect === null ? 'merged' : 'clean',
    tree,
    conflicts,
    disputed: clean ? [] : [...(effect?.disputed ?? [])],
    footprint: { changes, removedDirectories },
    met,
    takenOver: takenOverIn(met, own.changes, changes),
    made: madeIn(changes, own.changes, met),
    passed,
    byFiles,
    directories,
  };
}
