import { describe, expect, it } from 'vitest';
import { findCandidates } from '../../../src/core/overlap/candidates.ts';
import { isIsolated, isNear, needsMerge } from '../../../src/core/overlap/is-near.ts';
import { pairContent } from '../../../src/core/overlap/pair-content.ts';
import type { Entry, Mode } from '../../../src/domain/change.ts';
import type { FileChange, Footprint, Hunk } from '../../../src/domain/footprint.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import type { Oid } from '../../../src/domain/refs.ts';

const entry = (oid: string, mode: Mode = '100644'): Entry => ({ mode, oid: oid as Oid });

interface Change {
  readonly before?: Entry | null;
  readonly after?: Entry | null;
  readonly hunks?: readonly Hunk[] | null;
}

const change = (path: string, { before, after, hunks }: Change = {}): FileChange => ({
  path: path as RepoPath,
  before: before === undefined ? entry('base') : before,
  after: after === undefined ? entry('new') : after,
  lines: 1,
  hunks: hunks === undefined ? [] : hunks,
});

const footprint = (changes: readonly FileChange[], removed: readonly string[] = []): Footprint => ({
  changes,
  removedDirectories: removed as RepoPath[],
});

const added = (path: string): FileChange => change(path, { before: null, hunks: null });
const gone = (path: string): FileChange => change(path, { after: null, hunks: null });

const pairs = (footprints: (Footprint | null)[]): string[] =>
  findCandidates(footprints).map(
    ({ a, b, shared, structural }) =>
      `${a} ${b}: ${shared.map(({ path }) => path).join(' ')}${structural ? ' !' : ''}`,
  );

describe('the pairs worth looking into', () => {
  it.each<[string, (Footprint | null)[], string[]]>([
    ['nothing shared', [footprint([change('a')]), footprint([change('b')])], []],
    [
      'shared paths, sorted',
      [footprint([change('b'), change('a')]), footprint([change('a'), change('b')])],
      ['0 1: a b'],
    ],
    [
      'three on one path',
      [footprint([change('a')]), footprint([change('a')]), footprint([change('a')])],
      ['0 1: a', '0 2: a', '1 2: a'],
    ],
    [
      'those that take no part',
      [footprint([change('a')]), null, footprint([change('a')])],
      ['0 2: a'],
    ],
    [
      'a file against a directory',
      [footprint([added('a')]), footprint([added('a/b/c')])],
      ['0 1:  !'],
    ],
    ['a name that only begins alike', [footprint([added('a')]), footprint([added('ab/c')])], []],
    [
      'an addition to a removed directory',
      [footprint([gone('x/1')], ['x']), footprint([added('x/deep/2')])],
      ['0 1:  !'],
    ],
    [
      'a change in a removed directory',
      [footprint([gone('x/1')], ['x']), footprint([change('x/1')])],
      ['0 1: x/1'],
    ],
    ['an own addition to it', [footprint([gone('x/1'), added('x/2')], ['x'])], []],
    [
      'an addition next to a removed directory',
      [footprint([gone('x/1')], ['x']), footprint([added('xy/2')])],
      [],
    ],
  ])('%s', (_, footprints, expected) => {
    expect(pairs(footprints)).toEqual(expected);
    const size = footprints.length;
    const turned = findCandidates(footprints.toReversed()).map(({ a, b }) => [
      size - 1 - b,
      size - 1 - a,
    ]);
    const straight = findCandidates(footprints).map(({ a, b }) => [a, b]);
    expect(turned.sort()).toEqual(straight.sort());
  });

  it('include branches that know each other, unless one takes no part', () => {
    const footprints = [footprint([change('a')]), footprint([change('b')]), null];
    expect(
      findCandidates(footprints, [
        [0, 1],
        [1, 2],
      ]),
    ).toEqual([{ a: 0, b: 1, shared: [], structural: true }]);
  });
});

const touching = { a: [{ start: 6, end: 7, text: 1 }], b: [{ start: 7, end: 8, text: 2 }] };
const apart = { a: [{ start: 6, end: 7, text: 1 }], b: [{ start: 9, end: 10, text: 2 }] };
const link = entry('base', '120000');

describe('one file that two branches change', () => {
  it.each<[string, Change, Change, { near: boolean; isolated: boolean }]>([
    [
      'lines apart',
      { hunks: apart.a },
      { after: entry('x'), hunks: apart.b },
      { near: false, isolated: true },
    ],
    [
      'lines that touch',
      { hunks: touching.a },
      { after: entry('x'), hunks: touching.b },
      { near: true, isolated: true },
    ],
    [
      'the same outcome',
      { hunks: touching.a },
      { hunks: touching.a },
      { near: false, isolated: true },
    ],
    ['binary', { hunks: null }, { after: entry('x'), hunks: null }, { near: true, isolated: true }],
    [
      'mode against lines',
      { after: entry('base', '100755') },
      { hunks: touching.b },
      { near: false, isolated: true },
    ],
    [
      'mode against binary',
      { after: entry('base', '100755') },
      { hunks: null },
      { near: false, isolated: true },
    ],
    [
      'mode against deletion',
      { after: entry('base', '100755') },
      { after: null, hunks: null },
      { near: true, isolated: false },
    ],
    [
      'mode against a link',
      { after: entry('base', '100755') },
      { after: entry('l', '120000'), hunks: null },
      { near: true, isolated: true },
    ],
    [
      'the same content as a link',
      { after: link, hunks: null },
      { hunks: touching.b },
      { near: true, isolated: true },
    ],
    [
      'delete against change',
      { after: null, hunks: null },
      { hunks: touching.b },
      { near: true, isolated: false },
    ],
    [
      'deleted twice',
      { after: null, hunks: null },
      { after: null, hunks: null },
      { near: false, isolated: false },
    ],
    [
      'added twice',
      { before: null, hunks: null },
      { before: null, after: entry('x'), hunks: null },
      { near: true, isolated: false },
    ],
  ])('%s', (_, a, b, { near, isolated }) => {
    const [candidate] = findCandidates([footprint([change('f', a)]), footprint([change('f', b)])]);
    expect(isNear(candidate!.shared[0]!)).toBe(near);
    expect(isIsolated(candidate!)).toBe(isolated);
    expect(needsMerge(candidate!, false)).toBe(near || !isolated);
    expect(needsMerge(candidate!, true)).toBe(true);
    expect(pairContent(candidate!) === null).toBe(!isolated);
  });

  it('is known by what it holds where it comes close, whatever else changed', () => {
    const content = (extra: FileChange[], hunks: readonly Hunk[] = touching.b): string | null => {
      const one = footprint([change('f', { hunks: touching.a })]);
      const other = footprint([change('f', { after: entry('x'), hunks }), ...extra]);
      return pairContent(findCandidates([one, other])[0]!);
    };
    expect(content([])).toBe(content([added('elsewhere')]));
    expect(content([])).not.toBe(content([], apart.b));
  });
});
