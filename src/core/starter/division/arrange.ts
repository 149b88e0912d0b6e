import { Arrangement, type DivisionProblem, type MovableGroup } from './arrangement.ts';
import { findCommunities } from './communities.ts';
import { PlaceTree } from './place-tree.ts';
import type { Unit } from './units.ts';

/** Louvain's method is asked for few large communities, then for more and more small ones. */
const RESOLUTIONS = [0.6, 1, 1.6, 3, 8];
/** What lying below one directory counts for where communities are joined, against one commit. */
const NEAR = 0.5;
/**
 * What a glob has to keep within one part, against all commits, to be worth reading. A policy in few globs is one
 * that people keep, and it fits commits to come no worse. The first arrangement is found without a price.
 */
const GLOB_PRICES = [0, 0.005];
/** More rounds than any arrangement took so far. */
const ROUNDS = 30;

/**
 * Divides units into parts so that as many changes as possible lie within one. Communities of the
 * co-change graph are joined to as many parts as are wanted, then units and whole directories move
 * between the parts as long as that helps. The best of several beginnings wins.
 */
export function arrange(problem: DivisionProblem): Arrangement {
  const starts = RESOLUTIONS.map((resolution) =>
    findCommunities(problem.units, problem.changes, resolution),
  );
  const places = new PlaceTree(problem.units, problem.parts);
  const groups = movableGroups(problem, places);
  const found = starts.map((communities) => {
    const arrangement = new Arrangement(problem, places, joinCommunities(problem, communities));
    for (const price of GLOB_PRICES) {
      arrangement.globPrice = price;
      improve(problem, arrangement, groups);
    }
    return arrangement;
  });
  return found.reduce((best, other) => (rank(problem, other) < rank(problem, best) ? other : best));
}

/** Parts that are too large or too small come after all others. */
function rank(problem: DivisionProblem, arrangement: Arrangement): number {
  const { most, least } = problem;
  const wrong = arrangement.sizes.reduce(
    (sum, size) => sum + Math.max(0, size - most) + Math.max(0, least - size),
    0,
  );
  return arrangement.cost() + wrong * problem.changes.length;
}

/** Joins the two communities that change together most for their size, until few enough are left. */
function joinCommunities(
  { changes, units: all, parts, sizes, most }: DivisionProblem,
  communities: readonly number[],
): number[] {
  const count = Math.max(...communities) + 1;
  const size = new Array<number>(count).fill(0);
  communities.forEach((community, unit) => (size[community]! += sizes[unit]!));
  const between = Array.from({ length: count }, () => new Float64Array(count));
  for (const { units, weight } of changes) {
    const touched = [...new Set(units.map((unit) => communities[unit]!))];
    for (const a of touched)
      for (const b of touched) if (a !== b) between[a]![b]! += weight / (touched.length - 1);
  }
  for (const neighbours of byDirectory(all)) {
    const near = [...new Set(neighbours.map((unit) => communities[unit]!))];
    for (const a of near)
      for (const b of near) if (a !== b) between[a]![b]! += NEAR / (near.length - 1);
  }
  const into = Array.from({ length: count }, (_, at) => at);
  const left = new Set(into);
  while (left.size > parts) {
    const [a, b] = closest([...left], size, between, most);
    for (const other of left) {
      between[a]![other]! += between[b]![other]!;
      between[other]![a]! += between[other]![b]!;
    }
    size[a]! += size[b]!;
    left.delete(b);
    for (const [at, target] of into.entries()) if (target === b) into[at] = a;
  }
  const numbers = new Map([...left].map((community, number) => [community, number]));
  return communities.map((community) => numbers.get(into[community]!)!);
}

function closest(
  left: readonly number[],
  size: readonly number[],
  between: readonly Float64Array[],
  most: number,
): [number, number] {
  let best: [number, number] | null = null;
  let value = 0;
  for (const [at, a] of left.entries())
    for (const b of left.slice(at + 1)) {
      if (size[a]! + size[b]! > most) continue;
      const here = between[a]![b]! / Math.sqrt(size[a]! * size[b]! + 1e-9);
      if (here > value) [best, value] = [[a, b], here];
    }
  if (best) return best;
  const [smallest, next] = [...left].sort((a, b) => size[a]! - size[b]!);
  return [next!, smallest!];
}

function improve(
  { parts }: DivisionProblem,
  arrangement: Arrangement,
  groups: readonly MovableGroup[],
): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (const group of groups) {
      let best: { to: number; gain: number } | null = null;
      for (let to = 0; to < parts; to += 1) {
        if (group.units.every((unit) => arrangement.partOf[unit] === to)) continue;
        if (!arrangement.fits(group.units, to)) continue;
        const gain = arrangement.gain(group, to);
        if (gain > (best?.gain ?? 1e-9)) best = { to, gain };
      }
      if (!best) continue;
      arrangement.move(group.units, best.to);
      moved = true;
    }
    if (!moved) return;
  }
}

/** What moves at once, and is not too much for one part. */
const movableGroups = (
  { sizes, most, changesOf }: DivisionProblem,
  places: PlaceTree,
): MovableGroup[] =>
  places
    .groups()
    .filter(({ units }) => units.length === 1 || sum(units.map((unit) => sizes[unit]!)) <= most)
    .map((group) => ({
      ...group,
      changes: [...new Set(group.units.flatMap((unit) => changesOf[unit]!))],
    }));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** The units of each directory, with all that is below it. */
function byDirectory(units: readonly Unit[]): number[][] {
  const below = new Map<string, number[]>();
  for (const [unit, { directory }] of units.entries())
    for (
      let path = directory;
      path !== '';
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    )
      below.set(path, [...(below.get(path) ?? []), unit]);
  return [...below.values()];
}
