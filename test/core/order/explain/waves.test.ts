import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderOf } from '../../../../src/core/order/order.ts';
import type { OrderData, OrderProblem } from '../../../../src/domain/reports/order.ts';
import { after, conflict, file, priceOfOrder, problem, problems } from '../support.ts';

function solved(fleet: OrderProblem): OrderData {
  const answer = orderOf(fleet, 'merge');
  if (!answer.ok) throw new Error('a cycle');
  return answer.value;
}

/** One random order in which every branch lands after all it waits for. */
function anyOrder({ order }: OrderData, choices: readonly number[]): string[] {
  const landed: string[] = [];
  while (landed.length < order.length) {
    const ready = order.filter(
      ({ ref, waits }) => !landed.includes(ref) && waits.every((wait) => landed.includes(wait.ref)),
    );
    landed.push(ready[choices[landed.length]! % ready.length]!.ref);
  }
  return landed;
}

describe('waves', () => {
  it('waiting for what is named is enough: any such order costs the same', () => {
    fc.assert(
      fc.property(
        problems({ min: 2, max: 9 }),
        fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
        (fleet, choices) => {
          const data = solved(fleet);
          expect(priceOfOrder(fleet, anyOrder(data, choices))).toEqual(data.cost);
        },
      ),
      { seed: 1, numRuns: 400 },
    );
  });

  it('are the order, cut where something has to be waited for', () => {
    fc.assert(
      fc.property(problems({ min: 2, max: 9 }), (fleet) => {
        const { waves, order } = solved(fleet);
        expect(waves.flat()).toEqual(order.map(({ ref }) => ref));
        const waveOf = new Map(order.map(({ ref, wave }) => [ref, wave]));
        order.forEach((entry, at) => {
          expect(entry.position).toBe(at + 1);
          expect(waves[entry.wave - 1]).toContain(entry.ref);
          // Neither too early nor later than it has to be.
          const waited = entry.waits.map(({ ref }) => waveOf.get(ref)!);
          expect(Math.max(0, ...waited)).toBe(entry.wave - 1);
        });
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('hold no pair that conflicts, and the first one nothing that needs rework', () => {
    fc.assert(
      fc.property(problems({ min: 2, max: 9 }), (fleet) => {
        const { waves, order } = solved(fleet);
        for (const { a, b } of fleet.conflicts)
          expect(waves.some((wave) => wave.includes(a) && wave.includes(b))).toBe(false);
        const first = order.filter(({ wave }) => wave === 1);
        expect(first.every(({ outcome, conflicts }) => outcome === 'clean' && !conflicts[0])).toBe(
          true,
        );
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it.each<{ name: string; fleet: OrderProblem; waves: string[][]; waits: object }>([
    {
      name: 'independent branches land at once',
      fleet: problem(['a', 'b', 'c']),
      waves: [['a', 'b', 'c']],
      waits: {},
    },
    {
      name: 'a conflict makes one wait',
      fleet: problem(['a', 'b', 'c'], { conflicts: [conflict('c', 'a', file('f', [5, 9]))] }),
      waves: [['a', 'b'], ['c']],
      waits: { c: [{ ref: 'a', why: 'conflict' }] },
    },
    {
      name: 'a dependency makes one wait, whatever its age',
      fleet: problem(['a', 'b'], { after: [after('a', 'b', 'stacked')] }),
      waves: [['b'], ['a']],
      waits: { a: [{ ref: 'b', why: 'stacked' }] },
    },
    {
      name: 'a dependency is named before the conflict that it decides',
      fleet: problem(['a', 'b'], { after: [after('b', 'a')], conflicts: [conflict('a', 'b')] }),
      waves: [['a'], ['b']],
      waits: { b: [{ ref: 'a', why: 'declared' }] },
    },
    {
      name: 'a combination is avoided when one of it waits',
      fleet: problem(['a', 'b', 'c'], {
        combinations: [{ earlier: ['a', 'b'], later: 'c', files: [] }],
      }),
      // Who has to do with others comes first in a wave.
      waves: [['c', 'a'], ['b']],
      waits: { b: [{ ref: 'c', why: 'combination' }] },
    },
    {
      name: 'a pair that conflicts is named before a combination it is part of',
      fleet: problem(['c', 'a', 'b'], {
        combinations: [{ earlier: ['a', 'b'], later: 'c', files: [{ ...file('g'), lines: 1 }] }],
        conflicts: [conflict('a', 'c', file('f', [9, 1]))],
        after: [after('c', 'b')],
      }),
      waves: [['a', 'b'], ['c']],
      waits: {
        c: [
          { ref: 'a', why: 'conflict' },
          { ref: 'b', why: 'declared' },
        ],
      },
    },
    {
      name: 'a combination that cannot be avoided is waited for as a whole',
      fleet: problem(['a', 'b', 'c'], {
        combinations: [{ earlier: ['a', 'b'], later: 'c', files: [] }],
        after: [after('c', 'a'), after('c', 'b')],
      }),
      waves: [['a', 'b'], ['c']],
      waits: {
        c: [
          { ref: 'a', why: 'declared' },
          { ref: 'b', why: 'declared' },
        ],
      },
    },
  ])('$name', ({ fleet, waves, waits }) => {
    const data = solved(fleet);
    expect(data.waves).toEqual(waves);
    const waiting = data.order.filter((entry) => entry.waits.length > 0);
    expect(Object.fromEntries(waiting.map((entry) => [entry.ref, entry.waits]))).toEqual(waits);
  });
});

it('of a pair that conflicts, the younger goes first only where that is cheaper', () => {
  fc.assert(
    fc.property(problems({ min: 2, max: 7 }), (fleet) => {
      const { order, cost } = solved(fleet);
      const dates = new Map(fleet.branches.map(({ ref, date }) => [ref, date]));
      const refs = order.map(({ ref }) => ref);
      for (const { a, b } of fleet.conflicts) {
        const [first, second] = [a, b].sort((x, y) => refs.indexOf(x) - refs.indexOf(y));
        if (dates.get(second!)! >= dates.get(first!)!) continue;
        const swapped = refs.filter((ref) => ref !== second);
        swapped.splice(swapped.indexOf(first!), 0, second!);
        const breaks = fleet.after.some(
          ({ earlier, later }) => swapped.indexOf(earlier) > swapped.indexOf(later),
        );
        if (breaks) continue;
        const other = priceOfOrder(fleet, swapped);
        expect(other.branches * 1000 + other.lines).toBeGreaterThan(
          cost.branches * 1000 + cost.lines,
        );
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});
