import { beforeAll, describe, expect, it } from 'vitest';
import { MERGE_RULES } from '../../../src/domain/landing.ts';
import { type Files, fleetOf, lines, look, pairLines, standings } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

interface Case {
  readonly what: string;
  readonly base: Files;
  readonly a: Files;
  readonly b: Files;
  /** As git merges it. */
  readonly git: string[];
  /** As GitHub does, where that differs. */
  readonly github?: string[];
}

const TEN = { f: lines(10) };

const CASES: Case[] = [
  { what: 'nothing shared', base: TEN, a: { x: '1\n' }, b: { y: '1\n' }, git: [] },
  {
    what: 'lines far apart',
    base: TEN,
    a: { f: lines(10, { 2: 'two' }) },
    b: { f: lines(10, { 8: 'eight' }) },
    git: ['a b: file f'],
  },
  {
    what: 'one line between',
    base: TEN,
    a: { f: lines(10, { 6: 'six' }) },
    b: { f: lines(10, { 8: 'eight' }) },
    git: ['a b: file f'],
  },
  {
    what: 'adjacent lines',
    base: TEN,
    a: { f: lines(10, { 6: 'six' }) },
    b: { f: lines(10, { 7: 'seven' }) },
    git: ['a b: conflict f (contents) 6-7'],
  },
  {
    what: 'an insertion next to an edit',
    base: TEN,
    a: { f: lines(10, { 5: '5\nnew' }) },
    b: { f: lines(10, { 6: 'six' }) },
    git: ['a b: conflict f (contents) 6-6'],
  },
  {
    what: 'an insertion one line before an edit',
    base: TEN,
    a: { f: lines(10, { 5: '5\nnew' }) },
    b: { f: lines(10, { 7: 'seven' }) },
    git: ['a b: file f'],
  },
  {
    what: 'two insertions at one place',
    base: TEN,
    a: { f: lines(10, { 5: '5\nnew' }) },
    b: { f: lines(10, { 5: '5\nother' }) },
    git: ['a b: conflict f (contents) 5-5'],
  },
  {
    what: 'two insertions before the first line',
    base: TEN,
    a: { f: `new\n${lines(10)}` },
    b: { f: `other\n${lines(10)}` },
    git: ['a b: conflict f (contents) 1-1'],
  },
  {
    what: 'the same edit, made twice',
    base: TEN,
    a: { f: lines(10, { 6: 'six' }) },
    b: { f: lines(10, { 6: 'six' }) },
    git: ['a b: file f'],
  },
  {
    what: 'the same edit, and another next to neither',
    base: TEN,
    a: { f: lines(10, { 2: 'two', 6: 'six' }) },
    b: { f: lines(10, { 6: 'six', 9: 'nine' }) },
    git: ['a b: near f'],
  },
  {
    what: 'two disputes in one file',
    base: { f: lines(30) },
    a: { f: lines(30, { 3: 'a', 20: 'a', 21: 'a' }) },
    b: { f: lines(30, { 3: 'b', 22: 'b' }) },
    git: ['a b: conflict f (contents) 3-3 20-22'],
  },
  {
    what: 'the same new file with other content',
    base: TEN,
    a: { n: 'a\n' },
    b: { n: 'b\n' },
    git: ['a b: conflict n (contents)'],
  },
  { what: 'the same new file', base: TEN, a: { n: '1\n' }, b: { n: '1\n' }, git: ['a b: file n'] },
  {
    what: 'delete against change',
    base: TEN,
    a: { f: null },
    b: { f: lines(10, { 6: 'six' }) },
    git: ['a b: conflict f (modify/delete)'],
  },
  { what: 'delete twice', base: TEN, a: { f: null }, b: { f: null }, git: ['a b: file f'] },
  {
    what: 'a rename against a change',
    base: { f: lines(40), k: '1\n' },
    a: { f: null, g: lines(40) },
    b: { f: lines(40, { 9: 'nine' }) },
    git: ['a b: near f'],
  },
  {
    what: 'a rename with a change against a change there',
    base: { f: lines(40), k: '1\n' },
    a: { f: null, g: lines(40, { 9: 'neun' }) },
    b: { f: lines(40, { 9: 'nine' }) },
    git: ['a b: conflict g (contents)'],
  },
  {
    what: 'two renames of one file',
    base: { f: lines(40), k: '1\n' },
    a: { f: null, g: lines(40) },
    b: { f: null, h: lines(40) },
    git: ['a b: conflict f (rename/rename)'],
  },
  {
    what: 'a rename against a deletion',
    base: { f: lines(40), k: '1\n' },
    a: { f: null, g: lines(40) },
    b: { f: null },
    git: ['a b: conflict g (rename/delete)'],
  },
  {
    what: 'a new file in a directory that was renamed',
    base: { 'x/1': lines(9), 'x/2': lines(8), k: '1\n' },
    a: { 'x/1': null, 'x/2': null, 'y/1': lines(9), 'y/2': lines(8) },
    b: { 'x/new': '1\n' },
    git: ['a b: conflict y/new (directory rename suggested)'],
    github: [],
  },
  {
    what: 'a new file deep below a directory that was renamed',
    base: { 'x/1': lines(9), 'x/deep/2': lines(8), k: '1\n' },
    a: { 'x/1': null, 'x/deep/2': null, 'y/1': lines(9), 'y/deep/2': lines(8) },
    b: { 'x/deep/new': '1\n' },
    git: ['a b: conflict y/deep/new (directory rename suggested)'],
    github: [],
  },
  {
    what: 'a new file in a directory that was emptied, not renamed',
    base: { 'x/1': lines(9), k: '1\n' },
    a: { 'x/1': null },
    b: { 'x/new': 'other\n' },
    git: [],
  },
  {
    what: 'a file against a directory',
    base: TEN,
    a: { d: '1\n' },
    b: { 'd/e': '1\n' },
    git: ['a b: conflict d (file/directory)'],
  },
  {
    what: 'binary files',
    base: { f: '\0a' },
    a: { f: '\0b' },
    b: { f: '\0c' },
    git: ['a b: conflict f (binary)'],
  },
  {
    what: 'a name with everything in it',
    base: { 'ä "b"\t\n\\c': lines(9) },
    a: { 'ä "b"\t\n\\c': lines(9, { 4: 'a' }) },
    b: { 'ä "b"\t\n\\c': lines(9, { 5: 'b' }) },
    git: ['a b: conflict ä "b"\t\n\\c (contents) 4-5'],
  },
  {
    what: 'content that looks like a diff',
    base: { f: `-- a\n++ b\n@@ -1 +1 @@\ndiff --git a/f b/f\n${lines(9)}` },
    a: { f: `-- x\n++ b\n@@ -1 +1 @@\ndiff --git a/f b/f\n${lines(9)}` },
    b: { f: `-- a\n++ b\n@@ -1 +1 @@\ndiff --git a/f b/f\n${lines(9, { 9: 'n' })}` },
    git: ['a b: file f'],
  },
  {
    what: 'lines that differ in their end only',
    base: TEN,
    a: { f: lines(10).trimEnd() },
    b: { f: `${lines(10)}11\n` },
    git: ['a b: conflict f (contents) 10-10'],
  },
];

