import type { LandingMode } from '../../../domain/landing.ts';
import type {
  OrderCombination,
  OrderCycle,
  OrderData,
  OrderEntry,
  OrderProblem,
  ReplayStep,
} from '../../../domain/reports/order.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { orderOf } from '../order.ts';
import type { SolveLimits } from '../solve/solve.ts';
import { asReplayed } from './as-replayed.ts';
import { findCulprit } from './culprit.ts';
import { groupsOf, type Neighbors, neighborsOf } from './groups.ts';
import { ask, KnownProbes, type ProbeBudget, type Probing, sideBySide } from './probe.ts';
import { proveWaves } from './prove-waves.ts';
import { stepOf } from './replay-step.ts';

/** What a replay needs besides the problem. */
export interface ReplayOptions {
  /** Pairs of branches that share a path. Branches that do not, even through others, never meet. */
  readonly touching: readonly (readonly [string, string])[];
  /**
   * Those of `touching` that can get into each other's way: not those whose changes keep apart in every file.
   * Absent: all of them.
   */
  readonly close?: readonly (readonly [string, string])[];
  /** Most merges to ask for; when left out, eight for each branch and 600 to find culprits. */
  readonly probes?: number;
  readonly limits?: SolveLimits;
}

/**
 * An order that was tried: solved, merged branch by branch, and solved again with every conflict
 * that no pair explains, until what was said is what happens or the budget of merges ends.
 *
 * A branch that needs rework is set aside, because its reworked form does not exist yet.
 */
export function* replayedOrderOf(
  problem: OrderProblem,
  landing: LandingMode,
  { touching, close = touching, probes = 8 * problem.branches.length + 600, limits }: ReplayOptions,
): Probing<Result<OrderData, OrderCycle>> {
  const budget: ProbeBudget = { left: probes, made: 0, known: new KnownProbes() };
  const neighbors = neighborsOf(problem, touching);
  let combinations = problem.combinations;
  for (;;) {
    const solved = orderOf({ ...problem, combinations }, landing, limits);
    if (!solved.ok) return solved;
    const { order } = solved.value;
    const groups = groupsOf(order, neighbors);
    const runs = yield* sideBySide(
      groups.map((group) => replayGroup(group, neighbors, budget, landing)),
    );
    const found = runs.flatMap((run) => run.found ?? []);
    if (found.length === 0) {
      const steps = new Map(runs.flatMap((run) => run.steps).map((step) => [step.ref, step]));
      const near = neighborsOf({ ...problem, combinations }, close);
      const proof = yield* proveWaves(solved.value, steps, near, budget);
      if (proof.found.length === 0) {
        const replay = {
          complete: runs.every((run) => run.complete),
          probes: budget.made,
          steps: withHeld(order, steps),
        };
        return ok(asReplayed({ ...solved.value, anyOrder: proof.anyOrder, replay }));
      }
      found.push(...proof.found);
    }
    combinations = [...combinations, ...found];
  }
}

/** The steps in order; a branch declared to come after one that did not land waits for it, wherever it is. */
function withHeld(
  order: readonly OrderEntry[],
  steps: ReadonlyMap<string, ReplayStep>,
): ReplayStep[] {
  const aside = new Set<string>();
  return order.flatMap((entry) => {
    const { ref } = entry;
    const held = heldBy(entry, aside);
    const tried = steps.get(ref);
    if (tried && held.length === 0) {
      if (tried.outcome !== 'landed' && tried.outcome !== 'vanished') aside.add(ref);
      return [tried];
    }
    aside.add(ref);
    return tried ? [{ ref, outcome: 'blocked' as const, because: held }] : [];
  });
}

/** What a branch is declared to come after, and was set aside. */
const heldBy = ({ waits }: OrderEntry, aside: ReadonlySet<string>): string[] =>
  waits.filter(({ why, ref }) => why === 'declared' && aside.has(ref)).map(({ ref }) => ref);

/** How far the branches of one group went. */
interface Run {
  readonly steps: readonly ReplayStep[];
  /** What explains the failure that ended it. */
  readonly found?: OrderCombination;
  /** False when a failure or the budget ended it. */
  readonly complete: boolean;
}

function* replayGroup(
  entries: readonly OrderEntry[],
  neighbors: Neighbors,
  budget: ProbeBudget,
  landing: LandingMode,
): Probing<Run> {
  const landed = new Set<string>();
  const aside = new Set<string>();
  const steps: ReplayStep[] = [];
  const foreseen = entries.map(({ ref, outcome }) => ({ ref, lands: outcome === 'clean' }));
  for (const entry of entries) {
    const { ref } = entry;
    const request = { landed: [...landed], next: ref, foreseen };
    // Alone it merges into the base: that is what makes it a branch of the problem. A rebase is many merges.
    const isKnown = landed.size === 0 && landing !== 'rebase';
    const held = heldBy(entry, aside);
    if (held.length > 0) {
      steps.push({ ref, outcome: 'blocked', because: held });
      aside.add(ref);
      continue;
    }
    const answers = isKnown ? [{ clean: true as const }] : yield* ask(budget, [request]);
    if (answers === null) return { steps, complete: false };
    const outcome = answers[0]!;
    const step = stepOf(entry, outcome, landed, aside);
    if (step === null && landed.size === 0) {
      steps.push({ ref, outcome: 'undecided', because: [] });
      aside.add(ref);
      continue;
    }
    if (step === null) {
      const files = outcome.clean === false ? outcome.files : [];
      const surprise = { ref, landed: request.landed, files };
      const found = yield* findCulprit(surprise, neighbors.get(ref)!, budget);
      return { steps, found, complete: false };
    }
    steps.push(step);
    const lands = step.outcome === 'landed' || step.outcome === 'vanished';
    (lands ? landed : aside).add(ref);
  }
  return { steps, complete: true };
}
