/** What the test of a fleet comes to. */
export interface NeededBranches {
  /** Each `later` fails without its `earlier`, although no line of theirs meets. */
  readonly needs: readonly { readonly earlier: string; readonly later: string }[];
  /** Those that fail, whatever lands before them. Sorted. */
  readonly failing: readonly string[];
}

type Trial<Answer> = Generator<readonly string[], Answer, boolean>;

/**
 * Finds out which branches need which: one that fails alone and passes behind others needs some of them.
 * Yields what to try, branches that land on the base in the order given, and is told whether that passes.
 * It takes one trial for each branch, and for each need 2 + ⌈log2 n⌉ more.
 *
 * @param sequence in the order in which they would land
 */
export function* findNeeded(sequence: readonly string[]): Trial<NeededBranches> {
  const good: string[] = [];
  let open: string[] = [];
  for (const ref of sequence) ((yield [ref]) ? good : open).push(ref);
  const needs: { earlier: string; later: string }[] = [];
  // What passes behind others may be what the next one needs.
  for (let known = -1; known !== good.length && open.length > 0;) {
    known = good.length;
    for (const later of open) {
      if (!(yield [...good, later])) continue;
      for (const earlier of yield* neededBy(good, later)) needs.push({ earlier, later });
      good.push(later);
    }
    open = open.filter((ref) => !good.includes(ref));
  }
  return { needs, failing: open.sort() };
}

/** Few of `good` behind which `later` passes. It fails alone, and passes behind all of them. */
function* neededBy(good: readonly string[], later: string): Trial<string[]> {
  const needed: string[] = [];
  let most = good.length;
  for (;;) {
    const behind = (prefix: number): string[] => [
      ...good.slice(0, prefix),
      ...good.slice(prefix).filter((ref) => needed.includes(ref)),
      later,
    ];
    if (needed.length > 0 && (yield behind(0))) return needed;
    // The shortest prefix that is enough ends with one that is needed.
    let [red, green] = [0, most];
    while (green - red > 1) {
      const middle = Math.floor((red + green) / 2);
      if (yield behind(middle)) green = middle;
      else red = middle;
    }
    needed.push(good[green - 1]!);
    most = green - 1;
    if (most === 0) return needed;
  }
}
