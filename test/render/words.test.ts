import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, count, list, number, pad, wrap } from '../../src/render/words.ts';

describe('number and count', () => {
  it.each([
    [0, '0', '0 paths'],
    [1, '1', '1 path'],
    [4312, '4,312', '4,312 paths'],
    [1_000_000, '1,000,000', '1,000,000 paths'],
  ])('%d', (value, digits, words) => {
    expect(number(value)).toBe(digits);
    expect(count(value, 'path')).toBe(words);
  });

  it('takes a plural of its own', () => {
    expect(count(2, 'branch', 'branches')).toBe('2 branches');
  });
});

describe('list', () => {
  it.each<[string[], number | undefined, string]>([
    [[], undefined, ''],
    [['a'], undefined, 'a'],
    [['a', 'b'], undefined, 'a and b'],
    [['a', 'b', 'c'], undefined, 'a, b and c'],
    [['a', 'b', 'c', 'd'], 2, 'a, b and 2 more'],
    [['a', 'b'], 2, 'a and b'],
  ])('%j, most %j: %s', (items, most, text) => {
    expect(list(items, most)).toBe(text);
  });
});

describe('pad', () => {
  it.each([
    ['a', 3, 'a  '],
    ['abc', 2, 'abc'],
    ['😀', 2, '😀 '],
  ])('%j to %d columns', (text, width, padded) => {
    expect(pad(text, width)).toBe(padded);
  });
});

describe('wrap', () => {
  const word = fc.string({ unit: fc.constantFrom(...'ab/é😀'), minLength: 1, maxLength: 12 });
  const words = fc.array(word, { minLength: 1, maxLength: 15 });

  it('keeps every word whole and in order', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (parts, width) => {
        const lines = wrap(parts.join(' '), width, '  ', '> ');
        expect(lines[0]!.startsWith('> ')).toBe(true);
        expect(lines.slice(1).every((line) => line.startsWith('  '))).toBe(true);
        expect(lines.map((line) => line.slice(2)).join(' ')).toBe(parts.join(' '));
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('passes the width only with a single word', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 40 }), (parts, width) => {
        const long = wrap(parts.join(' '), width, '  ').filter((line) => columns(line) > width);
        expect(long.filter((line) => line.trim().includes(' '))).toEqual([]);
      }),
      { seed: 10, numRuns: 300 },
    );
  });
});
