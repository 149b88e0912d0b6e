import type { OrderData } from '../../domain/reports/order.ts';
import type { OverlapBranch } from '../../domain/reports/overlap.ts';
import type { PageOrder } from '../../domain/reports/page.ts';

/** The order with branches by their index. */
export function makeOrder(
  { order, waves, cost, bound, optimal }: OrderData,
  branches: readonly OverlapBranch[],
): PageOrder {
  const index = new Map(branches.map(({ ref }, at) => [ref, at]));
  return {
    steps: order.map((entry) => ({
      branch: index.get(entry.ref)!,
      wave: entry.wave,
      waits: entry.waits.map(({ ref, why }) => ({ branch: index.get(ref)!, why })),
      cost: entry.cost,
      outcome: entry.outcome,
      reason: entry.reason,
    })),
    waves: waves.length,
    cost,
    bound,
    optimal,
  };
}
