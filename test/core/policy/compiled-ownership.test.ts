import { expect, it } from 'vitest';
import {
  formatOwnership,
  parseCompiledOwnership,
} from '../../../src/core/policy/compiled-ownership.ts';
import type { Glob, Ownership } from '../../../src/domain/ownership.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import { ownershipOf, POLICY } from '../../support/policy.ts';

const PATHS = [
  'services/core/a',
  'services/core/agent.py',
  'x.local',
  '.claude/a',
  'package.json',
  'notes/É',
];

/** Everything a policy says, with globs as what they match. */
const plain = (ownership: Ownership): unknown =>
  JSON.parse(
    JSON.stringify(ownership, (_key, value: unknown) => {
      if (value instanceof Map) return [...(value as Map<string, unknown>)];
      if (typeof value !== 'object' || value === null || !('matchesFolded' in value)) return value;
      const glob = value as Glob;
      const { text, rule, prefix } = glob;
      return { text, rule, prefix, hits: PATHS.map((path) => glob.matches(path as RepoPath)) };
    }),
  );

it('a policy that is remembered says what the text says', () => {
  const ownership = ownershipOf(POLICY);
  const again = parseCompiledOwnership(formatOwnership(ownership));
  expect(plain(again!)).toEqual(plain(ownership));
  expect(again!.agents.get('a1' as never)?.title).toBe('Core pipeline');
});

it.each([
  ['nothing', ''],
  ['half of it', formatOwnership(ownershipOf(POLICY)).slice(0, 200)],
  ['another form', formatOwnership(ownershipOf(POLICY)).replace(/"format":\d+/, '"format":0')],
  ['a list', '[]'],
  ['null', 'null'],
])('%s is not a policy', (_what, text) => {
  expect(parseCompiledOwnership(text)).toBeNull();
});
