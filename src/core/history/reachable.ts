/**
 * The commits that one leads to, itself included, among those whose parents are given; the walk ends at
 * any other.
 */
export function reachable<Name extends string>(
  tip: Name,
  parentsOf: ReadonlyMap<Name, readonly Name[]>,
): Set<Name> {
  const reached = new Set<Name>();
  const work = [tip];
  for (let commit = work.pop(); commit !== undefined; commit = work.pop()) {
    const parents = parentsOf.get(commit);
    if (reached.has(commit) || parents === undefined) continue;
    reached.add(commit);
    work.push(...parents);
  }
  return reached;
}
