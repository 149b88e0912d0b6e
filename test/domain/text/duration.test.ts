import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDistance,
  formatDuration,
  formatMoment,
  parseDuration,
} from '../../../src/domain/text/duration.ts';

describe('parseDuration', () => {
  it.each<[string, number | null]>([
    ['45s', 45_000],
    ['90m', 5_400_000],
    ['2h', 7_200_000],
    ['1h30m', 5_400_000],
    ['1d2h3m4s', 93_784_000],
    ['', null],
    ['0s', null],
    ['0h0m', null],
    ['2', null],
    ['2H', null],
    ['2 h', null],
    [' 2h', null],
    ['2h\n', null],
    ['-2h', null],
    ['1.5h', null],
    ['30m1h', null],
    ['1h1h', null],
    ['9999999d', null],
  ])('%j is %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [-5, '0s'],
    [999, '0s'],
    [45_999, '45s'],
    [60_000, '1m'],
    [4_805_000, '1h 20m'],
    [3_605_000, '1h'],
    [93_784_000, '1d 2h'],
  ])('%s ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('loses less than the smaller of the two units it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 1e12 }), (milliseconds) => {
        const shown = parseDuration(formatDuration(milliseconds).replace(' ', ''))!;
        expect(shown).toBeLessThanOrEqual(milliseconds);
        expect(shown).toBeGreaterThan(milliseconds * 0.95 - 1000);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

it('formatMoment leaves out the milliseconds', () => {
  expect(formatMoment(Date.UTC(2026, 2, 1, 14, 0, 0, 123))).toBe('2026-03-01T14:00:00Z');
});

it.each([
  [5_000, 'in 5s'],
  [999, 'just now'],
  [-999, 'just now'],
  [-1000, '1s ago'],
  [7_200_000, 'in 2h'],
])('formatDistance of %s ms is %s', (distance, text) => {
  const now = Date.UTC(2026, 2, 1);
  expect(formatDistance(now + distance, now)).toBe(text);
});
