import { type Arc, successorsOf, topologicalOrder } from './topological-order.ts';

/** Which vertex must land before which, directly or through others. */
export interface Reachability {
  /** True when some path of one or more arcs leads from `from` to `to`. */
  has(from: number, to: number): boolean;
}

/** The transitive closure of the arcs, one row of bits for each vertex; null when they form a cycle. */
export function reachability(size: number, arcs: readonly Arc[]): Reachability | null {
  const order = topologicalOrder(size, arcs);
  if (order === null) return null;
  const successors = successorsOf(size, arcs);
  const width = (size + 31) >> 5;
  const rows = Array.from({ length: size }, () => new Uint32Array(0));
  for (const vertex of order.reverse()) {
    if (successors[vertex]!.length === 0) continue;
    const row = (rows[vertex] = new Uint32Array(width));
    for (const later of successors[vertex]!) {
      row[later >> 5]! |= 1 << (later & 31);
      rows[later]!.forEach((bits, word) => (row[word]! |= bits));
    }
  }
  return { has: (from, to) => ((rows[from]![to >> 5] ?? 0) & (1 << (to & 31))) !== 0 };
}
