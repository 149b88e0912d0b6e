import type { LeftOut } from '../../domain/states/landing-journal.ts';

/** A step as far as its place in a line goes. */
export interface PlacedStep {
  readonly ref: string;
  /** What must land before it. */
  readonly after: readonly string[];
}

/** What lands, and what does not after all. */
export interface KeptTogether {
  readonly sequence: readonly string[];
  readonly left: ReadonlyMap<string, LeftOut>;
}

/**
 * A sequence without what cannot land because what it goes with does not, and with those that go
 * together beside each other as far as what lies between them allows.
 *
 * @param left what does not land already; what the base has holds nobody back
 * @param pairs earlier and later ones that land only together
 */
export function keepTogether(
  steps: readonly PlacedStep[],
  left: ReadonlyMap<string, LeftOut>,
  pairs: readonly (readonly [earlier: string, later: string])[],
): KeptTogether {
  const all = withoutHalves(steps, left, pairs);
  let sequence = steps.filter(({ ref }) => !all.has(ref));
  for (const [earlier, later] of pairs) sequence = besideEachOther(sequence, earlier, later);
  return { sequence: sequence.map(({ ref }) => ref), left: all };
}

function withoutHalves(
  steps: readonly PlacedStep[],
  left: ReadonlyMap<string, LeftOut>,
  pairs: readonly (readonly [string, string])[],
): Map<string, LeftOut> {
  const all = new Map(left);
  const here = new Set(steps.map(({ ref }) => ref));
  const isGone = (ref: string): boolean =>
    all.has(ref) ? all.get(ref)!.why !== 'landed' : !here.has(ref);
  for (let known = -1; known !== all.size;) {
    known = all.size;
    for (const { ref, after } of steps) {
      if (all.has(ref)) continue;
      const partners = pairs.flatMap(([a, b]) => (a === ref ? [b] : b === ref ? [a] : []));
      const lost = partners.find(isGone);
      const missed = after.find((other) => all.has(other) && isGone(other));
      if (lost !== undefined)
        all.set(ref, {
          why: 'after',
          words: `lands only together with ${lost}, which ${notNow(all, lost)}`,
        });
      else if (missed !== undefined)
        all.set(ref, { why: 'after', words: `comes after ${missed}, which does not land` });
    }
  }
  return all;
}

const notNow = (left: ReadonlyMap<string, LeftOut>, ref: string): string =>
  left.has(ref) ? 'does not land' : 'is not to land now';

/** The later one up behind the earlier one, or that down to it, unless what lies between forbids both. */
function besideEachOther(
  sequence: readonly PlacedStep[],
  earlier: string,
  later: string,
): PlacedStep[] {
  const from = sequence.findIndex(({ ref }) => ref === earlier);
  const to = sequence.findIndex(({ ref }) => ref === later);
  if (from < 0 || to <= from + 1) return [...sequence];
  const [first, last] = [sequence[from]!, sequence[to]!];
  const between = sequence.slice(from + 1, to);
  const [before, behind] = [sequence.slice(0, from), sequence.slice(to + 1)];
  if (!between.some(({ ref }) => last.after.includes(ref)))
    return [...before, first, last, ...between, ...behind];
  if (!between.some(({ after }) => after.includes(earlier)))
    return [...before, ...between, first, last, ...behind];
  return [...sequence];
}
