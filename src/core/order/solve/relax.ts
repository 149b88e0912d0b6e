import { type Budget, heaviestIndependentSet } from '../../graph/independent-set.ts';
import { type Reachability, reachability } from '../../graph/reachability.ts';
import type { Arc } from '../../graph/topological-order.ts';
import { WeightedGraph } from '../../graph/weighted-graph.ts';
import { type Charge, type Instance, type Objective, priceOf } from './instance.ts';

/** The best that could be hoped for: some charges stay unpaid, no two of which exclude each other. */
export interface Relaxation {
  readonly unpaid: readonly Charge[];
  /** No order is cheaper than this. */
  readonly bound: number;
}

/**
 * The cheapest set of charges to pay when only pairs of charges are looked at: the rest is a
 * heaviest independent set. Exact whenever the order it asks for exists, which is nearly always:
 * then the fewest branches to rework are n - alpha, and with prices the weighted set.
 */
export function relax(instance: Instance, objective: Objective, budget: Budget): Relaxation {
  const { charges } = instance;
  const graph = new WeightedGraph();
  const whole = wholeCharges(instance);
  const price = (at: number): number => priceOf(charges[at]!.cost, objective);
  const total = charges.reduce((sum, _, at) => sum + price(at), 0);
  charges.forEach((_, at) => graph.add(at, price(at)));
  for (const [at, others] of whole) {
    graph.setWeight(
      at,
      [at, ...others].reduce((sum, other) => sum + price(other), 0),
    );
    for (const other of others) graph.connect(at, other);
  }
  for (const [a, b] of exclusions(instance)) graph.connect(a, b);
  budget.steps -= graph.volume;
  const { members, bound } = heaviestIndependentSet(graph, budget);
  const unpaid = members.flatMap((at) => [at, ...(whole.get(at) ?? [])]);
  unpaid.sort((a, b) => a - b);
  return { unpaid: unpaid.map((at) => charges[at]!), bound: total - bound };
}

/**
 * The charges for a branch as such, each with the other charges of that branch. Who does not pay
 * for the branch pays nothing: so one stands for all of them, instead of beside them.
 */
function wholeCharges({ size, charges }: Instance): Map<number, number[]> {
  const own = Array.from({ length: size }, (): number[] => []);
  charges.forEach(({ vertex }, at) => own[vertex]!.push(at));
  const whole = charges.flatMap(({ vertex, cost }, at): [number, number[]][] =>
    cost.branches > 0 ? [[at, own[vertex]!.filter((other) => other !== at)]] : [],
  );
  return new Map(whole);
}

/** `vertex` before each branch that conflicts with it alone: what leaving the charge unpaid asks for. */
export const arcsOf = ({ vertex, causes }: Charge): Arc[] =>
  causes.filter((cause) => cause.length === 1).map(([member]): Arc => [vertex, member!]);

/** Pairs of charges that no order leaves unpaid together: each asks to land before the other. */
function exclusions({ size, charges, arcs }: Instance): [number, number][] {
  const reach = arcs.length > 0 ? reachability(size, arcs)! : null;
  const behind = charges.map((charge) => verticesBehind(charge, size, reach));
  const pairs: [number, number][] = [];
  charges.forEach(({ vertex }, at) => {
    for (let other = 0; other < at; other++)
      if (behind[at]![charges[other]!.vertex] === 1 && behind[other]![vertex] === 1)
        pairs.push([other, at]);
  });
  return pairs;
}

/** Marks every vertex that lands after the charge's own if the charge stays unpaid. */
function verticesBehind(charge: Charge, size: number, reach: Reachability | null): Uint8Array {
  const behind = new Uint8Array(size);
  for (const [, member] of arcsOf(charge)) {
    behind[member] = 1;
    for (let vertex = 0; reach && vertex < size; vertex++)
      if (reach.has(member, vertex)) behind[vertex] = 1;
  }
  return behind;
}
