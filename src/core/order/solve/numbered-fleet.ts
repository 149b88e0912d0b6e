import { compare } from '../../../domain/finding.ts';
import type {
  OrderBranch,
  OrderCycle,
  OrderDependency,
  OrderProblem,
} from '../../../domain/reports/order.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { shortestCycle } from '../../graph/shortest-cycle.ts';
import type { Arc } from '../../graph/topological-order.ts';
import { chargesOf } from './charges.ts';
import type { Instance } from './instance.ts';

/** An ordering problem, with its branches numbered. */
export interface NumberedFleet {
  readonly problem: OrderProblem;
  /** By vertex: oldest first, then by name. */
  readonly branches: readonly OrderBranch[];
  readonly vertexOf: ReadonlyMap<string, number>;
  readonly instance: Instance;
}

/**
 * Numbers the branches of a problem and turns its conflicts into charges. A cycle of dependencies
 * is an answer; a ref that is not a branch, or twice one, is a mistake of the caller and throws.
 */
export function numberedFleet(problem: OrderProblem): Result<NumberedFleet, OrderCycle> {
  const branches = [...problem.branches].sort((a, b) => a.date - b.date || compare(a.ref, b.ref));
  const vertexOf = new Map(branches.map(({ ref }, vertex) => [ref, vertex]));
  if (vertexOf.size !== branches.length) throw new Error('a branch is listed twice');
  const number = (ref: string): number => {
    const vertex = vertexOf.get(ref);
    if (vertex === undefined) throw new Error(`no branch to order: ${ref}`);
    return vertex;
  };
  const arcs = problem.after.map(({ earlier, later }): Arc => [number(earlier), number(later)]);
  const cycle = shortestCycle(branches.length, arcs);
  if (cycle) return err(cycleOf(problem, branches, cycle));
  const charges = chargesOf(problem, branches, number);
  return ok({ problem, branches, vertexOf, instance: { size: branches.length, charges, arcs } });
}

function cycleOf(
  problem: OrderProblem,
  branches: readonly OrderBranch[],
  cycle: readonly number[],
): OrderCycle {
  const refs = cycle.map((vertex) => branches[vertex]!.ref);
  const dependencies = refs.map((earlier, at): OrderDependency => {
    const later = refs[(at + 1) % refs.length]!;
    const between = problem.after.filter((arc) => arc.earlier === earlier && arc.later === later);
    return between.find(({ why }) => why === 'declared') ?? between[0]!;
  });
  return { kind: 'cycle', dependencies };
}

/** The cycle in words: `a (stacked) -> b (declared) -> a`, read as "lands before". */
export const describeCycle = ({ dependencies }: OrderCycle): string =>
  [
    ...dependencies.map(({ earlier, why }) => `${earlier} (${why}) -> `),
    dependencies[0]!.earlier,
  ].join('');
