import { expect, it } from 'vitest';
import { beyondMerging } from '../../../src/core/guard/merge-result.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

it.each<[what: string, files: Record<string, number>, left: string[]]>([
  ['ordinary files', { a: 3_000, b: 20_000, c: 40_000 }, []],
  ['one at the bound', { a: 50_000 }, []],
  ['one above it', { a: 50_001, b: 10 }, ['a']],
  ['two that come to more together', { a: 40_000, b: 40_001 }, ['b']],
  ['as many as fit, short ones first', { a: 49_000, b: 1_000, c: 49_500 }, ['c']],
  ['one that nobody counted', { a: Infinity, b: Infinity, c: 1 }, ['a', 'b']],
  [
    'thousands of short ones',
    Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`f${at}`, 900])),
    [],
  ],
])('files that are not merged: %s', (_what, files, left) => {
  const shared = Object.entries(files).map(([path, lines]) => ({ path: path as RepoPath, lines }));
  expect(beyondMerging(shared)).toEqual(left);
  expect(beyondMerging(shared.reverse())).toEqual(left);
});
