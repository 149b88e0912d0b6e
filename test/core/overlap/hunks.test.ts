import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHunksTouch, disputedLines, hunksTouch } from '../../../src/core/overlap/hunks.ts';
import type { Hunk } from '../../../src/domain/footprint.ts';

const hunk = (start: number, end: number, text = 1): Hunk => ({ start, end, text });

describe('two hunks', () => {
  it.each([
    ['the same line', hunk(6, 7), hunk(6, 7), true],
    ['adjacent lines', hunk(6, 7), hunk(7, 8), true],
    ['one line between', hunk(6, 7), hunk(8, 9), false],
    ['an insertion before an edited line', hunk(6, 6), hunk(6, 7), true],
    ['an insertion after an edited line', hunk(7, 7), hunk(6, 7), true],
    ['an insertion one line away', hunk(6, 6), hunk(7, 8), false],
    ['two insertions at one place', hunk(6, 6), hunk(6, 6), true],
    ['two insertions at neighbouring places', hunk(6, 6), hunk(7, 7), false],
    ['one inside the other', hunk(3, 20), hunk(8, 9), true],
  ])('touch or not: %s', (_, a, b, expected) => {
    expect(hunksTouch(a, b)).toBe(expected);
    expect(hunksTouch(b, a)).toBe(expected);
  });
});

/** Hunks as git prints them: sorted, with at least one line between two of them. */
const hunks = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.nat(1)), {
    maxLength: 6,
  })
  .map((parts) => {
    let at = 0;
    return parts.map(([gap, length, text]) => {
      const start = at + gap;
      at = start + length;
      return hunk(start, at, text);
    });
  });

describe('lists of hunks', () => {
  it('touch exactly where some two of them do', () => {
    fc.assert(
      fc.property(hunks, hunks, (a, b) => {
        const expected = a.some((first) => b.some((second) => hunksTouch(first, second)));
        expect(anyHunksTouch(a, b)).toBe(expected);
        expect(anyHunksTouch(b, a)).toBe(expected);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('dispute every line of two that touch, and no line that neither has', () => {
    fc.assert(
      fc.property(hunks, hunks, (a, b) => {
        const lines = disputedLines(a, b).flatMap(([first, last]) =>
          Array.from({ length: last - first + 1 }, (_, at) => first + at),
        );
        const touching = a.flatMap((first) =>
          b
            .filter((second) => hunksTouch(first, second))
            .filter((second) => JSON.stringify(first) !== JSON.stringify(second))
            .flatMap((second) => [first, second]),
        );
        const wanted = new Set(
          touching.flatMap(({ start, end }) =>
            Array.from({ length: end - start }, (_, at) => start + at),
          ),
        );
        for (const line of wanted) expect(lines).toContain(line);
        // An insertion is told by the line before it.
        const near = touching.flatMap(({ start, end }) => [Math.max(start - 1, 1), start, end]);
        for (const line of lines) expect(wanted.has(line) || near.includes(line)).toBe(true);
        expect([...new Set(lines)]).toEqual(lines);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it.each([
    [[hunk(6, 7)], [hunk(7, 8)], [[6, 7]]],
    [[hunk(6, 6)], [hunk(6, 6, 2)], [[5, 5]]],
    [[hunk(1, 1)], [hunk(1, 1, 2)], [[1, 1]]],
    [[hunk(2, 3), hunk(5, 6)], [hunk(3, 5)], [[2, 5]]],
    [
      [hunk(2, 3), hunk(9, 10)],
      [hunk(2, 3, 2), hunk(9, 10, 2)],
      [
        [2, 2],
        [9, 9],
      ],
    ],
    [[hunk(2, 3)], [hunk(2, 3)], []],
  ])('dispute %j and %j: %j', (a, b, expected) => {
    expect(disputedLines(a, b)).toEqual(expected);
  });
});
