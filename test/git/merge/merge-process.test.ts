import { beforeAll, describe, expect, it } from 'vitest';
import type { Oid } from '../../../src/domain/refs.ts';
import type { Repo } from '../../../src/domain/repo.ts';
import { flushRequest } from '../../../src/git/merge/flush-request.ts';
import {
  type MergeOutcome,
  MergeProcess,
  type MergeRequest,
} from '../../../src/git/merge/merge-process.ts';
import { takeMergeRecord } from '../../../src/git/merge/merge-record.ts';
import { looseCommit } from '../../../src/git/objects/loose-object.ts';
import { gitProcessesStarted } from '../../../src/git/process/run.ts';
import { isAtLeast, parseGitVersion, readGitVersion } from '../../../src/git/process/version.ts';
import { realFiles } from '../../../src/host/files.ts';
import { fleetOf, lines } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

const at = (text: string): Buffer => Buffer.from(text.replaceAll('@', '\0'));
const TREE = '1'.repeat(40);
const BLOB = '2'.repeat(40);

describe('one record of merge-tree --stdin', () => {
  const conflict = `0@${TREE}@100644 ${BLOB} 2\tf g@100644 ${BLOB} 3\tf g@@1@f g@Auto-merging@Auto-merging f g\n@1@f g@CONFLICT (contents)@CONFLICT (content): words\n@@`;

  it.each([
    ['clean', `1@${TREE}@@@`, { clean: true, conflicts: [], unmerged: [] }],
    [
      'clean with messages',
      `1@${TREE}@@1@f@Auto-merging@Auto-merging f\n@@`,
      { clean: true, conflicts: [], unmerged: [] },
    ],
    [
      'clean after all',
      `1@${TREE}@@2@f~${BLOB}@f@CONFLICT (file/directory)@words\n@@`,
      { clean: true, conflicts: [], unmerged: [] },
    ],
    [
      'a conflict',
      conflict,
      {
        clean: false,
        conflicts: [{ kind: 'CONFLICT (contents)', paths: ['f g'] }],
        unmerged: ['f g'],
      },
    ],
    [
      'a conflict about two paths, listing none',
      `0@${TREE}@@2@y/n@x/n@CONFLICT (directory rename suggested)@words\n@@`,
      {
        clean: false,
        conflicts: [{ kind: 'CONFLICT (directory rename suggested)', paths: ['y/n', 'x/n'] }],
        unmerged: [],
      },
    ],
    [
      'a conflict of submodules, with advice outside every field',
      `0@${TREE}@160000 ${BLOB} 2\tlib@@1@lib@CONFLICT (submodule not initialized)@words\n@Recursive merging\n - come back\n@`,
      {
        clean: false,
        conflicts: [{ kind: 'CONFLICT (submodule not initialized)', paths: ['lib'] }],
        unmerged: ['lib'],
      },
    ],
    [
      'a conflict nobody explains',
      `0@${TREE}@100644 ${BLOB} 2\tf@@@`,
      { clean: false, conflicts: [{ kind: 'CONFLICT', paths: ['f'] }], unmerged: ['f'] },
    ],
  ])('is read: %s', (_, text, expected) => {
    const buffer = at(`junk${text}1@next`);
    const taken = takeMergeRecord(buffer, 4);
    expect(taken).toEqual({ record: { tree: TREE, ...expected }, next: 4 + text.length });
    for (let length = 4; length < 4 + text.length; length += 1)
      expect(takeMergeRecord(buffer.subarray(0, length), 4)).toBeNull();
  });

  it.each([
    ['a status', `2@${TREE}@@@`],
    ['text before a status', `hint: words\n1@${TREE}@@@`],
    ['a tree', `1@words@@@`],
    ['a listed file', `0@${TREE}@words\n@@@`],
    ['a number of paths', `0@${TREE}@@99999999@f@CONFLICT@words@@`],
    ['a kind', `0@${TREE}@@1@f@words\n@words@@`],
  ])('of another form is a failure: %s', (_, text) => {
    expect(() => takeMergeRecord(at(text), 0)).toThrow(/unknown form/);
  });
});

