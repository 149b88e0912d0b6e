import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRange, overlaps, portsOf, proposeRange } from '../../../src/core/worktrees/ports.ts';

describe('proposeRange', () => {
  it('never overlaps what is taken, and finds a range while there is one', () => {
    const range = fc
      .tuple(fc.integer({ min: 19_990, max: 30_005 }), fc.integer({ min: 0, max: 900 }))
      .map(([first, more]) => ({ first, last: first + more }));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), fc.nat(1_000_000), (taken, start) => {
        const found = proposeRange(taken, start);
        const free = Array.from({ length: 1000 }, (_, index) => ({
          first: 20_000 + index * 10,
          last: 20_009 + index * 10,
        })).filter((block) => !taken.some((each) => overlaps(block, each)));
        if (found === null) expect(free).toEqual([]);
        else expect(free).toContainEqual(found);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('begins where it is told, and goes round', () => {
    expect(proposeRange([], 3)).toEqual({ first: 20_030, last: 20_039 });
    expect(proposeRange([{ first: 29_990, last: 29_999 }], 999)).toEqual({
      first: 20_000,
      last: 20_009,
    });
    expect(proposeRange([{ first: 20_000, last: 29_999 }], 5)).toBeNull();
  });
});

it('lists and names ranges', () => {
  expect(portsOf({ first: 80, last: 83 })).toEqual([80, 81, 82, 83]);
  expect(portsOf({ first: 80, last: 65_535 }, 2)).toEqual([80, 81]);
  expect(
    [
      { first: 80, last: 83 },
      { first: 80, last: 80 },
    ].map(formatRange),
  ).toEqual(['80-83', '80']);
});
