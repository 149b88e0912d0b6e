import {
  type Charge,
  type Instance,
  isPaid,
  type Objective,
  positionsOf,
  priceOf,
} from './instance.ts';

/**
 * Moves single branches forward while that lowers the cost, or keeps it and puts an older branch
 * before a younger one that it conflicts with. In the answer no such move is left.
 */
export function improveByLocalSearch(
  instance: Instance,
  order: readonly number[],
  objective: Objective,
): number[] {
  const better = [...order];
  const surroundings = surroundingsOf(instance);
  let position = positionsOf(better);
  for (let moved = true; moved;) {
    moved = false;
    for (let vertex = 0; vertex < instance.size; vertex++) {
      const rival = bestToPass(vertex, surroundings[vertex]!, position, objective);
      if (rival === null) continue;
      better.splice(position[rival]!, 0, ...better.splice(position[vertex]!, 1));
      position = positionsOf(better);
      moved = true;
    }
  }
  return better;
}

/** What decides where one vertex can move, and what a move changes. */
interface Surroundings {
  readonly mustFollow: ReadonlySet<number>;
  /** Charges of the vertex itself, and those it is a cause of. */
  readonly charges: readonly Charge[];
  /** Who else is part of these charges: nothing changes until one of them is passed. */
  readonly rivals: ReadonlySet<number>;
}

function surroundingsOf({ size, charges, arcs }: Instance): Surroundings[] {
  const drafts = Array.from({ length: size }, () => ({
    mustFollow: new Set<number>(),
    charges: new Set<Charge>(),
    rivals: new Set<number>(),
  }));
  for (const [earlier, later] of arcs) drafts[later]!.mustFollow.add(earlier);
  for (const charge of charges) {
    const own = drafts[charge.vertex]!;
    own.charges.add(charge);
    for (const member of charge.causes.flat()) {
      drafts[member]!.charges.add(charge);
      drafts[member]!.rivals.add(charge.vertex);
      own.rivals.add(member);
    }
  }
  return drafts.map((draft) => ({ ...draft, charges: [...draft.charges] }));
}

/**
 * The rival to land just before: where it costs least, and of places that cost the same the
 * foremost that a younger rival holds. Null to stay.
 */
function bestToPass(
  vertex: number,
  { mustFollow, charges, rivals }: Surroundings,
  position: number[],
  objective: Objective,
): number | null {
  const home = position[vertex]!;
  const barrier = Math.max(-1, ...[...mustFollow].map((earlier) => position[earlier]!));
  const ahead = [...rivals]
    .filter((rival) => position[rival]! < home && position[rival]! > barrier)
    .sort((a, b) => position[b]! - position[a]!);
  const price = (): number =>
    charges.reduce(
      (sum, charge) => sum + (isPaid(charge, position) ? priceOf(charge.cost, objective) : 0),
      0,
    );
  let lowest = price();
  let best: number | null = null;
  for (const rival of ahead) {
    position[vertex] = position[rival]! - 0.5;
    const current = price();
    if (current > lowest || (current === lowest && rival < vertex)) continue;
    lowest = current;
    best = rival;
  }
  position[vertex] = home;
  return best;
}