describe('one process for many merges', () => {
  let repository: TestRepository;
  let repo: Repo;
  let oid: (name: string) => Oid;
  let flush: MergeRequest;
  beforeAll(async () => {
    repository = fleetOf(
      { f: lines(10), g: lines(9) },
      { a: { f: lines(10, { 6: 'a' }) }, b: { f: lines(10, { 6: 'b' }) }, c: { g: 'c\n' } },
    );
    const made = flushRequest('sha1');
    for (const { path, bytes } of made.objects)
      realFiles.write(`${repository.directory}/.git/objects/${path}`, bytes);
    // From 2.49 git sends each answer at once, and asking for more does no harm.
    flush = made.request;
    repo = repository.repo;
    oid = (name) => repository.git('rev-parse', name) as Oid;
    await readGitVersion(repo);
  });

  const clean = (outcomes: readonly MergeOutcome[]): (boolean | string)[] =>
    outcomes.map((outcome) => ('failed' in outcome ? 'failed' : outcome.clean));

  it('answers one batch after another, also where git buffers what it prints', async () => {
    const before = gitProcessesStarted();
    const merging = new MergeProcess(repo, flush);
    const [a, b, c] = [oid('feat/a'), oid('feat/b'), oid('feat/c')];
    let answered = 0;
    const first = await merging.merge([{ ours: a, theirs: b }], () => (answered += 1));
    expect(clean(first)).toEqual([false]);
    const many = Array.from({ length: 300 }, () => ({ ours: a, theirs: c }));
    expect(clean(await merging.merge(many))).toEqual(many.map(() => true));
    // A commit that was made only after the process had started.
    const tree = repository.git('rev-parse', 'feat/c^{tree}') as Oid;
    const made = looseCommit('sha1', { tree, parents: [oid('main')], time: 1_800_000_000 });
    realFiles.write(`${repository.directory}/.git/objects/${made.path}`, made.bytes);
    const [last] = await merging.merge([{ ours: a, theirs: made.oid }]);
    expect(last).toEqual(expect.objectContaining({ clean: true, tree: expect.any(String) }));
    expect(await merging.merge([])).toEqual([]);
    expect(await merging.close()).toBe(false);
    expect(answered).toBe(1);
    expect(gitProcessesStarted() - before).toBe(1);
  });

  it('is made to answer by a record longer than any buffer', () => {
    const args = ['merge-tree', '--write-tree', '-z', '--messages', flush.ours, flush.theirs];
    expect(repository.tryGit(...args).stdout.length).toBeGreaterThan(64 * 1024);
  });

  it('goes on after a request that git dies of', async () => {
    const merging = new MergeProcess(repo, flush);
    const [a, b, c] = [oid('feat/a'), oid('feat/b'), oid('feat/c')];
    const nobody = 'f'.repeat(40) as Oid;
    const outcomes = await merging.merge([
      { ours: nobody, theirs: a },
      { ours: a, theirs: c },
      { ours: a, theirs: nobody },
      { ours: nobody, theirs: nobody },
      { ours: a, theirs: b },
    ]);
    expect(clean(outcomes)).toEqual(['failed', true, 'failed', 'failed', false]);
    expect(outcomes[0]).toEqual({
      failed: expect.stringContaining(nobody.slice(0, 7)),
      died: false,
    });
    expect(clean(await merging.merge([{ ours: a, theirs: c }]))).toEqual([true]);
    await merging.close();
  });

  it('goes on after requests it hears nothing of, and loses no answer that git kept back', async () => {
    const merging = new MergeProcess(repo, flush, 1500);
    const [a, b, c] = [oid('feat/a'), oid('feat/b'), oid('feat/c')];
    // git waits for ever for somebody to write into it.
    const endless = 'e'.repeat(40) as Oid;
    repository.run('sh', [
      '-c',
      `mkdir -p .git/objects/ee; mkfifo .git/objects/ee/${'e'.repeat(38)}`,
    ]);
    const plain = Array.from({ length: 20 }, () => ({ ours: a, theirs: c }));
    const outcomes = await merging.merge([
      ...plain,
      { ours: a, theirs: endless },
      { ours: a, theirs: b },
      { ours: endless, theirs: b },
      ...plain,
    ]);
    const all = plain.map(() => true);
    expect(clean(outcomes)).toEqual([...all, 'failed', false, 'failed', ...all]);
    expect(outcomes[20]).toEqual({ failed: 'git said nothing for 2 s', died: true });
    expect(clean(await merging.merge([{ ours: a, theirs: c }]))).toEqual([true]);
    await merging.close();
  });
});

describe('a merge that git crashes of', () => {
  it('takes no other answer away', async () => {
    const repository = fleetOf(
      {
        'A/file1': '1\n',
        'B/file1': '2\n',
        'C/other': 'other\n',
        'A/stuff': 'a\n',
        'B/stuff': 'b\n',
      },
      {
        a: { 'A/file1': null, 'B/file1': null, 'C/file1': '2\n' },
        b: { 'A/file1': null, 'D/file2': '1\n', 'C/other': null, 'A/other': 'other\n' },
        c: { c: '1\n' },
      },
    );
    const made = flushRequest('sha1');
    for (const { path, bytes } of made.objects)
      realFiles.write(`${repository.directory}/.git/objects/${path}`, bytes);
    const [a, b, c] = ['a', 'b', 'c'].map(
      (name) => repository.git('rev-parse', `feat/${name}`) as Oid,
    );
    // Fixed in 2.51.1; from then on it is a conflict.
    const crashes = repository.tryGit('merge-tree', '--write-tree', a!, b!).code > 1;
    const merging = new MergeProcess(repository.repo, made.request);
    const plain = Array.from({ length: 200 }, () => ({ ours: a!, theirs: c! }));
    const outcomes = await merging.merge([...plain, { ours: a!, theirs: b! }, ...plain]);
    await merging.close();
    const wrong = outcomes.flatMap((outcome, at) =>
      'failed' in outcome || !outcome.clean ? [at] : [],
    );
    expect(wrong).toEqual([200]);
    expect('failed' in outcomes[200]!).toBe(crashes);
  });
});

describe('the version of git', () => {
  it.each([
    ['git version 2.39.5\n', 2, 39, '2.39.5'],
    ['git version 2.39.5 (Apple Git-154)\n', 2, 39, '2.39.5 (Apple Git-154)'],
    ['git version 2.45.1.windows.1\n', 2, 45, '2.45.1.windows.1'],
    ['git version 3.0.rc1.10.gabcdef\n', 3, 0, '3.0.rc1.10.gabcdef'],
  ])('%j', (words, major, minor, text) => {
    const version = parseGitVersion(words);
    expect(version).toEqual({ major, minor, text });
    expect(isAtLeast(version, 2, 39)).toBe(true);
    expect(isAtLeast(version, major, minor + 1)).toBe(false);
    expect(isAtLeast(version, major + 1, 0)).toBe(false);
  });

  it('is needed', () =>
    expect(() => parseGitVersion('git version unknown')).toThrow(/which version/));
});
