import { strongComponents } from './strong-components.ts';
import { type Arc, successorsOf } from './topological-order.ts';

/**
 * A shortest cycle of the digraph, starting with its lowest vertex; null when there is none. Of
 * several shortest ones, the one whose lowest vertex is lowest.
 */
export function shortestCycle(size: number, arcs: readonly Arc[]): number[] | null {
  const loop = arcs.find(([earlier, later]) => earlier === later);
  if (loop) return [loop[0]];
  const successors = successorsOf(size, arcs);
  let shortest: number[] | null = null;
  for (const component of strongComponents(size, arcs)) {
    if (component.length === 1) continue;
    for (const vertex of component) {
      if (shortest?.length === 2) return shortest;
      const cycle = shortestThrough(successors, vertex);
      if (cycle && (shortest === null || cycle.length < shortest.length)) shortest = cycle;
    }
  }
  return shortest;
}

/** One cycle of each strongly connected component: a shortest one through its lowest vertex, first. */
export function cycleOfEach(size: number, arcs: readonly Arc[]): number[][] {
  const successors = successorsOf(size, arcs);
  return strongComponents(size, arcs).flatMap(([lowest]) => {
    const cycle = shortestThrough(successors, lowest!);
    return cycle ? [cycle] : [];
  });
}

/** Breadth first from `start` back to `start`, through higher vertices only. */
function shortestThrough(successors: readonly (readonly number[])[], start: number) {
  const parent = new Map<number, number>();
  const queue = [start];
  for (const vertex of queue) {
    for (const later of successors[vertex]!) {
      if (later === start) return pathTo(parent, start, vertex);
      if (later < start || parent.has(later)) continue;
      parent.set(later, vertex);
      queue.push(later);
    }
  }
  return null;
}

function pathTo(parent: ReadonlyMap<number, number>, start: number, end: number): number[] {
  const path = [end];
  while (path[0] !== start) path.unshift(parent.get(path[0]!)!);
  return path;
}
