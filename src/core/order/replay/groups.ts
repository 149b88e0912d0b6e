import type { OrderProblem } from '../../../domain/reports/order.ts';

/** For each branch those it can meet: they share a path, or conflict without one. */
export type Neighbors = ReadonlyMap<string, ReadonlySet<string>>;

export function neighborsOf(
  { branches, conflicts, combinations }: OrderProblem,
  touching: readonly (readonly [string, string])[],
): Neighbors {
  const neighbors = new Map(branches.map(({ ref }) => [ref, new Set<string>()]));
  const pairs = [
    ...touching,
    ...conflicts.map(({ a, b }) => [a, b] as const),
    ...combinations.flatMap(({ earlier, later }) => earlier.map((ref) => [ref, later] as const)),
  ];
  for (const [a, b] of pairs) {
    neighbors.get(a)?.add(b);
    neighbors.get(b)?.add(a);
  }
  return neighbors;
}

/** The entries that can meet, even through others, kept in order. What one group does, no other sees. */
export function groupsOf<Entry extends { readonly ref: string }>(
  entries: readonly Entry[],
  neighbors: Neighbors,
): Entry[][] {
  const groupOf = new Map<string, number>();
  let count = 0;
  for (const { ref } of entries) {
    if (groupOf.has(ref)) continue;
    const reached = [ref];
    for (const member of reached) {
      if (groupOf.has(member)) continue;
      groupOf.set(member, count);
      reached.push(...(neighbors.get(member) ?? []));
    }
    count++;
  }
  const groups = Array.from({ length: count }, (): Entry[] => []);
  for (const entry of entries) groups[groupOf.get(entry.ref)!]!.push(entry);
  return groups;
}
