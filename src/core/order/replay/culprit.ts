import type { OrderCombination, ReworkFile } from '../../../domain/reports/order.ts';
import { ask, type ProbeBudget, type ProbeRequest, type Probing } from './probe.ts';

/** A failure that no known conflict explains. */
export interface Surprise {
  readonly ref: string;
  /** What had landed, in order. */
  readonly landed: readonly string[];
  readonly files: readonly ReworkFile[];
}

/** Sets larger than this are not tried one by one: they are shrunk. */
const LARGEST_TRIED = 3;
/** Most questions asked at once for sets of one size. */
const MOST_TRIED = 200;

/**
 * Finds who makes a branch fail: the smallest set of at most three landed branches that is enough,
 * else a set of which none can be left out. `touching` says who shares a path with the branch and
 * is therefore suspected first.
 */
export function* findCulprit(
  { ref, landed, files }: Surprise,
  touching: ReadonlySet<string>,
  budget: ProbeBudget,
): Probing<OrderCombination> {
  const suspects = landed.filter((other) => touching.has(other));
  for (let size = 1; size <= Math.min(LARGEST_TRIED, suspects.length); size++) {
    const sets = subsetsOf(suspects, size);
    if (sets.length > MOST_TRIED) break;
    const outcomes = yield* ask(budget, requestsFor(sets, ref));
    if (outcomes === null) break;
    const found = outcomes.findIndex(({ clean }) => clean === false);
    const outcome = outcomes[found];
    if (outcome?.clean !== false) continue;
    return { earlier: sets[found]!, later: ref, files: outcome.files };
  }
  return yield* shrink({ earlier: landed, later: ref, files }, touching, budget);
}

/** Leaves out one branch after the other while the rest still fails; the unsuspected go first. */
function* shrink(
  whole: OrderCombination,
  touching: ReadonlySet<string>,
  budget: ProbeBudget,
): Probing<OrderCombination> {
  let culprit = whole;
  const suspectsLast = [
    ...whole.earlier.filter((ref) => !touching.has(ref)),
    ...whole.earlier.filter((ref) => touching.has(ref)),
  ];
  for (const ref of suspectsLast) {
    const earlier = culprit.earlier.filter((other) => other !== ref);
    if (earlier.length === 0) break;
    const [outcome] = (yield* ask(budget, [{ landed: earlier, next: whole.later }])) ?? [];
    if (outcome === undefined) break;
    if (outcome.clean === false) culprit = { ...culprit, earlier, files: outcome.files };
  }
  return culprit;
}

const requestsFor = (sets: readonly (readonly string[])[], next: string): ProbeRequest[] =>
  sets.map((landed) => ({ landed, next }));

/** All subsets of one size, each in the order of the whole. */
function subsetsOf(refs: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return refs.flatMap((ref, at) =>
    subsetsOf(refs.slice(at + 1), size - 1).map((rest) => [ref, ...rest]),
  );
}
