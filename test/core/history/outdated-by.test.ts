import { expect, it } from 'vitest';
import { outdatedBy } from '../../../src/core/history/outdated-by.ts';

/**
 * The base is e; d merged x, which began at b:
 *
 *     a - b - c - d - e
 *          \     /
 *           x --'
 */
const firstParents = new Map<string, string | undefined>([
  ['e', 'd'],
  ['d', 'c'],
  ['c', 'b'],
  ['x', 'b'],
  ['b', 'a'],
]);
const ancestors: Record<string, string> = {
  a: 'a',
  b: 'ab',
  c: 'abc',
  d: 'abcdx',
  e: 'abcdex',
  x: 'abx',
};
const outdated = (...tips: string[]): (string | null)[] =>
  outdatedBy('e', tips.length, firstParents, (commit) =>
    tips.flatMap((tip, at) => (ancestors[tip]!.includes(commit) ? [at] : [])),
  );

it.each([
  ['e', null],
  ['d', 'e'],
  ['c', 'd'],
  ['b', 'c'],
  // What a merge brought is older than the merge, and did not make anyone out of date.
  ['x', 'c'],
  ['a', 'b'],
])('finds what made %s out of date', (tip, commit) => {
  expect(outdated(tip)).toEqual([commit]);
});

it('answers for many tips at once', () => {
  expect(outdated('e', 'b', 'd', 'a')).toEqual([null, 'c', 'e', 'b']);
  expect(outdated()).toEqual([]);
});

it('ends where the walk ended: everyone reaches what was not visited', () => {
  expect(outdatedBy('e', 1, new Map([['e', 'd']]), () => [])).toEqual(['d']);
});
