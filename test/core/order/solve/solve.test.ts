import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderOf } from '../../../../src/core/order/order.ts';
import { compareCosts } from '../../../../src/core/order/solve/instance.ts';
import { LIMITS, type SolveLimits } from '../../../../src/core/order/solve/solve.ts';
import {
  BASELINES,
  type OrderData,
  type OrderProblem,
} from '../../../../src/domain/reports/order.ts';
import {
  after,
  bestBySubsets,
  bestOfAllOrders,
  branch,
  conflict,
  file,
  priceOfOrder,
  problem,
  problems,
  tangles,
} from '../support.ts';

function solved(fleet: OrderProblem, limits: SolveLimits = LIMITS): OrderData {
  const answer = orderOf(fleet, 'merge', limits);
  if (!answer.ok) throw new Error('a cycle');
  return answer.value;
}

const refs = (data: OrderData): string[] => data.order.map(({ ref }) => ref);

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${at}`);

const pairsOf = (names: readonly string[]): [string, string][] =>
  names.flatMap((a, at) => names.slice(at + 1).map((b): [string, string] => [a, b]));

describe('against every permutation', () => {
  const expectBest = (fleet: OrderProblem, limits: SolveLimits): void => {
    const best = bestOfAllOrders(fleet);
    const data = solved(fleet, limits);
    expect(data.cost).toEqual(best.branches);
    expect(data.bound).toEqual(best.branches);
    expect(data.optimal).toBe(true);
    expect(priceOfOrder(fleet, refs(data))).toEqual(best.branches);
    const { fewestLines } = data;
    if (fewestLines === null) expect(data.cost.lines).toBe(best.lines.lines);
    else {
      expect(fewestLines).toMatchObject({ cost: best.lines, bound: best.lines, optimal: true });
      expect(priceOfOrder(fleet, fewestLines.order)).toEqual(best.lines);
    }
  };

  it('no order is cheaper, in branches or in lines', () => {
    fc.assert(
      fc.property(problems({ min: 1, max: 7 }), (fleet) => expectBest(fleet, LIMITS)),
      { seed: 1, numRuns: 400 },
    );
    fc.assert(
      fc.property(problems({ min: 8, max: 8 }), (fleet) => expectBest(fleet, LIMITS)),
      { seed: 2, numRuns: 12 },
    );
  });

  it('branch and bound alone finds the same', () => {
    const limits = { steps: 1e7, subsets: 1 };
    fc.assert(
      fc.property(problems({ min: 4, max: 7 }), (fleet) => expectBest(fleet, limits)),
      { seed: 3, numRuns: 100 },
    );
    fc.assert(
      fc.property(tangles({ min: 4, max: 7 }), (fleet) => expectBest(fleet, limits)),
      { seed: 4, numRuns: 100 },
    );
  });

  it('however early the search is cut short, its bound holds and its order is no worse than the usual ones', () => {
    fc.assert(
      fc.property(tangles({ min: 4, max: 7 }), fc.nat(2_000), (fleet, steps) => {
        const best = bestOfAllOrders(fleet);
        const data = solved(fleet, { steps, subsets: 1 });
        expect(priceOfOrder(fleet, refs(data))).toEqual(data.cost);
        for (const unit of ['branches', 'lines'] as const) {
          expect(data.bound[unit]).toBeLessThanOrEqual(best.branches[unit]);
          if (data.fewestLines)
            expect(data.fewestLines.bound[unit]).toBeLessThanOrEqual(best.lines[unit]);
        }
        if (data.optimal) expect(data.cost).toEqual(best.branches);
        for (const name of BASELINES)
          expect(compareCosts(data.cost, data.baselines[name])).toBeLessThanOrEqual(0);
      }),
      { seed: 5, numRuns: 400 },
    );
  });
});

describe('where there are too many permutations', () => {
  it('is exact', () => {
    fc.assert(
      fc.property(problems({ min: 10, max: 12 }), (fleet) => {
        const best = bestBySubsets(fleet);
        expect(solved(fleet)).toMatchObject({ cost: best, bound: best, optimal: true });
      }),
      { seed: 6, numRuns: 15 },
    );
  });

  it('never bounds too high', () => {
    fc.assert(
      fc.property(tangles({ min: 12, max: 12 }), fc.nat(1_000), (fleet, steps) => {
        const best = bestBySubsets(fleet);
        const { bound } = solved(fleet, { steps, subsets: 1 });
        expect(bound.branches).toBeLessThanOrEqual(best.branches);
        expect(bound.lines).toBeLessThanOrEqual(best.lines);
      }),
      { seed: 9, numRuns: 60 },
    );
  });

  it('proves how many branches even where it cannot prove the lines', () => {
    const names = numbered('b', 200);
    let random = 7;
    const next = (below: number): number => {
      random = (random * 48_271) % 2_147_483_647;
      return random % below;
    };
    const pairs = pairsOf(names).filter(() => next(400) < 7);
    // A branch changes as many lines of a file wherever it collides there.
    const lines = (name: string, at: number): number => (Number(name.slice(1)) * (at + 7)) % 31;
    const dear = pairs.map(([a, b]) => {
      const files = [next(3), next(3)].map((at) => file(`f${at}`, [lines(a, at), lines(b, at)]));
      return conflict(a, b, ...files.slice(0, files[0]!.path === files[1]!.path ? 1 : 2));
    });
    const alike = pairs.map(([a, b]) => conflict(a, b, file('one.lock')));
    const easy = solved(problem(names, { conflicts: alike }));
    const hard = solved(problem(names, { conflicts: dear }), { steps: 20_000, subsets: 1 });
    expect([easy.optimal, hard.optimal]).toEqual([true, false]);
    expect(hard.bound.branches).toBe(easy.cost.branches);
    expect(hard.cost.branches).toBe(easy.cost.branches);
  });
});

describe('fixtures', () => {
  it('fewest conflicts first is beaten where few conflicts block many branches', () => {
    const [many, few, hubs] = [numbered('many', 4), ['few0', 'few1'], ['hub0', 'hub1']];
    const conflicts = [
      conflict('few0', 'many0'),
      conflict('few0', 'many1'),
      conflict('few1', 'many2'),
      conflict('few1', 'many3'),
      conflict('hub0', 'hub1'),
      ...hubs.flatMap((hub) => many.map((each) => conflict(hub, each))),
    ];
    const data = solved(problem([...few, ...hubs, ...many], { conflicts }));
    expect(data.waves[0]).toEqual(many);
    expect(data).toMatchObject({ cost: { branches: 4 }, optimal: true });
    expect(data.baselines['fewest-conflicts-first'].branches).toBe(6);
  });

  it('a hub is reworked instead of all it touches', () => {
    const leaves = numbered('leaf', 20);
    const conflicts = leaves.map((leaf) => conflict('hub', leaf, file('list.ts', [40, 1])));
    const data = solved(problem(['hub', ...leaves], { conflicts }));
    expect(data).toMatchObject({ cost: { branches: 1, lines: 40 }, optimal: true, hunks: 20 });
    expect(data.waves).toEqual([leaves, ['hub']]);
    expect(data.fewestLines?.cost).toEqual({ branches: 20, lines: 20 });
    expect(data.baselines['first-come']).toEqual({ branches: 20, lines: 20 });
  });

  it('in a clique of 17 over a lockfile 16 branches make it again, one line each', () => {
    const names = numbered('b', 17);
    const conflicts = pairsOf(names).map(([a, b]) => conflict(a, b, file('npm.lock', [900, 700])));
    const data = solved(problem(names, { conflicts }));
    expect(data).toMatchObject({ cost: { branches: 16, lines: 16 }, optimal: true, hunks: 136 });
    expect(data.waves).toEqual(names.map((name) => [name]));
    expect(data.order[1]!.conflicts[0]).toMatchObject({ mechanical: true, paths: ['npm.lock'] });
  });

  it('within such a clique the order still spares the lines that cost thought', () => {
    const names = numbered('b', 17);
    const shared = file('npm.lock');
    const conflicts = pairsOf(names).map(([a, b]) =>
      a === 'b0' && ['b1', 'b2', 'b3'].includes(b)
        ? conflict(a, b, shared, file('core.ts', [5, 300]))
        : conflict(a, b, shared),
    );
    const data = solved(problem(names, { conflicts }));
    expect(data).toMatchObject({ cost: { branches: 16, lines: 21 }, optimal: true });
    expect(refs(data).indexOf('b0')).toBeGreaterThan(refs(data).indexOf('b3'));
  });

  it('a dependency makes the dear choice the only one', () => {
    const conflicts = [conflict('a', 'b', file('f', [2, 70]))];
    expect(solved(problem(['a', 'b'], { conflicts })).cost).toEqual({ branches: 1, lines: 2 });
    const forced = solved(problem(['a', 'b'], { conflicts, after: [after('b', 'a', 'stacked')] }));
    expect(forced).toMatchObject({ cost: { branches: 1, lines: 70 }, optimal: true });
  });

  it('dependencies that close a ring through conflicts cost a branch', () => {
    const conflicts = [
      conflict('a', 'b'),
      conflict('b', 'leaf of b'),
      conflict('c', 'd'),
      conflict('d', 'leaf of d'),
    ];
    const names = ['a', 'b', 'c', 'd', 'leaf of b', 'leaf of d'];
    expect(solved(problem(names, { conflicts })).cost.branches).toBe(2);
    // With a and c clean: a before b, before c, before d, before a.
    const ring = solved(problem(names, { conflicts, after: [after('c', 'b'), after('a', 'd')] }));
    expect(ring).toMatchObject({ cost: { branches: 3 }, optimal: true });
  });

  it('both ends of the trade are shown when they differ', () => {
    const big = branch('big', { date: 0, lines: 500 });
    const conflicts = ['x', 'y'].map((other) => conflict('big', other, file('f', [500, 3])));
    const data = solved(problem([big, 'x', 'y'], { conflicts }));
    expect(data.cost).toEqual({ branches: 1, lines: 500 });
    expect(data.fewestLines).toEqual({
      cost: { branches: 2, lines: 6 },
      bound: { branches: 2, lines: 6 },
      optimal: true,
      order: ['big', 'x', 'y'],
    });
  });

  it('equal branches land oldest first, then by name', () => {
    const fleet = [branch('b', { date: 5 }), branch('a', { date: 5 }), branch('c', { date: 1 })];
    const conflicts = pairsOf(['a', 'b', 'c']).map(([a, b]) => conflict(a, b));
    expect(refs(solved(problem(fleet, { conflicts })))).toEqual(['c', 'a', 'b']);
  });

  it('nothing to order costs nothing', () => {
    const data = solved(problem([]));
    expect(data).toMatchObject({ order: [], waves: [], cost: { branches: 0, lines: 0 } });
    expect(data.optimal).toBe(true);
  });
});

describe('at scale', () => {
  /** In a forest, taking leaves first is optimal: n - alpha by an independent way. */
  function reworkInForest(names: readonly string[], pairs: readonly [string, string][]): number {
    const neighbors = new Map(names.map((name) => [name, new Set<string>()]));
    for (const [a, b] of pairs) {
      neighbors.get(a)!.add(b);
      neighbors.get(b)!.add(a);
    }
    let clean = 0;
    while (neighbors.size > 0) {
      const leaf = [...neighbors].find(([, around]) => around.size <= 1)![0];
      clean++;
      for (const gone of [...neighbors.get(leaf)!, leaf]) {
        for (const other of neighbors.get(gone)!) neighbors.get(other)?.delete(gone);
        neighbors.delete(gone);
      }
    }
    return names.length - clean;
  }

  it('proves a tree of 1,000 branches, each conflict in its own file', () => {
    const names = numbered('b', 1_000);
    let random = 1;
    const pairs = names.slice(1).map((name, at): [string, string] => {
      random = (random * 48_271) % 2_147_483_647;
      return [names[Math.max(0, at - (random % 4))]!, name];
    });
    const conflicts = pairs.map(([a, b], at) =>
      conflict(a, b, file(`f${at}`, [(at * 7) % 31, (at * 11) % 37])),
    );
    const data = solved(problem(names, { conflicts }));
    expect(data.cost.branches).toBe(reworkInForest(names, pairs));
    expect(data.optimal).toBe(true);
    expect(data.fewestLines?.optimal).toBe(true);
    expect(priceOfOrder(problem(names, { conflicts }), refs(data))).toEqual(data.cost);
  });
});
