import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cliqueCover } from '../../../src/core/graph/clique-cover.ts';
import { heaviestIndependentSet } from '../../../src/core/graph/independent-set.ts';
import { reduce } from '../../../src/core/graph/reductions.ts';
import { WeightedGraph } from '../../../src/core/graph/weighted-graph.ts';

interface Sample {
  readonly weights: readonly number[];
  readonly edges: readonly (readonly [number, number])[];
}

/** Small graphs from a forest to nearly complete; weights all alike, close together or far apart. */
const samples = fc.integer({ min: 1, max: 11 }).chain((size) => {
  const vertex = fc.nat(size - 1);
  const weights = fc
    .constantFrom<[number, number]>([1, 1], [1000, 1004], [1, 40])
    .chain(([min, max]) =>
      fc.array(fc.integer({ min, max }), { minLength: size, maxLength: size }),
    );
  const edges = fc.nat(size * 3).chain((count) => {
    return fc.array(fc.tuple(vertex, vertex), { minLength: count, maxLength: count });
  });
  return fc.record<Sample>({ weights, edges });
});

function graphOf({ weights, edges }: Sample): WeightedGraph {
  const graph = new WeightedGraph();
  weights.forEach((weight, vertex) => graph.add(vertex, weight));
  for (const [a, b] of edges) graph.connect(a, b);
  return graph;
}

/** By all subsets. */
function heaviestWeight({ weights, edges }: Sample): number {
  let best = 0;
  for (let mask = 0; mask < 1 << weights.length; mask++) {
    const taken = (vertex: number): boolean => (mask & (1 << vertex)) !== 0;
    if (edges.some(([a, b]) => a !== b && taken(a) && taken(b))) continue;
    best = Math.max(best, weigh(weights, [...weights.keys()].filter(taken)));
  }
  return best;
}

const weigh = (weights: readonly number[], members: readonly number[]): number =>
  members.reduce((sum, vertex) => sum + weights[vertex]!, 0);

function expectIndependent({ edges }: Sample, members: readonly number[]): void {
  const set = new Set(members);
  expect(set.size).toBe(members.length);
  expect(edges.filter(([a, b]) => a !== b && set.has(a) && set.has(b))).toEqual([]);
}

describe('the heaviest independent set', () => {
  it('is as heavy as the heaviest of all subsets', () => {
    fc.assert(
      fc.property(samples, (sample) => {
        const best = heaviestWeight(sample);
        const found = heaviestIndependentSet(graphOf(sample), { steps: 1e6 });
        expectIndependent(sample, found.members);
        expect(weigh(sample.weights, found.members)).toBe(best);
        expect(found.bound).toBe(best);
      }),
      { seed: 1, numRuns: 800 },
    );
  });

  it('is bounded from above however early the search ends', () => {
    fc.assert(
      fc.property(samples, fc.nat(60), (sample, steps) => {
        const found = heaviestIndependentSet(graphOf(sample), { steps });
        expectIndependent(sample, found.members);
        expect(weigh(sample.weights, found.members)).toBeGreaterThanOrEqual(found.weight);
        expect(found.bound).toBeGreaterThanOrEqual(heaviestWeight(sample));
      }),
      { seed: 2, numRuns: 400 },
    );
  });
});

it('reductions keep a heaviest set within reach, and restore it', () => {
  fc.assert(
    fc.property(samples, (sample) => {
      const graph = graphOf(sample);
      const { offset, restore } = reduce(graph);
      const kernel = [...graph.vertices()];
      let best: number[] = [];
      for (let mask = 0; mask < 1 << kernel.length; mask++) {
        const members = kernel.filter((_, at) => mask & (1 << at));
        const apart = members.every((a) => !members.some((b) => graph.neighbors(a).has(b)));
        const weight = (set: readonly number[]): number =>
          set.reduce((sum, vertex) => sum + graph.weight(vertex), 0);
        if (apart && weight(members) > weight(best)) best = members;
      }
      const weight = best.reduce((sum, vertex) => sum + graph.weight(vertex), offset);
      const members = new Set(best);
      restore(members);
      expectIndependent(sample, [...members]);
      expect(weigh(sample.weights, [...members])).toBe(weight);
      expect(weight).toBe(heaviestWeight(sample));
    }),
    { seed: 3, numRuns: 500 },
  );
});

it('reductions alone solve a long path and a large clique', () => {
  const path = graphOf({
    weights: Array.from({ length: 5_000 }, (_, at) => 1 + (at % 3)),
    edges: Array.from({ length: 4_999 }, (_, at) => [at, at + 1] as const),
  });
  reduce(path);
  expect(path.size).toBe(0);
  const clique = graphOf({
    weights: Array.from({ length: 60 }, (_, at) => at + 1),
    edges: Array.from({ length: 3_600 }, (_, at) => [at % 60, Math.floor(at / 60)] as const),
  });
  expect(reduce(clique).offset).toBe(60);
  expect(clique.size).toBe(0);
});

it('a cover by cliques is never lighter than an independent set', () => {
  fc.assert(
    fc.property(samples, (sample) => {
      expect(cliqueCover(graphOf(sample))).toBeGreaterThanOrEqual(heaviestWeight(sample));
    }),
    { seed: 4, numRuns: 300 },
  );
});
