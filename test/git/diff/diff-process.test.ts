import { describe, expect, it } from 'vitest';
import type { Oid } from '../../../src/domain/refs.ts';
import type { TreePair } from '../../../src/git/diff/diff-pairs.ts';
import {
  type DiffFormat,
  type DiffOutcome,
  DiffProcess,
  TREE_DIFFS,
} from '../../../src/git/diff/diff-process.ts';
import { PATCH_IDS } from '../../../src/git/diff/patch-ids.ts';
import type { Unanswered } from '../../../src/git/process/unanswered.ts';
import { PatchParser, type TreeDiff } from '../../../src/git/diff/patch-parser.ts';
import { commitTo, fleetOf, lines } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

const diffTrees = (
  repository: TestRepository,
  pairs: readonly TreePair[],
): Promise<DiffOutcome[]> => ask(repository, pairs, TREE_DIFFS);

async function ask<Found extends string | object | null>(
  { repo }: TestRepository,
  pairs: readonly TreePair[],
  format: DiffFormat<Found>,
): Promise<(Found | Unanswered)[]> {
  const process = new DiffProcess(repo, format);
  // Asked in two goes, of one process.
  const first = await process.diff(pairs.slice(0, 1));
  const all = [...first, ...(await process.diff(pairs.slice(1)))];
  await process.close();
  return all;
}

const tree = (repository: TestRepository, name: string): Oid =>
  repository.git('rev-parse', `${name}^{tree}`) as Oid;

/** `f 6-7 8-8`: path and hunks, or what stands in their place. */
const words = (diff: TreeDiff | { failed: string } | undefined): string[] => {
  if (!diff || 'failed' in diff) return [String(diff?.failed)];
  return [
    ...diff.changes.map(({ path, hunks, lines: count }) => {
      const places = hunks?.map(({ start, end }) => `${start}-${end}`).join(' ') ?? 'whole';
      return `${path}: ${places} (${count})`;
    }),
    ...diff.removedDirectories.map((path) => `no ${path}/`),
  ];
};

describe('many diffs from one process', () => {
  it('tell the changed lines of text, and that the rest is whole', async () => {
    const repository = fleetOf(
      {
        edit: lines(20),
        bin: '\0a',
        gone: lines(3),
        'dir/a': '1\n',
        'dir/b': '1\n',
        'odd\n"n\t': lines(4),
        end: 'a\nb',
      },
      {
        a: {
          edit: lines(20, { 1: '1\nnew', 6: 'six\nsix', 7: 'seven', 12: '' }).replace('20\n', ''),
          bin: '\0b',
          gone: null,
          added: lines(2),
          empty: '',
          'dir/a': null,
          'dir/b': null,
          'odd\n"n\t': lines(4, { 2: 'two' }),
          end: 'a\nb\n',
        },
        b: {},
      },
    );
    const [main, a] = [tree(repository, 'main'), tree(repository, 'feat/a')];
    const pair = { before: main, after: a };
    const diffs = await diffTrees(repository, [pair, { before: main, after: main }, pair]);
    expect(words(diffs[0])).toEqual([
      'added: whole (2)',
      'bin: whole (0)',
      'dir/a: whole (1)',
      'dir/b: whole (1)',
      'edit: 2-2 6-8 12-13 20-21 (9)',
      'empty: whole (0)',
      'end: 2-3 (2)',
      'gone: whole (3)',
      'odd\n"n\t: 2-3 (2)',
      'no dir/',
    ]);
    expect(words(diffs[1])).toEqual([]);
    expect(diffs[2]).toEqual(diffs[0]);
  });

  it('give the same checksum to the same edit, and to no other', async () => {
    const repository = fleetOf(
      { f: lines(9) },
      {
        a: { f: lines(9, { 3: 'x' }) },
        b: { f: lines(9, { 3: 'x', 8: 'b' }) },
        c: { f: lines(9, { 3: 'y' }) },
      },
    );
    const before = tree(repository, 'main');
    const pairs = ['a', 'b', 'c'].map((name) => ({
      before,
      after: tree(repository, `feat/${name}`),
    }));
    const [a, b, c] = (await diffTrees(repository, pairs)).map((diff) =>
      'failed' in diff ? null : diff.changes[0]!.hunks![0],
    );
    expect(a).toEqual(b);
    expect(a).toMatchObject({ start: 3, end: 4 });
    expect(c).not.toEqual(a);
  });

  it('go on after a pair with a missing object', async () => {
    const repository = fleetOf({ f: lines(9) }, { a: { f: lines(9, { 3: 'x' }) } });
    const before = tree(repository, 'main');
    const index = ['update-index', '--add', '--cacheinfo', `100644,${'e'.repeat(40)},f`];
    repository.git(...index);
    const broken = repository.git('write-tree', '--missing-ok') as Oid;
    const good = { before, after: tree(repository, 'feat/a') };
    const bad = { before, after: broken };
    const lost = { before, after: 'd'.repeat(40) as Oid };
    const pairs = [lost, good, bad, good, lost, good, bad, lost];
    const diffs = await diffTrees(repository, pairs);
    expect(diffs.map((diff) => 'failed' in diff)).toEqual(pairs.map((pair) => pair !== good));
    expect(words(diffs[5])).toEqual(['f: 3-4 (2)']);
  });

  it('find where the new side holds conflict markers, in lines of the old side', async () => {
    const repository = fleetOf({ f: lines(20) }, { a: { f: lines(20, { 5: 'a', 15: '15\na' }) } });
    commitTo(repository, 'main', { f: lines(20, { 5: 'm\nm', 15: '15\nm' }) });
    const [main, a] = [repository.git('rev-parse', 'main'), repository.git('rev-parse', 'feat/a')];
    const merged = repository
      .tryGit('merge-tree', '--write-tree', main, a)
      .stdout.slice(0, 40) as Oid;
    const [diff] = await diffTrees(repository, [
      { before: tree(repository, 'main'), after: merged },
    ]);
    expect([...(diff as TreeDiff).disputed]).toEqual([
      [
        'f',
        [
          [5, 6],
          [17, 17],
        ],
      ],
    ]);
  });
});

