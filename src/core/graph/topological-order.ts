/** `earlier` lands before `later`. */
export type Arc = readonly [earlier: number, later: number];

export function successorsOf(size: number, arcs: readonly Arc[]): number[][] {
  const successors = Array.from({ length: size }, (): number[] => []);
  for (const [earlier, later] of arcs) successors[earlier]!.push(later);
  return successors;
}

/**
 * An order of 0 ... size-1 that respects all arcs, or null when they form a cycle. Among those that
 * may come next, the one with the lowest rank does (Kahn 1962); without ranks, the lowest number.
 */
export function topologicalOrder(
  size: number,
  arcs: readonly Arc[],
  rank: readonly number[] = Array.from({ length: size }, (_, vertex) => vertex),
): number[] | null {
  const successors = successorsOf(size, arcs);
  const waiting = new Int32Array(size);
  for (const [, later] of arcs) waiting[later]!++;
  const ready: number[] = [];
  for (let vertex = 0; vertex < size; vertex++) if (waiting[vertex] === 0) ready.push(vertex);
  ready.sort((a, b) => rank[b]! - rank[a]!);
  const order: number[] = [];
  while (ready.length > 0) {
    const vertex = ready.pop()!;
    order.push(vertex);
    for (const later of successors[vertex]!)
      if (--waiting[later]! === 0) ready.splice(insertionPoint(ready, rank, later), 0, later);
  }
  return order.length === size ? order : null;
}

/** Where `vertex` belongs in `ready`, which is sorted by falling rank. */
function insertionPoint(ready: readonly number[], rank: readonly number[], vertex: number): number {
  let low = 0;
  let high = ready.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rank[ready[middle]!]! > rank[vertex]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
