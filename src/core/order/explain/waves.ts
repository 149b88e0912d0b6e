import { compare } from '../../../domain/finding.ts';
import type { OrderWait } from '../../../domain/reports/order.ts';
import { positionsOf, precedes } from '../solve/instance.ts';
import type { NumberedFleet } from '../solve/numbered-fleet.ts';

/** An order cut into waves; within one, nothing depends on the order. */
export interface Waves {
  readonly waves: readonly (readonly number[])[];
  /** For each vertex what it waits for, by name. */
  readonly waits: readonly (readonly OrderWait[])[];
}

/**
 * Keeps of an order only what its cost rests on: dependencies, for each pair that conflicts who
 * goes first, and for each combination that is avoided the one that stays behind. Everything else
 * may land as early as that allows, so a wave of its own costs nothing.
 */
export function wavesOf(fleet: NumberedFleet, order: readonly number[]): Waves {
  const waits = waitsOf(fleet, order);
  const level: number[] = [];
  for (const vertex of order)
    level[vertex] = Math.max(-1, ...[...waits[vertex]!.keys()].map((other) => level[other]!)) + 1;
  const waves = Array.from({ length: Math.max(-1, ...level) + 1 }, (): number[] => []);
  level.forEach((wave, vertex) => waves[wave]!.push(vertex));
  // Who has to do with others first, so that those who may land at any time follow in one row.
  const awaited = new Set(waits.flatMap((each) => [...each.keys()]));
  const isBound = (vertex: number): boolean => awaited.has(vertex) || waits[vertex]!.size > 0;
  for (const wave of waves) wave.sort((a, b) => Number(isBound(b)) - Number(isBound(a)) || a - b);
  const named = waits.map((each) =>
    [...each]
      .map(([vertex, why]): OrderWait => ({ ref: fleet.branches[vertex]!.ref, why }))
      .sort((a, b) => compare(a.ref, b.ref)),
  );
  return { waves, waits: named };
}

/** For each vertex the vertices it must follow in any order that costs the same, and why. */
function waitsOf(fleet: NumberedFleet, order: readonly number[]): Map<number, OrderWait['why']>[] {
  const { vertexOf, problem, instance } = fleet;
  const position = positionsOf(order);
  const waits = order.map(() => new Map<number, OrderWait['why']>());
  for (const { earlier, later, why } of problem.after)
    if (why === 'declared' || !waits[vertexOf.get(later)!]!.has(vertexOf.get(earlier)!))
      waits[vertexOf.get(later)!]!.set(vertexOf.get(earlier)!, why);
  const wait = (vertex: number, other: number, why: OrderWait['why']): void => {
    const known = waits[vertex]!.get(other);
    if (known === undefined || known === 'combination' || known === 'draft')
      waits[vertex]!.set(other, why);
  };
  for (const { vertex, causes } of instance.charges) {
    for (const cause of causes) {
      const why = cause.length > 1 ? 'combination' : 'conflict';
      const last = cause.reduce((a, b) => (position[b]! > position[a]! ? b : a));
      if (!precedes(cause, vertex, position)) wait(last, vertex, why);
      else for (const member of cause) wait(vertex, member, why);
    }
  }
  return waits;
}
