import { BASELINES, type OrderCost } from '../../../domain/reports/order.ts';
import { baselineOrder } from './baselines.ts';
import { branchAndBound } from './branch-and-bound.ts';
import { decompose } from './decompose.ts';
import {
  addCosts,
  compareCosts,
  costOf,
  type Instance,
  type Objective,
  sumOf,
} from './instance.ts';
import { improveByLocalSearch } from './local-search.ts';
import type { NumberedFleet } from './numbered-fleet.ts';

/** An order of vertices with its certificate. */
export interface Solution {
  readonly order: readonly number[];
  readonly cost: OrderCost;
  /** Never above the cost of the best order, in neither number. */
  readonly bound: OrderCost;
}

/** Both ends of the trade: fewest branches before fewest lines, and the other way round. */
export interface Ends {
  readonly fewestBranches: Solution;
  readonly fewestLines: Solution;
}

/** Where exactness ends. Counts, never time, so that the same problem gets the same answer. */
export interface SolveLimits {
  /** How far each search may go before its bound has to do; see `Budget`. */
  readonly steps: number;
  /** Up to how many branches that all depend on each other are solved by subsets: 2^n of them. */
  readonly subsets: number;
}

export const LIMITS: SolveLimits = { steps: 200_000, subsets: 16 };

/** Solves a fleet for both ends. */
export function solveFleet(fleet: NumberedFleet, limits: SolveLimits = LIMITS): Ends {
  const { charges } = fleet.instance;
  const whole = decompose(fleet.instance)!;
  const parts = whole.parts.map((part) => solveBothEnds(part.instance, limits));
  const compose = (end: keyof Ends): Solution => {
    const composed = whole.compose(parts.map((solved) => solved[end].order));
    const order = improveByLocalSearch(fleet.instance, composed, OBJECTIVES[end](sumOf(charges)));
    const bound = parts.reduce((sum, solved) => addCosts(sum, solved[end].bound), whole.fixed);
    return { order, cost: costOf(charges, order), bound };
  };
  const usual = BASELINES.map((name) => baselineOrder(fleet, name));
  // A search that was cut short can be worse than no search.
  const best = (end: Solution, by: typeof compareCosts): Solution =>
    usual
      .map((order) => ({ order, cost: costOf(charges, order), bound: end.bound }))
      .reduce((least, next) => (by(next.cost, least.cost) < 0 ? next : least), end);
  return {
    fewestBranches: best(compose('fewestBranches'), compareCosts),
    fewestLines: best(compose('fewestLines'), compareByLines),
  };
}

/** One number for both: a branch weighs more than all lines together, or a line more than all branches. */
const OBJECTIVES: Record<keyof Ends, (all: OrderCost) => Objective> = {
  fewestBranches: (all) => ({ branches: all.lines + 1, lines: 1 }),
  fewestLines: (all) => ({ branches: 1, lines: all.branches + 1 }),
};

const compareByLines = (a: OrderCost, b: OrderCost): number =>
  a.lines - b.lines || a.branches - b.branches;

/**
 * What a bound says in the heavier unit always holds, what it says in the lighter
 * one only if the heavier is proven; until then the other end lends its bound, which holds for
 * every order.
 */
function solveBothEnds(instance: Instance, limits: SolveLimits): Ends {
  const all = sumOf(instance.charges);
  const lines = solveEnd(instance, OBJECTIVES.fewestLines(all), limits);
  const branches = solveBranches(instance, OBJECTIVES.fewestBranches(all), limits);
  const least = {
    branches: Math.floor(branches.bound / (all.lines + 1)),
    lines: Math.floor(lines.bound / (all.branches + 1)),
  };
  const bound = {
    branches: { ...least, lines: Math.max(least.lines, branches.bound % (all.lines + 1)) },
    lines: { ...least, branches: Math.max(least.branches, lines.bound % (all.branches + 1)) },
  };
  return {
    fewestBranches: {
      ...branches,
      bound: least.branches === branches.cost.branches ? bound.branches : least,
    },
    fewestLines: { ...lines, bound: least.lines === lines.cost.lines ? bound.lines : least },
  };
}

interface End {
  readonly order: readonly number[];
  readonly cost: OrderCost;
  /** In the unit of the objective. */
  readonly bound: number;
}

function solveEnd(instance: Instance, objective: Objective, limits: SolveLimits): End {
  const search = {
    objective,
    budget: { steps: limits.steps },
    ceiling: Infinity,
    subsets: limits.subsets,
  };
  const { order, bound } = branchAndBound(instance, search);
  const better = improveByLocalSearch(instance, order, objective);
  return { order: better, bound, cost: costOf(instance.charges, better) };
}

/** Where the search is cut short, branches are counted once more without their lines: that is easier. */
function solveBranches(instance: Instance, objective: Objective, limits: SolveLimits): End {
  const end = solveEnd(instance, objective, limits);
  if (Math.floor(end.bound / objective.branches) === end.cost.branches) return end;
  const charges = instance.charges
    .filter(({ cost }) => cost.branches > 0)
    .map((charge) => ({ ...charge, cost: { ...charge.cost, lines: 0 } }));
  const counted = solveEnd({ ...instance, charges }, { branches: 1, lines: 0 }, limits);
  const order = improveByLocalSearch(instance, counted.order, objective);
  const cost = costOf(instance.charges, order);
  const better = compareCosts(cost, end.cost) < 0 ? { order, cost } : end;
  return { ...better, bound: Math.max(end.bound, counted.bound * objective.branches) };
}