/** All cases in one repository, each in a directory of its own. */
const within = (at: number, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${at}/${path}`, content]));

function fleetOfCases(): TestRepository {
  const base = CASES.map((each, at) => within(at, each.base));
  const branches = CASES.flatMap(({ a, b }, at) => [
    [`${at}-a`, within(at, a)],
    [`${at}-b`, within(at, b)],
  ]);
  return fleetOf(Object.assign({}, ...base) as Files, Object.fromEntries(branches));
}

describe.each(MERGE_RULES)('two branches, as %s merges them', (rules) => {
  let found: string[] = [];
  let standing: string[] = [];
  beforeAll(async () => {
    const report = await look(fleetOfCases(), { rules });
    found = pairLines(report);
    standing = standings(report);
  });

  it.each(CASES.map((each, at) => ({ ...each, at })))('$what', ({ at, git, github = git }) => {
    const own = (lines: readonly string[]): string[] =>
      lines
        .filter((line) => line.startsWith(`${at}-`))
        .map((line) => line.replaceAll(`${at}-`, ''));
    expect(own(standing)).toEqual(['a clean', 'b clean']);
    const expected = rules === 'git' ? git : github;
    expect(own(found).map((line) => line.replaceAll(`${at}/`, ''))).toEqual(expected);
  });

  it('has nothing to say about the rest', () => {
    const pairs = CASES.flatMap(({ git, github }) => (rules === 'git' ? git : (github ?? git)));
    expect(found).toHaveLength(pairs.length);
  });
});

describe('two branches', () => {
  it('conflict over kinds of files: links, modes, submodules', async () => {
    const repository = fleetOf({ f: lines(9), g: lines(8), h: lines(7), i: lines(6) }, {});
    repository.git('reset', '-q', '--hard');
    const index = (name: string, entries: string[]): void => {
      repository.git('switch', '-q', '-C', `feat/${name}`, 'main');
      for (const entry of entries) repository.git('update-index', '--add', '--cacheinfo', entry);
      repository.git('commit', '-q', '-m', name);
      repository.git('switch', '-q', '-f', 'main');
    };
    const blob = repository.run('git', ['hash-object', '-w', '--stdin'], { input: 'new\n' });
    const content = blob.stdout.trim();
    const main = repository.git('rev-parse', 'main');
    index('executable', [`100755,${repository.git('rev-parse', 'main:f')},f`]);
    index('edit', [`100644,${content},f`, `100644,${content},g`, `100644,${content},h`]);
    index('link', [`120000,${content},g`]);
    index('module', [`160000,${main},h`]);
    index('other-module', [`160000,${repository.git('rev-parse', 'feat/link')},h`]);
    const report = await look(repository);
    expect(pairLines(report)).toEqual([
      'edit executable: file f',
      'edit link: conflict g (distinct modes)',
      'edit module: conflict h (distinct modes)',
      'edit other-module: conflict h (distinct modes)',
      'module other-module: conflict h (submodule not initialized)',
    ]);
  });

  it('are told about names that only differ by case', async () => {
    const repository = fleetOf(TEN, {
      a: { 'src/Parser.ts': '1\n' },
      b: { 'src/parser.ts': '2\n' },
    });
    const { data } = await look(repository);
    expect(data.pairs).toEqual([]);
    expect(data.hints).toMatchInlineSnapshot(`
      [
        {
          "kind": "case-only",
          "message": "feat/a adds src/Parser.ts, feat/b adds src/parser.ts: one file on macOS and Windows",
          "paths": [
            "src/Parser.ts",
            "src/parser.ts",
          ],
          "refs": [
            "feat/a",
            "feat/b",
          ],
        },
      ]
    `);
  });

  it('have conflicts called mechanical that a command settles', async () => {
    const lock = 'web/package-lock.json';
    const repository = fleetOf(
      { [lock]: lines(9), f: lines(9) },
      {
        a: { [lock]: lines(9, { 4: 'a' }), f: 'a\n' },
        b: { [lock]: lines(9, { 4: 'b' }), f: 'b\n' },
      },
    );
    const { data } = await look(repository);
    expect(data.pairs[0]?.conflicts).toEqual([
      { path: 'f', kind: 'CONFLICT (contents)', lines: [[1, 9]], mechanical: false },
      {
        path: 'web/package-lock.json',
        kind: 'CONFLICT (contents)',
        lines: [[4, 4]],
        mechanical: true,
      },
    ]);
  });
});
