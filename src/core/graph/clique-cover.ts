import type { WeightedGraph } from './weighted-graph.ts';

/**
 * An upper bound on the weight of every independent set: it takes at most one vertex of each
 * clique, so a partition into cliques weighs at most the sum of their heaviest vertices.
 */
export function cliqueCover(graph: WeightedGraph): number {
  const heaviestFirst = [...graph.vertices()].sort(
    (a, b) => graph.weight(b) - graph.weight(a) || a - b,
  );
  const cliqueOf = new Map<number, number>();
  const sizes: number[] = [];
  let bound = 0;
  for (const vertex of heaviestFirst) {
    const met = new Map<number, number>();
    for (const neighbor of graph.neighbors(vertex)) {
      const clique = cliqueOf.get(neighbor);
      if (clique !== undefined) met.set(clique, (met.get(clique) ?? 0) + 1);
    }
    let home = sizes.length;
    for (const [clique, count] of met)
      if (count === sizes[clique] && (home === sizes.length || count > sizes[home]!)) home = clique;
    if (home === sizes.length) {
      bound += graph.weight(vertex);
      sizes.push(0);
    }
    sizes[home]!++;
    cliqueOf.set(vertex, home);
  }
  return bound;
}
