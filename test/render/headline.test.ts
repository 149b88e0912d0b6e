import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import type { Oid } from '../../src/domain/refs.ts';
import type { Subject } from '../../src/domain/reports/check.ts';
import { describePolicy, headline } from '../../src/render/headline.ts';
import { checkReport, example, path, subject } from './examples.ts';

const at = (...names: string[]): Finding[] =>
  names.map((name) => ({ ...example('owned-by-other'), path: path(name) }));
const of = (findings: Finding[], more: Partial<Subject> = {}, agent = {}): string =>
  headline(checkReport(findings, { subjects: [subject(more)] }, agent));

describe('headline', () => {
  it.each([
    ['some paths', of(at('a', 'b')), 'commit refused: 2 of 12 paths are outside the part of a2'],
    ['one of some', of(at('a')), 'commit refused: 1 of 12 paths is outside the part of a2'],
    [
      'all',
      of(at('a', 'b'), { changes: 2 }),
      'commit refused: all 2 paths are outside the part of a2',
    ],
    [
      'the only one',
      of(at('a'), { changes: 1 }),
      'commit refused: its one path is outside the part of a2',
    ],
    ['a path twice', of(at('a', 'a')), 'commit refused: 1 of 12 paths is outside the part of a2'],
    [
      'no agent',
      of(at('a'), {}, { agent: null }),
      'commit refused: 1 of 12 paths is against the policy',
    ],
    [
      'a push',
      of(at('a'), { kind: 'push' }),
      'push refused: 1 of 12 paths is outside the part of a2',
    ],
    [
      'paths alone',
      of(at('a'), { kind: 'paths' }),
      'change refused: 1 of 12 paths is outside the part of a2',
    ],
    [
      'codes without paths',
      of([example('base-branch-push'), example('foreign-branch-push')], { kind: 'push' }),
      'push refused: base-branch-push and foreign-branch-push',
    ],
    [
      'a warning',
      of([example('branch-stale')]),
      'commit allowed: a2 may change all 12 paths, with 1 warning',
    ],
    ['nothing', of([]), 'commit allowed: a2 may change all 12 paths'],
  ])('of %s', (_what, said, expected) => {
    expect(said).toBe(expected);
  });
});

describe('describePolicy', () => {
  it.each([
    [null, 'none found'],
    [{ ref: 'ownership.yml', oid: null }, 'ownership.yml'],
    [{ ref: 'origin/main', oid: 'abcdef01'.repeat(5) as Oid }, 'origin/main@abcdef0'],
  ])('%j', (policy, words) => {
    expect(describePolicy(policy)).toBe(words);
  });
});
