import type { Budget } from '../../graph/independent-set.ts';
import { shortestCycle } from '../../graph/shortest-cycle.ts';
import { type Arc, topologicalOrder } from '../../graph/topological-order.ts';
import { cheapestBySubsets } from './by-subsets.ts';
import { decompose } from './decompose.ts';
import {
  type Charge,
  costOf,
  type Instance,
  type Objective,
  positionsOf,
  precedes,
  priceOf,
  sumOf,
} from './instance.ts';
import { arcsOf, relax, type Relaxation } from './relax.ts';

/** An order, what it costs under the objective, and a cost that no order is below. */
export interface BoundedOrder {
  readonly order: readonly number[];
  readonly price: number;
  readonly bound: number;
}

/** How to search, and when to stop: nothing that costs `ceiling` or more is of use. */
interface Search {
  readonly objective: Objective;
  readonly budget: Budget;
  readonly ceiling: number;
  /** Vertices up to which an instance is solved by subsets. */
  readonly subsets: number;
}

/**
 * A cheapest order of one part of a decomposition. The relaxation settles nearly all of them; what
 * it leaves is solved by subsets while it is small, and by branch and bound otherwise.
 */
export function branchAndBound(instance: Instance, search: Search): BoundedOrder {
  const { objective, budget, ceiling, subsets } = search;
  const relaxation = relax(instance, objective, budget);
  const { bound } = relaxation;
  const first = answer(
    instance,
    orderLeaving(instance, relaxation.unpaid, objective),
    bound,
    objective,
  );
  if (first.price <= bound || bound >= ceiling) return first;
  if (instance.size > subsets) return branch(instance, relaxation, first, search);
  const exact = answer(instance, cheapestBySubsets(instance, objective), bound, objective);
  return { ...exact, bound: exact.price };
}

function answer(
  { charges }: Instance,
  order: readonly number[],
  bound: number,
  objective: Objective,
): BoundedOrder {
  return { order, price: priceOf(costOf(charges, order), objective), bound };
}

/** Splits on what the relaxation overlooked: each choice adds arcs, and every order fits one of them. */
function branch(
  instance: Instance,
  relaxation: Relaxation,
  first: BoundedOrder,
  search: Search,
): BoundedOrder {
  const choices = choicesOf(instance, relaxation.unpaid);
  if (choices.length === 0) return first;
  let best = first;
  let lowest = Infinity;
  for (const arcs of choices) {
    if (search.budget.steps <= 0) return { ...best, bound: relaxation.bound };
    const restricted = { ...instance, arcs: [...instance.arcs, ...arcs] };
    const ceiling = Math.min(search.ceiling, best.price);
    const child = solveWhole(restricted, { ...search, ceiling });
    if (child === null) continue;
    lowest = Math.min(lowest, child.bound);
    if (child.price < best.price) best = child;
  }
  return { ...best, bound: Math.max(relaxation.bound, Math.min(lowest, best.price)) };
}

/** The cheapest order of an instance that may fall apart; null when its arcs form a cycle. */
function solveWhole(instance: Instance, search: Search): BoundedOrder | null {
  const whole = decompose(instance);
  if (whole === null) return null;
  let bound = priceOf(whole.fixed, search.objective);
  const orders: (readonly number[])[] = [];
  for (const part of whole.parts) {
    const solved = branchAndBound(part.instance, { ...search, ceiling: search.ceiling - bound });
    bound += solved.bound;
    orders.push(solved.order);
  }
  return answer(instance, whole.compose(orders), bound, search.objective);
}

/**
 * An order that leaves these charges unpaid as far as their arcs allow: each cycle is broken where
 * that costs least. Causes of several branches are left to chance, which `choicesOf` looks at.
 */
function orderLeaving({ size, arcs }: Instance, unpaid: readonly Charge[], objective: Objective) {
  let kept = unpaid;
  for (;;) {
    const wished = kept.flatMap(arcsOf);
    const cycle = shortestCycle(size, [...arcs, ...wished]);
    if (cycle === null) return topologicalOrder(size, [...arcs, ...wished])!;
    const given = new Set(arcs.map(String));
    const costs = arcsAlong(cycle)
      .filter((arc) => !given.has(String(arc)))
      .map((arc) => kept.filter((charge) => asksFor(charge, arc)))
      .map((charges) => ({ charges, price: priceOf(sumOf(charges), objective) }));
    const least = costs.reduce((a, b) => (b.price < a.price ? b : a));
    kept = kept.filter((charge) => !least.charges.includes(charge));
  }
}

const asksFor = ({ vertex, causes }: Charge, [earlier, later]: Arc): boolean =>
  vertex === earlier && causes.some((cause) => cause.length === 1 && cause[0] === later);

const arcsAlong = (cycle: readonly number[]): Arc[] =>
  cycle.map((earlier, at) => [earlier, cycle[(at + 1) % cycle.length]!]);

/**
 * Sets of arcs of which every order respects one: a cycle has to be broken somewhere, and a
 * combination either lands as a whole before the branch, or one of it after. Empty when the
 * relaxation overlooked nothing.
 */
function choicesOf({ size, arcs }: Instance, unpaid: readonly Charge[]): Arc[][] {
  const wished = unpaid.flatMap(arcsOf);
  const cycle = shortestCycle(size, [...arcs, ...wished]);
  if (cycle) {
    const given = new Set(arcs.map(String));
    return arcsAlong(cycle)
      .filter((arc) => !given.has(String(arc)))
      .map(([earlier, later]) => [[later, earlier]]);
  }
  const position = positionsOf(topologicalOrder(size, [...arcs, ...wished])!);
  for (const { vertex, causes } of unpaid) {
    const landed = causes.find((cause) => precedes(cause, vertex, position));
    if (!landed) continue;
    const whole = landed.map((member): Arc => [member, vertex]);
    return [...landed.map((member): Arc[] => [[vertex, member]]), whole];
  }
  return [];
}
