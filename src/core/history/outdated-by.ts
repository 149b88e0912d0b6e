/**
 * For each tip the commit that made it out of date: the oldest one on the base's own line (first
 * parents) that the tip does not reach. Null while it reaches the base.
 *
 * @param firstParents of the commits seen by a walk that went down to where everyone meets
 * @param reachedBy the tips that reach a commit of the base, by index
 */
export function outdatedBy(
  base: string,
  tips: number,
  firstParents: ReadonlyMap<string, string | undefined>,
  reachedBy: (commit: string) => readonly number[],
): (string | null)[] {
  const found = Array.from({ length: tips }, (): string | null => null);
  let open = found.map((_, tip) => tip);
  for (let at: string | undefined = base; at !== undefined; at = firstParents.get(at)) {
    const reached = new Set(reachedBy(at));
    open = open.filter((tip) => !reached.has(tip));
    // The rest of the line is older, and what reaches a commit reaches those before it.
    if (open.length === 0) break;
    for (const tip of open) found[tip] = at;
  }
  return found;
}
