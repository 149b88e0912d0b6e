import type { OrderCost } from '../../../domain/reports/order.ts';
import type { Arc } from '../../graph/topological-order.ts';

/**
 * An ordering problem in numbers. Vertices are branches, oldest first, so the lower number wins
 * where nothing else decides.
 */
export interface Instance {
  readonly size: number;
  readonly charges: readonly Charge[];
  readonly arcs: readonly Arc[];
}

/**
 * What one branch pays, once, when any one of the causes has landed before it as a whole. A pair
 * that conflicts is a cause of one vertex on either side; a combination is a larger one.
 */
export interface Charge {
  readonly vertex: number;
  readonly cost: OrderCost;
  /** Sets of other vertices, each sorted. Never empty, and none of them is. */
  readonly causes: readonly (readonly number[])[];
}

/** How much one branch and one line weigh against each other. */
export type Objective = OrderCost;

export const FREE: OrderCost = { branches: 0, lines: 0 };

export const addCosts = (a: OrderCost, b: OrderCost): OrderCost => ({
  branches: a.branches + b.branches,
  lines: a.lines + b.lines,
});

/** Fewer branches first, then fewer lines. */
export const compareCosts = (a: OrderCost, b: OrderCost): number =>
  a.branches - b.branches || a.lines - b.lines;

export const priceOf = (cost: OrderCost, objective: Objective): number =>
  cost.branches * objective.branches + cost.lines * objective.lines;

/** Where each vertex stands in the order. */
export function positionsOf(order: readonly number[]): number[] {
  const position: number[] = [];
  order.forEach((vertex, at) => (position[vertex] = at));
  return position;
}

export const isPaid = (charge: Charge, position: readonly number[]): boolean =>
  charge.causes.some((cause) => precedes(cause, charge.vertex, position));

/** True when every vertex of `cause` lands before `vertex`. */
export const precedes = (
  cause: readonly number[],
  vertex: number,
  position: readonly number[],
): boolean => cause.every((member) => position[member]! < position[vertex]!);

/** What the charges come to when the vertices land in this order. */
export function costOf(charges: readonly Charge[], order: readonly number[]): OrderCost {
  const position = positionsOf(order);
  return sumOf(charges.filter((charge) => isPaid(charge, position)));
}

export const sumOf = (charges: readonly Charge[]): OrderCost =>
  charges.reduce((sum, { cost }) => addCosts(sum, cost), FREE);
