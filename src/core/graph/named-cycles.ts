import { compare } from '../../domain/finding.ts';

/**
 * One shortest cycle of each knot of a graph (strongly connected component), starting at its
 * smallest name; the first node is not repeated. Edges to unknown nodes are ignored.
 */
export function findNamedCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const settled = new Set<string>();
  for (const start of [...edges.keys()].sort(compare)) {
    if (settled.has(start)) continue;
    const cycle = shortestCycle(edges, start);
    if (cycle === null) continue;
    cycles.push(cycle);
    // Whatever shares the knot would be reported again from its own side.
    const onward = reachable(edges, start);
    for (const node of onward) if (reachable(edges, node).has(start)) settled.add(node);
  }
  return cycles;
}

function shortestCycle(
  edges: ReadonlyMap<string, readonly string[]>,
  start: string,
): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of edges.get(node) ?? []) {
      if (next === start) return walkBack(cameFrom, node, start);
      if (cameFrom.has(next) || !edges.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return null;
}

function walkBack(cameFrom: ReadonlyMap<string, string>, end: string, start: string): string[] {
  const path = [end];
  while (path[0] !== start) path.unshift(cameFrom.get(path[0]!)!);
  return path;
}

function reachable(edges: ReadonlyMap<string, readonly string[]>, start: string): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const next of edges.get(node) ?? [])
      if (!seen.has(next) && edges.has(next)) {
        seen.add(next);
        open.push(next);
      }
  return seen;
}
