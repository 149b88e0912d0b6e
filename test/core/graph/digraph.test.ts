import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachability } from '../../../src/core/graph/reachability.ts';
import { shortestCycle } from '../../../src/core/graph/shortest-cycle.ts';
import { strongComponents } from '../../../src/core/graph/strong-components.ts';
import { type Arc, topologicalOrder } from '../../../src/core/graph/topological-order.ts';

const SIZE = 7;
const vertex = fc.nat(SIZE - 1);
const digraphs = fc.array(
  fc.tuple(vertex, vertex).map(([a, b]): Arc => [a, b]),
  { maxLength: 14 },
);

/** Reachability by repeated squaring of the relation: slow, and obviously right. */
function reachable(arcs: readonly Arc[]): boolean[][] {
  const reach = Array.from({ length: SIZE }, () => Array<boolean>(SIZE).fill(false));
  for (const [a, b] of arcs) reach[a]![b] = true;
  for (let via = 0; via < SIZE; via++)
    for (let from = 0; from < SIZE; from++)
      for (let to = 0; to < SIZE; to++)
        if (reach[from]![via] && reach[via]![to]) reach[from]![to] = true;
  return reach;
}

const isCyclic = (arcs: readonly Arc[]): boolean => reachable(arcs).some((row, at) => row[at]!);

describe('topologicalOrder', () => {
  it.each<{ name: string; arcs: Arc[]; rank?: number[]; order: number[] | null }>([
    { name: 'numbers break ties', arcs: [], order: [0, 1, 2, 3] },
    { name: 'arcs come first', arcs: [[3, 0]], order: [1, 2, 3, 0] },
    { name: 'ranks break ties', arcs: [[3, 2]], rank: [3, 2, 0, 1], order: [3, 2, 1, 0] },
    { name: 'an arc given twice counts once', arcs: [[1, 0], [1, 0]], order: [1, 0, 2, 3] }, // prettier-ignore
    { name: 'a cycle has none', arcs: [[0, 1], [1, 0]], order: null }, // prettier-ignore
    { name: 'nor has a loop', arcs: [[2, 2]], order: null },
  ])('$name', ({ arcs, rank, order }) => {
    expect(topologicalOrder(4, arcs, rank)).toEqual(order);
  });

  it('respects all arcs, or there is a cycle', () => {
    fc.assert(
      fc.property(digraphs, (arcs) => {
        const order = topologicalOrder(SIZE, arcs);
        expect(order === null).toBe(isCyclic(arcs));
        if (order === null) return;
        expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
        for (const [a, b] of arcs) expect(order.indexOf(a)).toBeLessThan(order.indexOf(b));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

it('reachability is the transitive closure', () => {
  fc.assert(
    fc.property(digraphs, (arcs) => {
      const closure = reachability(SIZE, arcs);
      const reach = reachable(arcs);
      expect(closure === null).toBe(isCyclic(arcs));
      if (closure === null) return;
      const found = reach.map((row, from) => row.map((_, to) => closure.has(from, to)));
      expect(found).toEqual(reach);
    }),
    { seed: 2, numRuns: 200 },
  );
});

it('reachability spans more than one word of bits', () => {
  const chain = Array.from({ length: 99 }, (_, at): Arc => [at, at + 1]);
  const closure = reachability(100, chain)!;
  expect(closure.has(0, 99)).toBe(true);
  expect(closure.has(63, 64)).toBe(true);
  expect(closure.has(99, 0)).toBe(false);
  expect(closure.has(5, 5)).toBe(false);
});

describe('strongComponents', () => {
  it('are the classes of vertices that reach each other', () => {
    fc.assert(
      fc.property(digraphs, (arcs) => {
        const reach = reachable(arcs);
        const classOf = (a: number): number[] =>
          reach.flatMap((_, b) => (a === b || (reach[a]![b] && reach[b]![a]) ? [b] : []));
        const components = strongComponents(SIZE, arcs);
        for (const component of components) expect(component).toEqual(classOf(component[0]!));
        expect(components.flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
        const firsts = components.map(([first]) => first!);
        expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('of a chain of 50,000 do not exhaust the stack', () => {
    const chain = Array.from({ length: 49_999 }, (_, at): Arc => [at, at + 1]);
    expect(strongComponents(50_000, [...chain, [49_999, 0]])).toHaveLength(1);
  });
});

describe('shortestCycle', () => {
  it.each<{ name: string; arcs: Arc[]; cycle: number[] | null }>([
    { name: 'none', arcs: [[0, 1], [0, 2], [1, 2]], cycle: null }, // prettier-ignore
    { name: 'a loop', arcs: [[0, 1], [1, 0], [3, 3]], cycle: [3] }, // prettier-ignore
    { name: 'the shorter', arcs: [[0, 1], [1, 2], [2, 0], [4, 3], [3, 4]], cycle: [3, 4] }, // prettier-ignore
    { name: 'the lower', arcs: [[5, 4], [4, 5], [2, 3], [3, 2]], cycle: [2, 3] }, // prettier-ignore
  ])('$name', ({ arcs, cycle }) => {
    expect(shortestCycle(6, arcs)).toEqual(cycle);
  });

  it('is a cycle, and none is shorter', () => {
    fc.assert(
      fc.property(digraphs, (arcs) => {
        const cycle = shortestCycle(SIZE, arcs);
        expect(cycle === null).toBe(!isCyclic(arcs));
        if (cycle === null) return;
        const given = new Set(arcs.map(String));
        cycle.forEach((from, at) => {
          expect(given).toContain(String([from, cycle[(at + 1) % cycle.length]]));
        });
        expect(cycle[0]).toBe(Math.min(...cycle));
        expect(cycle.length).toBe(girth(arcs));
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  /** The least number of steps after which some vertex is back where it began. */
  function girth(arcs: readonly Arc[]): number {
    let walks = Array.from({ length: SIZE }, (_, at) => new Set([at]));
    for (let length = 1; ; length++) {
      walks = walks.map(
        (ends) =>
          new Set([...ends].flatMap((end) => arcs.flatMap(([a, b]) => (a === end ? [b] : [])))),
      );
      if (walks.some((ends, start) => ends.has(start))) return length;
    }
  }
});
