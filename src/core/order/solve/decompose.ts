import type { OrderCost } from '../../../domain/reports/order.ts';
import { type Reachability, reachability } from '../../graph/reachability.ts';
import { strongComponents } from '../../graph/strong-components.ts';
import { type Arc, topologicalOrder } from '../../graph/topological-order.ts';
import { type Charge, type Instance, sumOf } from './instance.ts';

/** An instance cut into parts that do not influence each other. */
export interface Decomposition {
  /** Paid in every order: what the dependencies alone decide. */
  readonly fixed: OrderCost;
  /** What is left to decide: parts of two or more vertices, renumbered from 0 in the same order. */
  readonly parts: readonly Part[];
  /** One order of the whole from one order of each part; the costs add up. */
  compose(orders: readonly (readonly number[])[]): number[];
}

export interface Part {
  readonly instance: Instance;
  /** The vertex of the whole, by the number it has in the part. */
  readonly vertices: readonly number[];
}

/**
 * Cuts an instance along its strong components; null when its arcs form a cycle.
 *
 * Leaving a charge of `v` unpaid asks that `v` lands before its causes, which is an arc too. An
 * order exists unless arcs close a cycle, and every cycle stays within one strong component of
 * all arcs, given and asked for: so each component can be solved alone.
 */
export function decompose({ size, charges, arcs }: Instance): Decomposition | null {
  const reach = reachability(size, arcs);
  if (reach === null) return null;
  const open = charges.map((charge) => undecided(charge, reach));
  const fixed = sumOf(open.filter(({ causes }) => causes.some((cause) => cause.length === 0)));
  const live = open.filter(({ causes }) => causes.every((cause) => cause.length > 0));
  const wished = live.flatMap(({ vertex, causes }) =>
    causes.flat().map((member): Arc => [vertex, member]),
  );
  const components = strongComponents(size, [...arcs, ...wished]);
  const home = new Int32Array(size);
  components.forEach((members, at) => members.forEach((vertex) => (home[vertex] = at)));
  const parts = partsOf(components, home, live, arcs);
  const crossing = wished.filter(([vertex, member]) => home[vertex] !== home[member]);
  const compose = (orders: readonly (readonly number[])[]): number[] => {
    const chains = orders.flatMap((order, at) =>
      order.slice(1).map((vertex, before): Arc => {
        const { vertices } = parts[at]!;
        return [vertices[order[before]!]!, vertices[vertex]!];
      }),
    );
    return topologicalOrder(size, [...arcs, ...crossing, ...chains])!;
  };
  return { fixed, parts, compose };
}

/** The charge with its causes as far as the arcs leave them open: without what has landed anyway. */
function undecided(charge: Charge, reach: Reachability): Charge {
  const causes = charge.causes.map((cause) =>
    cause.filter((member) => !reach.has(member, charge.vertex)),
  );
  return { ...charge, causes };
}

function partsOf(
  components: readonly (readonly number[])[],
  home: Int32Array,
  charges: readonly Charge[],
  arcs: readonly Arc[],
): Part[] {
  const local = new Int32Array(home.length);
  for (const members of components) members.forEach((vertex, at) => (local[vertex] = at));
  const drafts = components.map((vertices) => ({
    vertices,
    charges: [] as Charge[],
    arcs: [] as Arc[],
  }));
  for (const [earlier, later] of arcs)
    if (home[earlier] === home[later])
      drafts[home[earlier]!]!.arcs.push([local[earlier]!, local[later]!]);
  for (const { vertex, cost, causes } of charges) {
    // A cause with a member elsewhere is avoided for nothing: the member simply lands later.
    const inside = causes
      .filter((cause) => cause.every((member) => home[member] === home[vertex]))
      .map((cause) => cause.map((member) => local[member]!));
    if (inside.length > 0)
      drafts[home[vertex]!]!.charges.push({ vertex: local[vertex]!, cost, causes: inside });
  }
  return drafts
    .filter(({ vertices }) => vertices.length > 1)
    .map(({ vertices, ...rest }) => ({ vertices, instance: { size: vertices.length, ...rest } }));
}