describe('the parser', () => {
  const TREES = `${'1'.repeat(40)} ${'2'.repeat(40)}`;
  const entry = (status: string, path: string, modes = '100644 100644'): string =>
    `:${modes} ${'3'.repeat(40)} ${'4'.repeat(40)} ${status}@${path}@`;
  const parse = (text: string, cut: number): TreeDiff[] => {
    const diffs: TreeDiff[] = [];
    const parser = new PatchParser([TREES, TREES], (diff) => diffs.push(diff));
    const bytes = Buffer.from(
      text.replaceAll('@@@', '\x01').replaceAll('@', '\0').replaceAll('\x01', '@@'),
    );
    for (let at = 0; at < bytes.length; at += cut) parser.push(bytes.subarray(at, at + cut));
    parser.end();
    return diffs;
  };

  it('reads the same however the output is cut', () => {
    const patch = [
      'diff --git a/f b/f',
      'index 3333333..4444444 100644',
      '--- a/f',
      '+++ b/f',
      '@@@ -1,3 +1,4 @@@ function',
      ' one',
      `-${TREES}`,
      `+${TREES}`,
      '+diff --git a/x b/x',
      ' three',
      '\\ No newline at end of file',
      '',
    ].join('\n');
    const text = `${TREES}\n${entry('M', 'f')}@${patch}${TREES}\n`;
    const whole = parse(text, text.length);
    expect(whole).toHaveLength(2);
    expect(words(whole[0])).toEqual(['f: 2-3 (3)']);
    expect(words(whole[1])).toEqual([]);
    for (let cut = 1; cut < 60; cut += 1) expect(parse(text, cut)).toEqual(whole);
  });

  it('refuses what it does not know', () => {
    expect(() => parse('something else\n', 99)).toThrow(/unknown form/);
  });

  it('tell patches that are the same from those that are not', async () => {
    const repository = fleetOf(
      { f: lines(30), bin: '\0a' },
      {
        a: { f: lines(30, { 20: 'x' }) },
        moved: { f: `new\n${lines(30)}` },
        both: { f: `new\n${lines(30, { 20: ' x' })}` },
        other: { f: lines(30, { 21: 'x' }) },
        bin: { bin: '\0b' },
      },
    );
    const of = (before: string, after: string): TreePair => ({
      before: tree(repository, before),
      after: tree(repository, after),
    });
    const lost = '1'.repeat(40) as Oid;
    const ids = await ask(
      repository,
      [
        of('main', 'feat/a'),
        of('feat/moved', 'feat/both'),
        of('main', 'feat/other'),
        { before: lost, after: tree(repository, 'main') },
        of('main', 'feat/bin'),
        of('main', 'main'),
        of('main', 'feat/a'),
      ],
      PATCH_IDS,
    );
    expect(ids[0]).toMatch(/^[0-9a-f]{64}$/);
    expect([ids[1], ids[6]]).toEqual([ids[0], ids[0]]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(ids[3]).toMatchObject({ died: false });
    expect(ids.slice(4, 6)).toEqual([null, null]);
  });
});
