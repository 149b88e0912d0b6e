import { BASELINES, type Baseline, type OrderCost } from '../../../domain/reports/order.ts';
import { topologicalOrder } from '../../graph/topological-order.ts';
import { costOf } from './instance.ts';
import type { NumberedFleet } from './numbered-fleet.ts';

/**
 * The order someone without a tool would take, as far as the dependencies let them: whoever came
 * first, has changed fewest lines, or conflicts with fewest others. Ties go to the older.
 */
export function baselineOrder(fleet: NumberedFleet, baseline: Baseline): number[] {
  const { size, arcs } = fleet.instance;
  const key = keyOf(fleet, baseline);
  const sorted = fleet.branches.map((_, vertex) => vertex).sort((a, b) => key(a) - key(b) || a - b);
  const rank: number[] = [];
  sorted.forEach((vertex, at) => (rank[vertex] = at));
  return topologicalOrder(size, arcs, rank)!;
}

/** What each of the usual orders costs, by the same rules as every other order. */
export function baselineCosts(fleet: NumberedFleet): Record<Baseline, OrderCost> {
  const cost = (baseline: Baseline): OrderCost =>
    costOf(fleet.instance.charges, baselineOrder(fleet, baseline));
  return Object.fromEntries(BASELINES.map((name) => [name, cost(name)])) as Record<
    Baseline,
    OrderCost
  >;
}

function keyOf(fleet: NumberedFleet, baseline: Baseline): (vertex: number) => number {
  switch (baseline) {
    case 'first-come':
      return (vertex) => vertex;
    case 'smallest-first':
      return (vertex) => fleet.branches[vertex]!.lines;
    case 'fewest-conflicts-first': {
      const rivals = fleet.branches.map(() => new Set<string>());
      for (const { a, b } of fleet.problem.conflicts) {
        rivals[fleet.vertexOf.get(a)!]!.add(b);
        rivals[fleet.vertexOf.get(b)!]!.add(a);
      }
      return (vertex) => rivals[vertex]!.size;
    }
  }
}
