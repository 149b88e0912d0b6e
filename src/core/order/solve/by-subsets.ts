import { type Charge, type Instance, type Objective, priceOf } from './instance.ts';

/**
 * A cheapest order, by dynamic programming over the sets of branches that have landed (Held and
 * Karp 1962): what a branch pays depends on which branches landed before it, not on their order.
 * Time and memory double with every vertex; at most 30 of them.
 */
export function cheapestBySubsets(
  { size, charges, arcs }: Instance,
  objective: Objective,
): number[] {
  const before = new Int32Array(size);
  for (const [earlier, later] of arcs) before[later]! |= 1 << earlier;
  const tolls = tollsOf(size, charges, objective);
  const cheapest = new Float64Array(1 << size).fill(Infinity);
  const last = new Int8Array(1 << size);
  cheapest[0] = 0;
  for (let landed = 0; landed < cheapest.length; landed++) {
    if (cheapest[landed] === Infinity) continue;
    for (let vertex = 0; vertex < size; vertex++) {
      if (landed & (1 << vertex) || (landed & before[vertex]!) !== before[vertex]) continue;
      const next = landed | (1 << vertex);
      const price = cheapest[landed]! + tollAt(tolls[vertex]!, landed);
      if (price >= cheapest[next]!) continue;
      cheapest[next] = price;
      last[next] = vertex;
    }
  }
  const order: number[] = [];
  for (let landed = cheapest.length - 1; landed !== 0; landed &= ~(1 << order[0]!))
    order.unshift(last[landed]!);
  return order;
}

/** A charge as bits: paid when one of the single causes, or all of a larger one, has landed. */
interface Toll {
  readonly price: number;
  readonly any: number;
  readonly all: readonly number[];
}

function tollsOf(size: number, charges: readonly Charge[], objective: Objective): Toll[][] {
  const tolls = Array.from({ length: size }, (): Toll[] => []);
  for (const { vertex, cost, causes } of charges) {
    const masks = causes.map((cause) => cause.reduce((mask, member) => mask | (1 << member), 0));
    tolls[vertex]!.push({
      price: priceOf(cost, objective),
      any: masks.reduce((any, mask, at) => (causes[at]!.length === 1 ? any | mask : any), 0),
      all: masks.filter((_, at) => causes[at]!.length > 1),
    });
  }
  return tolls;
}

function tollAt(tolls: readonly Toll[], landed: number): number {
  let sum = 0;
  for (const { price, any, all } of tolls)
    if ((landed & any) !== 0 || all.some((mask) => (landed & mask) === mask)) sum += price;
  return sum;
}
