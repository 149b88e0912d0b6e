import type { ForeseenLanding } from '../../../core/order/replay/probe.ts';
import { type Entry, sameEntry } from '../../../domain/change.ts';
import type { FileChange, Footprint } from '../../../domain/footprint.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Solo } from '../fleet-branch.ts';
import { mergeFiles } from '../lab/merge-files.ts';
import type { FileMerge } from '../lab/merged-file.ts';
import type { FleetContext } from '../open/context.ts';
import { entriesAlone } from './by-files.ts';

/** What is at a path once all before it is known; undefined where that does not come about. */
interface Cell {
  readonly depth: number;
  entry: Entry | null | undefined;
}

/** One file of one landing that others have changed before. */
interface Job {
  readonly now: Cell;
  readonly file: FileChange;
  readonly result: Cell;
}

/** A landing that is foreseen, with everything its branch changed. */
export interface LandingAhead extends ForeseenLanding {
  readonly solo: Solo;
  readonly reach: Footprint;
}

/**
 * Merges the files that landings in some orders will need, so that they are known when their turn comes:
 * of all orders those at once that wait for no other. Where it comes otherwise than foreseen, or
 * a branch has to be merged as a whole, some are merged for nothing; nothing is decided here.
 */
export async function mergeAhead(
  context: FleetContext,
  orders: readonly (readonly LandingAhead[])[],
): Promise<void> {
  const levels: Job[][] = [];
  for (const order of orders) plan(order, levels);
  for (const jobs of levels) {
    const open: { job: Job; merge: FileMerge }[] = [];
    for (const job of jobs) {
      const merge = mergeOf(job);
      if (merge) open.push({ job, merge });
    }
    const outcomes = await mergeFiles(
      context,
      open.map(({ merge }) => merge),
      { phase: 'trying the order', effects: false },
    );
    for (const [at, outcome] of outcomes.entries())
      if (!('failed' in outcome) && outcome.kinds.length === 0)
        open[at]!.job.result.entry = outcome.after;
  }
}

function plan(order: readonly LandingAhead[], levels: Job[][]): void {
  const cells = new Map<RepoPath, Cell>();
  for (const landing of order) {
    const alone = entriesAlone(landing.solo);
    for (const file of landing.reach.changes) {
      const { path, after } = file;
      const now = cells.get(path);
      let result: Cell = { depth: 0, entry: alone.get(path) ?? after };
      if (now) {
        result = { depth: now.depth + 1, entry: undefined };
        (levels[now.depth] ??= []).push({ now, file, result });
      }
      if (landing.lands) cells.set(path, result);
    }
  }
}

/** The merge that decides a job; null where none is needed, or none is possible. */
function mergeOf({ now, file: { before, after }, result }: Job): FileMerge | null {
  const { entry } = now;
  if (entry === undefined) return null;
  if (sameEntry(entry, before)) result.entry = after;
  else if (sameEntry(entry, after)) result.entry = entry;
  else if (before && after && entry) return { base: before, ours: entry, theirs: after };
  return null;
}
