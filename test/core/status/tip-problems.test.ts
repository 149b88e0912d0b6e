import { expect, it } from 'vitest';
import { tipProblems } from '../../../src/core/status/tip-problems.ts';

const EXTENT = { ahead: 1, behind: 0, outdatedSince: null, lines: 3, changes: [], shared: false };

it.each([
  ['nothing of a tip that was read', EXTENT, false, null],
  ['nothing of one that nobody asked for', undefined, true, null],
  ['missing objects, and how to see them', 'missing', false, 'git fsck --connectivity-only'],
  ['a shallow clone, and how to deepen it', 'unrelated', true, 'git fetch --unshallow'],
] as const)('says %s', (_, tip, shallow, command) => {
  expect(tipProblems(tip, shallow).flatMap(({ hints }) => hints)).toMatchObject(
    command === null ? [] : [{ command }],
  );
});

it('has no advice for a history of its own', () => {
  expect(tipProblems('unrelated', false)).toMatchObject([
    { message: 'it has no history in common with the base', hints: [] },
  ]);
});
