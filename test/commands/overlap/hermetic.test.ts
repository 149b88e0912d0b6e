import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOrder } from '../../../src/commands/order.ts';
import { hostIn } from '../../support/host.ts';
import {
  commitTo,
  fleetOf,
  lines,
  look,
  pairLines,
  PLAIN,
  standings,
} from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

const TEN = { f: lines(10) };
const CONFLICT = ['a b: conflict f (contents) 6-6'];

/** Two branches that conflict in `f`, over a base that may say how files are merged. */
const conflicting = (base: Record<string, string> = {}): TestRepository =>
  fleetOf(
    { ...TEN, ...base },
    { a: { f: lines(10, { 6: 'a' }) }, b: { f: lines(10, { 6: 'b' }) } },
  );

describe('a merge driver someone configured', () => {
  const configure = (repository: TestRepository): string => {
    const trace = join(repository.home, 'driver-ran');
    repository.git('config', 'merge.mine.driver', `touch ${trace}`);
    repository.git('config', 'merge.default', 'mine');
    return trace;
  };

  it.each<[string, (repository: TestRepository) => void, Record<string, string>]>([
    ['the base', () => undefined, { '.gitattributes': '* merge=mine\n' }],
    ['the work tree', (repository) => repository.write('.gitattributes', '* merge=mine\n'), {}],
    [
      'info/attributes',
      (repository) => repository.write('.git/info/attributes', '* merge=mine\n'),
      {},
    ],
    [
      'a file of the user',
      (repository) => {
        repository.write('../attributes', '* merge=mine\n');
        repository.git('config', 'core.attributesFile', '../attributes');
      },
      {},
    ],
    ['nobody but merge.default', () => undefined, {}],
  ])('does not run when %s asks for it', async (_, prepare, base) => {
    const repository = conflicting(base);
    repository.git('reset', '-q', '--hard');
    const trace = configure(repository);
    prepare(repository);
    expect(pairLines(await look(repository))).toEqual(CONFLICT);
    expect(existsSync(trace)).toBe(false);
    // It would: git itself runs it.
    repository.tryGit('merge-tree', '--write-tree', 'feat/a', 'feat/b');
    expect(existsSync(trace)).toBe(true);
  });
});

describe('attributes', () => {
  it('of the base hold, in every directory', async () => {
    const repository = fleetOf(
      {
        ...TEN,
        '.gitattributes': '*.log merge=union\n',
        'd/.gitattributes': 'g -merge\n',
        'c.log': '1\n',
        'd/g': lines(10),
      },
      {
        a: { 'c.log': '1\na\n', 'd/g': lines(10, { 1: 'a' }) },
        b: { 'c.log': '1\nb\n', 'd/g': lines(10, { 9: 'b' }) },
      },
    );
    // Lines 1 and 9 keep apart, and yet a file that is not merged by lines conflicts.
    expect(pairLines(await look(repository))).toEqual(['a b: conflict d/g (binary)']);
  });

  it('have no say where GitHub merges', async () => {
    const repository = fleetOf(
      {
        '.gitattributes': 'CHANGELOG.md merge=union\n*.lock -merge\n',
        'CHANGELOG.md': lines(10),
        'yarn.lock': lines(60),
      },
      {
        'changelog-a': { 'CHANGELOG.md': lines(10, { 3: 'a' }) },
        'changelog-b': { 'CHANGELOG.md': lines(10, { 3: 'b' }) },
        'lock-a': { 'yarn.lock': lines(60, { 5: 'a' }) },
        'lock-b': { 'yarn.lock': lines(60, { 50: 'b' }) },
      },
    );
    // As in a bare clone, which is what GitHub merges in.
    repository.git('clone', '-q', '--bare', '.', '../bare.git');
    const bare = repository.at('../bare.git');
    const merges = (pair: string): number =>
      bare.tryGit('merge-tree', '--write-tree', `feat/${pair}-a`, `feat/${pair}-b`).code;
    expect([merges('changelog'), merges('lock')]).toEqual([1, 0]);
    expect(pairLines(await look(repository, { rules: 'github' }))).toEqual([
      'changelog-a changelog-b: conflict CHANGELOG.md (contents) 3-3',
      'lock-a lock-b: file yarn.lock',
    ]);
    expect(pairLines(await look(repository))).toEqual([
      'changelog-a changelog-b: near CHANGELOG.md',
      'lock-a lock-b: conflict yarn.lock (binary)',
    ]);
  });

  it('that make a binary file look like text do not hide its conflict', async () => {
    const binary = (at: number, text: string): string => `\0\n${lines(20, { [at]: text })}`;
    const repository = fleetOf(
      { '.gitattributes': '*.bin diff\n', 'x.bin': `\0\n${lines(20)}` },
      { a: { 'x.bin': binary(2, 'a') }, b: { 'x.bin': binary(18, 'b') } },
    );
    expect(pairLines(await look(repository))).toEqual(['a b: conflict x.bin (binary)']);
  });

  it('of a branch have no say, nor those of the work tree, the clone or the user', async () => {
    const repository = conflicting();
    commitTo(repository, 'feat/a', { '.gitattributes': '* merge=union\n' });
    repository.git('reset', '-q', '--hard');
    repository.write('.gitattributes', '* merge=union\n');
    repository.write('.git/info/attributes', '* merge=union\n');
    repository.write('../.config/git/attributes', '* merge=union\n');
    expect(pairLines(await look(repository))).toEqual(CONFLICT);
  });

  it('are read again when the base changes them', async () => {
    const repository = conflicting();
    expect(pairLines(await look(repository))).toEqual(CONFLICT);
    commitTo(repository, 'main', { '.gitattributes': 'f merge=union\n' });
    expect(pairLines(await look(repository))).toEqual(['a b: near f']);
  });
});

