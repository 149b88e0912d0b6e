import type { OrderData, OrderEntry } from '../../../domain/reports/order.ts';
import { withoutClaim } from '../explain/reason.ts';
import { addCosts, FREE } from '../solve/instance.ts';

/**
 * The answer as git gave it: a branch that landed clean although a conflict was said costs nothing. Where
 * that happened, or something could not be tried, it is not proven that no order is cheaper.
 */
export function asReplayed(data: OrderData): OrderData {
  const { steps, complete } = data.replay!;
  const outcomes = new Map(steps.map(({ ref, outcome }) => [ref, outcome]));
  const isSure = complete && !steps.some(({ outcome }) => outcome === 'undecided');
  const vanished = steps.some(({ outcome }) => outcome === 'vanished');
  if (isSure && !vanished) return data;
  const order = data.order.map((entry): OrderEntry => {
    const reason = withoutClaim(entry.reason);
    const lands = outcomes.get(entry.ref) === 'vanished';
    return lands ? { ...entry, reason, outcome: 'clean', cost: FREE } : { ...entry, reason };
  });
  if (!vanished) return { ...data, order, optimal: false };
  const cost = order.reduce((sum, entry) => addCosts(sum, entry.cost), FREE);
  // What the pairs say is too much, so what they say of other orders may be, too.
  return { ...data, order, cost, bound: FREE, optimal: false };
}
