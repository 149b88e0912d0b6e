import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areApart } from '../../../src/core/glob/apart.ts';
import { parseGlob } from '../../../src/core/glob/parse.ts';
import type { Pattern } from '../../../src/core/glob/syntax.ts';
import { anyGlob, SMALL_PATHS } from './arbitrary.ts';
import { oracleMatches } from './oracle.ts';

const patternOf = (text: string): Pattern => {
  const parsed = parseGlob(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value.patterns[0]!;
};

describe('patterns told apart by their plain text', () => {
  it.each([
    ['src/**', 'lib/**', true],
    ['src/**', 'src/a', false],
    ['src/**', 'src', false],
    ['**/*.ts', '**/*.md', true],
    ['**/*.ts', 'src/**', false],
    ['a*', 'b*', true],
    ['a*', 'ab*', false],
    ['*/x', '*', true],
    ['?', '??', false],
    ['**/a/b', '**/c/b', true],
    ['[a]', 'b', false],
  ])('%s and %s: %s', (a, b, apart) => {
    expect([areApart(patternOf(a), patternOf(b)), areApart(patternOf(b), patternOf(a))]).toEqual([
      apart,
      apart,
    ]);
  });

  it('share no path', () => {
    const glob = anyGlob.filter((text) => !text.includes('{') && parseGlob(text).ok);
    let apart = 0;
    fc.assert(
      fc.property(glob, glob, (a, b) => {
        if (!areApart(patternOf(a), patternOf(b))) return;
        apart += 1;
        const shared = SMALL_PATHS.find((path) => oracleMatches(a, path) && oracleMatches(b, path));
        expect({ a, b, shared }).toEqual({ a, b });
      }),
      { numRuns: 400, seed: 31 },
    );
    expect(apart).toBeGreaterThan(50);
  });
});