describe('configuration', () => {
  it.each([
    ['merge.directoryRenames', 'false'],
    ['merge.renames', 'false'],
    ['merge.renameLimit', '1'],
    ['merge.conflictStyle', 'diff3'],
    ['merge.renormalize', 'true'],
    ['diff.algorithm', 'patience'],
    ['diff.renames', 'copies'],
    ['diff.suppressBlankEmpty', 'true'],
    ['diff.noprefix', 'true'],
    ['diff.mnemonicPrefix', 'true'],
    ['diff.context', '9'],
    ['diff.interHunkContext', '9'],
    ['diff.orderFile', 'order'],
    ['diff.external', 'false'],
    ['core.quotePath', 'true'],
    ['core.attributesFile', 'nowhere'],
    ['core.bare', 'true'],
  ])('of the user changes nothing: %s = %s', async (key, value) => {
    const repository = renames();
    repository.git('config', key, value);
    expect(pairLines(await look(repository))).toEqual(RENAMES);
  });

  it('in the environment changes nothing', async () => {
    const repository = renames();
    const at = repository.at('.', {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'merge.directoryRenames',
      GIT_CONFIG_VALUE_0: 'false',
      GIT_CONFIG_PARAMETERS: "'merge.renames=false'",
      GIT_DIFF_OPTS: '-u9',
      GIT_EXTERNAL_DIFF: 'false',
    });
    expect(pairLines(await look(at))).toEqual(RENAMES);
  });

  const RENAMES = ['a b: conflict new/added (directory rename suggested), new/x (contents)'];
  const renames = (): TestRepository =>
    fleetOf(
      { 'old/x': lines(40), 'old/y': lines(30), k: '\n\n1\n' },
      {
        a: { 'old/x': null, 'old/y': null, 'new/x': lines(40, { 9: 'a' }), 'new/y': lines(30) },
        b: { 'old/x': lines(40, { 9: 'b' }), 'old/added': '1\n', k: '\n\n2\n' },
      },
    );
});

describe('renames beyond the limit', () => {
  const many = (count: number, file: (at: number) => [string, string]): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => file(at)));
  const text = (at: number, first: string): string => `${first}${at}\n${lines(20 + at)}`;
  const gone = (count: number): Record<string, null> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`old/${at}`, null]));
  const fleet = (): TestRepository =>
    fleetOf(
      many(30, (at) => [`old/${at}`, text(at, 'x')]),
      {
        edits: { 'old/3': text(3, 'edited'), 'old/4': text(4, 'edited') },
        moves: { ...gone(30), ...many(30, (at) => [`new/other${at}`, `${text(at, 'x')}more\n`]) },
        plain: { z: '1\n' },
      },
    );

  it('are followed by default', async () => {
    expect(pairLines(await look(fleet()))).toEqual(['edits moves: near old/3, old/4']);
  });

  it('are not decided, and never called a conflict', async () => {
    const repository = fleet();
    const report = await look(repository, { renameLimit: 4 });
    expect(pairLines(report)).toEqual(['edits moves: near old/3, old/4']);
    expect(report.data.degraded).toMatchObject([
      { kind: 'rename-limit', refs: ['feat/edits', 'feat/moves'] },
    ]);
    const gate = { renameLimit: 4, failOn: 'conflict' } as const;
    expect((await look(repository, gate)).verdict).toBe('undecided');
  });

  it.each(['merge', 'squash', 'rebase'] as const)(
    'are not decided when an order is tried by --land %s',
    async (land) => {
      const { data } = await runOrder(hostIn(fleet()), { ...PLAIN, land, renameLimit: 4 });
      expect(data.combinations).toEqual([]);
      expect(data.cost).toEqual({ branches: 0, lines: 0 });
      expect(data.degraded.map(({ kind }) => kind)).toContain('rename-limit');
      expect(data.replay?.steps.map(({ ref, outcome }) => `${ref} ${outcome}`).sort()).toEqual([
        'feat/edits landed',
        'feat/moves undecided',
        'feat/plain landed',
      ]);
      const further = await runOrder(hostIn(fleet()), { ...PLAIN, land });
      expect(further.data).toMatchObject({ combinations: [], degraded: [] });
    },
  );

  it('are said of a conflict with the base, too', async () => {
    const repository = fleet();
    commitTo(repository, 'main', { 'old/3': text(3, 'base') });
    const report = await look(repository, { renameLimit: 4 });
    expect(standings(report)).toEqual(['edits conflict', 'moves conflict', 'plain clean']);
    expect(report.data.degraded).toMatchObject([{ kind: 'rename-limit', refs: ['feat/moves'] }]);
  });
});
