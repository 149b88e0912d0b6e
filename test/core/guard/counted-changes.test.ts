import { expect, it } from 'vitest';
import { countedChanges } from '../../../src/core/guard/limits.ts';
import { type Change, type Entry, operationOf } from '../../../src/domain/change.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import type { Oid } from '../../../src/domain/refs.ts';
import { ownershipOf } from '../../support/policy.ts';

const POLICY = `version: 1
base: main
agents: { a1: { owns: ['**'] } }
derived: { lockfile: { paths: ['package-lock.json'], when: ['package.json'] } }
limits: { lines: 300, exclude: ['**/*.snap'], tests: TESTS }
`;

const entry = (content: string | null): Entry | null =>
  content === null ? null : { mode: '100644', oid: content.padEnd(40, '0') as Oid };

const change = (path: string, from: string | null, to: string | null): Change => {
  const [before, after] = [entry(from), entry(to)];
  return { path: path as RepoPath, operation: operationOf(before, after), before, after };
};

const counted = (tests: boolean, ...changes: Change[]): string[] =>
  countedChanges(ownershipOf(POLICY.replace('TESTS', String(tests))), changes).map(
    ({ path }) => path,
  );

it.each<[string, Change[], string[]]>([
  ['a changed file', [change('src/a.ts', '1', '2')], ['src/a.ts']],
  ['a new file', [change('src/a.ts', null, '2')], ['src/a.ts']],
  ['a file that goes away', [change('src/a.ts', '1', null)], []],
  ['a file that moves', [change('src/a.ts', '1', null), change('src/b.ts', null, '1')], []],
  [
    'one that moves and changes',
    [change('src/a.ts', '1', null), change('src/b.ts', null, '2')],
    ['src/b.ts'],
  ],
  ['what is derived', [change('package-lock.json', '1', '2')], []],
  ['what the policy leaves out', [change('src/__snapshots__/a.snap', '1', '2')], []],
])('the size of a branch, of %s', (_, changes, expected) => {
  expect(counted(true, ...changes)).toEqual(expected);
});

it('leaves tests out where the policy says so, by where they are and how they are called', () => {
  const paths = [
    ...['tests/a.py', 'pkg/x_test.go', 'src/a.spec.ts', 'src/__tests__/a.js', 'pkg/test_a.py'],
    ...['src/latest.ts', 'src/contest/a.ts', 'src/testing.go'],
  ];
  const changes = paths.map((path) => change(path, '1', '2'));
  expect(counted(true, ...changes)).toEqual(paths);
  expect(counted(false, ...changes)).toEqual([
    'src/latest.ts',
    'src/contest/a.ts',
    'src/testing.go',
  ]);
});
