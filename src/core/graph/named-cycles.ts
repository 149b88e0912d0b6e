import { compare } from '../../domain/finding.ts';
import { cycleOfEach } from './shortest-cycle.ts';
import type { Arc } from './topological-order.ts';

/**
 * One shortest cycle of each knot of a graph (strongly connected component), starting at its
 * smallest name; the first node is not repeated. Edges to unknown nodes are ignored.
 */
export function findNamedCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const names = [...edges.keys()].sort(compare);
  const at = new Map(names.map((name, index) => [name, index]));
  const arcs = names.flatMap((name, from) =>
    edges.get(name)!.flatMap((next): Arc[] => (at.has(next) ? [[from, at.get(next)!]] : [])),
  );
  return cycleOfEach(names.length, arcs).map((cycle) => cycle.map((vertex) => names[vertex]!));
}
