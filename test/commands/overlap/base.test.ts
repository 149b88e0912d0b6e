import { rmSync, writeFileSync } from 'node:fs';
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

/** Removes an object from the repository, as a clone does that was made without it. */
function lose(repository: TestRepository, name: string): void {
  const oid = repository.git('rev-parse', name);
  repository.git('config', 'gc.auto', '0');
  const packs = join(repository.directory, '.git/objects/pack');
  const held = repository.run('sh', ['-c', `ls ${packs}/*.pack 2>/dev/null || true`]).stdout;
  for (const pack of held.split('\n').filter(Boolean)) {
    repository.run('sh', ['-c', `mv ${pack} ../lost.pack && rm -f ${pack.slice(0, -4)}idx`]);
    repository.run('sh', ['-c', 'git unpack-objects -q < ../lost.pack']);
  }
  rmSync(join(repository.directory, '.git/objects', oid.slice(0, 2), oid.slice(2)));
}

describe('a branch and the base', () => {
  it('is clean, in conflict, merged already, or adds nothing', async () => {
    const repository = fleetOf(TEN, {
      clean: { f: lines(10, { 9: 'nine' }) },
      conflict: { f: lines(10, { 2: 'zwei', 3: 'drei' }), g: '1\n' },
      same: { f: lines(10, { 2: 'two' }) },
      empty: {},
    });
    repository.git('branch', 'feat/merged', 'main');
    commitTo(repository, 'main', { f: lines(10, { 2: 'two' }) });
    const report = await look(repository);
    expect(report.data.branches).toMatchObject([
      { ref: 'feat/clean', base: 'clean', ahead: 1, behind: 1, files: 1, lines: 2, paths: ['f'] },
      {
        ref: 'feat/conflict',
        base: 'conflict',
        ahead: 1,
        behind: 1,
        files: 2,
        lines: 5,
        paths: ['f', 'g'],
        conflicts: [{ path: 'f', kind: 'CONFLICT (contents)', lines: [[2, 3]], mechanical: false }],
      },
      { ref: 'feat/empty', base: 'merged', files: 0, lines: 0, paths: [] },
      { ref: 'feat/merged', base: 'merged', ahead: 0, behind: 1 },
      { ref: 'feat/same', base: 'merged', ahead: 1, behind: 1, files: 0 },
    ]);
    expect(report.data.pairs).toEqual([]);
    expect(report.findings).toMatchObject([
      { code: 'conflict-with-base', severity: 'warning', path: 'f' },
    ]);
  });

  it('says where in the base it conflicts, also after lines have moved', async () => {
    const repository = fleetOf({ f: lines(40) }, { a: { f: lines(40, { 5: '5\nnew', 30: 'x' }) } });
    commitTo(repository, 'main', { f: `top\ntop\n${lines(40, { 30: 'y\ny' })}` });
    const { data } = await look(repository);
    expect(data.branches[0]?.conflicts).toMatchObject([{ path: 'f', lines: [[32, 33]] }]);
  });

  it("never makes a pair pay for the base's own progress", async () => {
    const repository = fleetOf({ f: lines(20) }, { a: { f: lines(20, { 3: 'a', 9: 'final' }) } });
    const moved = commitTo(repository, 'main', { f: lines(20, { 9: 'first' }) });
    commitTo(repository, 'feat/b', { f: lines(20, { 9: 'first', 15: 'b' }) }, moved);
    commitTo(repository, 'main', { f: lines(20, { 9: 'final' }) });
    // The tips conflict: one has what the base first made of line 9, the other what it is now.
    const tips = ['feat/a', 'feat/b'].map((ref) => repository.git('rev-parse', ref));
    expect(repository.tryGit('merge-tree', '--write-tree', ...tips).code).toBe(1);
    const report = await look(repository);
    expect(standings(report)).toEqual(['a clean', 'b clean']);
    expect(pairLines(report)).toEqual(['a b: file f']);
  });

  it('may have several merge bases', async () => {
    const repository = fleetOf(TEN, { a: { f: lines(10, { 2: 'two' }) } });
    const main = commitTo(repository, 'main', { g: '1\n' });
    const crossed = { f: lines(10, { 2: 'two' }), g: '1\n' };
    commitTo(repository, 'main', crossed, null, ['feat/a']);
    commitTo(repository, 'feat/a', { ...crossed, h: '1\n' }, null, [main]);
    expect(repository.git('merge-base', '--all', 'main', 'feat/a').split('\n')).toHaveLength(2);
    const report = await look(repository);
    expect(report.data.branches).toMatchObject([
      { base: 'clean', ahead: 1, behind: 1, paths: ['h'] },
    ]);
  });

  it('counts commits as git does', async () => {
    const repository = fleetOf(TEN, { a: { a: '1\n' }, b: { b: '1\n' } });
    commitTo(repository, 'main', { m: '1\n' });
    commitTo(repository, 'feat/a', { m: '1\n' }, null, ['main']);
    commitTo(repository, 'feat/a', { a: '2\n' });
    commitTo(repository, 'main', { m: '2\n' });
    commitTo(repository, 'main', { b: '1\n' }, null, ['feat/b']);
    const { data } = await look(repository);
    for (const { ref, ahead, behind } of data.branches) {
      const counts = repository.git('rev-list', '--count', '--left-right', `main...${ref}`);
      expect(`${behind}\t${ahead}`).toBe(counts);
    }
  });

  it('is named when it has no history in common with the base, and the others are judged', async () => {
    const repository = fleetOf(TEN, { a: { f: lines(10, { 2: 'two' }) } });
    commitTo(repository, 'feat/alien', { f: 'other\n' }, '0'.repeat(40));
    const report = await look(repository);
    expect(standings(report)).toEqual(['a clean', 'alien unreadable']);
    expect(report.data.degraded).toMatchObject([
      { kind: 'no-common-history', refs: ['feat/alien'] },
    ]);
    expect(report.verdict).toBe('allowed');
    expect((await look(repository, { failOn: 'conflict' })).verdict).toBe('undecided');
  });

  it.each([
    ['a blob of its own', 'feat/b:f'],
    ['its tree', 'feat/b^{tree}'],
    ['a directory', 'feat/b:d'],
    ['its commit', 'feat/b'],
    ['a commit below it', 'feat/b~1'],
  ])('is named when %s is missing, and the others are judged', async (_, name) => {
    const repository = fleetOf(
      { f: lines(10), g: lines(10) },
      {
        a: { f: lines(10, { 2: 'two' }), g: lines(10, { 2: 'a' }) },
        b: { f: lines(10, { 4: 'b' }) },
        c: { f: lines(10, { 5: 'c' }), g: lines(10, { 2: 'c' }) },
      },
    );
    commitTo(repository, 'feat/b', { f: lines(10, { 4: 'b', 9: 'b' }), 'd/x': '1\n' });
    commitTo(repository, 'main', { f: lines(10, { 10: 'ten' }) });
    lose(repository, name);
    const report = await look(repository);
    expect(standings(report)).toEqual(['a clean', 'b unreadable', 'c clean']);
    expect(pairLines(report)).toEqual(['a c: conflict g (contents) 2-2']);
    expect(report.data.degraded).toMatchObject([{ kind: 'missing-object', refs: ['feat/b'] }]);
  });

  it('cannot be judged at all in a clone that is too shallow', async () => {
    const repository = fleetOf(TEN, { a: { f: lines(10, { 2: 'two' }) } });
    commitTo(repository, 'main', { g: '1\n' });
    const url = `file://${repository.directory}`;
    repository.git('clone', '-q', '--depth=1', '--no-single-branch', '--bare', url, '../shallow');
    const shallow = await look(repository.at('../shallow'));
    expect(standings(shallow)).toEqual(['a unreadable']);
    expect(shallow).toMatchObject({
      verdict: 'undecided',
      data: {
        degraded: [
          { kind: 'shallow', refs: ['feat/a'], hint: { command: 'git fetch --unshallow' } },
        ],
      },
    });
    repository.git('clone', '-q', '--depth=2', '--no-single-branch', '--bare', url, '../enough');
    expect(standings(await look(repository.at('../enough')))).toEqual(['a clean']);
  });

  it('is named with the command that helps in a partial clone, and nothing is called clean', () => {
    const repository = fleetOf(TEN, { a: { f: lines(10, { 2: 'two' }) }, b: { g: '1\n' } });
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const url = `file://${repository.directory}`;
    repository.git('clone', '-q', '--no-checkout', '--filter=blob:none', url, '../partial');
    const partial = repository.at('../partial');
    const refs = ['--base', 'refs/remotes/origin/main', '--refs', 'refs/remotes/origin/feat/'];
    for (const command of ['overlap', 'order']) {
      const { code, stdout } = partial.bailiwick([command, ...refs]);
      expect(code).toBe(2);
      expect(stdout).toContain('2 could not be judged');
      expect(stdout).not.toContain('none conflicts');
    }
    const { stdout } = partial.bailiwick(['overlap', ...refs]);
    const [, command = ''] = /^ *(git fetch .*)$/m.exec(stdout) ?? [];
    expect(partial.run('sh', ['-c', command]).code).toBe(0);
    expect(partial.bailiwick(['overlap', ...refs])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('none conflicts'),
    });
  });

  it('takes nobody with it when git crashes of it, or never answers', async () => {
    const repository = fleetOf(
      {
        'A/file1': '1\n',
        'B/file1': '2\n',
        'C/other': 'o\n',
        'A/s': 'a\n',
        'B/s': 'b\n',
        f: lines(10),
      },
      {
        a: { 'A/file1': null, 'B/file1': null, 'C/file1': '2\n' },
        b: { 'A/file1': null, 'D/file2': '1\n', 'C/other': null, 'A/other': 'o\n' },
        c: { f: lines(10, { 5: 'c' }) },
        d: { f: lines(10, { 5: 'd' }) },
      },
    );
    const tips = ['feat/a', 'feat/b'].map((ref) => repository.git('rev-parse', ref));
    const crashes = repository.tryGit('merge-tree', '--write-tree', ...tips).code > 1;
    const { data } = await look(repository);
    expect(standings({ data } as Awaited<ReturnType<typeof look>>)).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => `${name} clean`),
    );
    expect(data.pairs.filter(({ level }) => level === 'conflict')).toContainEqual(
      expect.objectContaining({ a: 'feat/c', b: 'feat/d' }),
    );
    const said = data.degraded.map(({ kind, refs }) => `${kind} ${refs.join(' ')}`);
    expect(said).toEqual(crashes ? ['git-failed feat/a feat/b'] : []);
  });

  it('may move a submodule, as two others do', () => {
    const repository = fleetOf(TEN, {});
    const sub = (branch: string, digit: string): void => {
      repository.git('read-tree', 'main');
      repository.git('update-index', '--add', '--cacheinfo', `160000,${digit.repeat(40)},lib`);
      const tree = repository.git('write-tree');
      const commit = repository.git('commit-tree', tree, '-p', 'main', '-m', branch);
      repository.git('update-ref', `refs/heads/${branch}`, commit);
    };
    sub('main', '1');
    for (const [branch, digit] of [
      ['a', '2'],
      ['b', '3'],
      ['c', '4'],
    ] as const)
      sub(`feat/${branch}`, digit);
    const { code, stdout } = repository.bailiwick([
      'order',
      '--json',
      '--base',
      'main',
      '--refs',
      'refs/heads/feat/',
    ]);
    expect(code).toBe(0);
    const { data } = JSON.parse(stdout) as {
      data: { order: { outcome: string }[]; degraded: unknown[] };
    };
    expect(data.degraded).toEqual([]);
    expect(data.order.map(({ outcome }) => outcome)).toEqual(['clean', 'rework', 'rework']);
  });

  it('is named when its ref is broken', async () => {
    const repository = fleetOf(TEN, { a: { f: lines(10, { 2: 'two' }) } });
    writeFileSync(join(repository.directory, '.git/refs/heads/feat/broken'), 'no oid\n');
    const report = await look(repository);
    expect(standings(report)).toEqual(['a clean']);
    expect(report.data.degraded).toMatchObject([
      { kind: 'broken-ref', refs: ['refs/heads/feat/broken'] },
    ]);
  });
});

describe('stacked branches', () => {
  const stack = (): TestRepository => {
    const repository = fleetOf({ f: lines(20), g: '1\n' }, { low: { f: lines(20, { 5: 'a' }) } });
    commitTo(repository, 'feat/top', { f: lines(20, { 5: 'b' }) }, 'feat/low');
    commitTo(repository, 'feat/beside', { f: lines(20, { 5: 'c' }) }, 'feat/low');
    return repository;
  };

  it.each(['merge', 'rebase'] as const)('do not conflict by --land %s', async (land) => {
    expect(pairLines(await look(stack(), { land }))).toEqual([
      'beside low: near f',
      'beside top: conflict f (contents) 5-5',
      'low top: near f',
    ]);
  });

  it('conflict when they are squashed, and know nothing of each other', async () => {
    expect(pairLines(await look(stack(), { land: 'squash' }))).toEqual([
      'beside low: conflict f (contents) 5-5',
      'beside top: conflict f (contents) 5-5',
      'low top: conflict f (contents) 5-5',
    ]);
  });
});

describe('a rebase', () => {
  it('stops where a merge would not: at a commit in the middle', async () => {
    const repository = fleetOf(TEN, { a: { f: lines(10, { 5: 'five' }) } });
    commitTo(repository, 'feat/a', { f: lines(10), g: '1\n' });
    commitTo(repository, 'main', { f: lines(10, { 5: 'fünf' }) });
    expect(standings(await look(repository))).toEqual(['a clean']);
    const report = await look(repository, { land: 'rebase' });
    expect(report.data.branches).toMatchObject([
      { base: 'conflict', conflicts: [{ path: 'f', lines: [[5, 5]] }], paths: ['g'] },
    ]);
  });

  it('replays the commits of many branches, one after another', async () => {
    const repository = fleetOf(TEN, { a: { f: lines(10, { 2: 'a' }) }, b: { g: '1\n' } });
    commitTo(repository, 'feat/a', { f: lines(10, { 2: 'a', 8: 'a' }) });
    commitTo(repository, 'feat/a', { h: '1\n' });
    commitTo(repository, 'feat/b', { g: '2\n' });
    commitTo(repository, 'main', { f: lines(10, { 5: 'main' }) });
    const report = await look(repository, { land: 'rebase' });
    expect(report.data.branches).toMatchObject([
      { base: 'clean', paths: ['f', 'h'], lines: 5 },
      { base: 'clean', paths: ['g'], lines: 1 },
    ]);
  });
});

describe('a rebase of what git knows under another name', () => {
  it('leaves out merges and what was resolved in them, also where nothing of the base is missing', async () => {
    const repository = fleetOf({ f: lines(40) }, { a: { f: lines(40, { 10: 'a' }) } });
    commitTo(repository, 'main', { f: lines(40, { 10: 'main' }) });
    commitTo(repository, 'feat/a', { f: lines(40, { 10: 'both' }) }, null, ['main']);
    commitTo(repository, 'feat/b', { f: lines(40, { 10: 'main', 20: 'b' }) }, 'main');
    commitTo(repository, 'feat/c', { f: lines(40, { 10: 'main', 30: 'c' }) }, 'main');
    expect(standings(await look(repository))).toEqual(['a clean', 'b clean', 'c clean']);
    const rebased = await look(repository, { land: 'rebase' });
    expect(standings(rebased)).toEqual(['a conflict', 'b clean', 'c clean']);
    repository.git('switch', '-q', '--detach', 'feat/a');
    expect(repository.tryGit('rebase', '-q', 'main').code).not.toBe(0);
    repository.git('rebase', '--abort');
    const { data } = await runOrder(hostIn(repository), { ...PLAIN, land: 'rebase' });
    expect(data.degraded).toEqual([]);
    expect(data.waves).toEqual([['feat/b', 'feat/c']]);
    expect(data.replay?.steps.map(({ outcome }) => outcome)).toEqual(['landed', 'landed']);
  });

  it('leaves out a commit that the base has taken over, even where it would conflict by now', async () => {
    const repository = fleetOf({ f: lines(40) }, { a: { f: lines(40, { 10: 'a' }) } });
    commitTo(repository, 'feat/a', { g: '1\n' });
    commitTo(repository, 'main', { f: lines(40, { 30: 'm' }) });
    commitTo(repository, 'main', { f: lines(40, { 10: 'a', 30: 'm' }) });
    commitTo(repository, 'main', { f: lines(40, { 10: 'again', 30: 'm' }) });
    expect(standings(await look(repository))).toEqual(['a conflict']);
    const rebased = await look(repository, { land: 'rebase' });
    expect(rebased.data.branches).toMatchObject([{ base: 'clean', paths: ['g'] }]);
    repository.git('switch', '-q', '--detach', 'feat/a');
    expect(repository.tryGit('rebase', '-q', 'main').code).toBe(0);
  });

  it('knows a commit that was picked onto two branches', async () => {
    const repository = fleetOf({ f: lines(40) }, { a: { f: lines(40, { 10: 'x' }) } });
    commitTo(repository, 'feat/b', { h: '1\n' }, 'main');
    commitTo(repository, 'feat/b', { f: lines(40, { 10: 'x' }) });
    commitTo(repository, 'feat/a', { f: lines(40, { 10: 'x', 11: 'a' }) });
    commitTo(repository, 'feat/b', { f: lines(40, { 10: 'x', 30: 'b' }) });
    const { data } = await runOrder(hostIn(repository), { ...PLAIN, land: 'rebase' });
    expect(data.cost.branches).toBe(0);
    expect(data.replay?.steps.map(({ outcome }) => outcome)).toEqual(['landed', 'landed']);
    repository.git('switch', '-q', '--detach', 'main');
    for (const { ref } of data.order)
      expect(
        repository.tryGit('rebase', '-q', repository.git('rev-parse', 'HEAD'), `${ref}^0`).code,
      ).toBe(0);
  });
});

describe('the repository', () => {
  it('may use sha256, be bare, and be looked at from below', async () => {
    const branches = { a: { f: lines(10, { 6: 'a' }) }, b: { f: lines(10, { 7: 'b' }) } };
    const expected = ['a b: conflict f (contents) 6-7'];
    const wide = fleetOf(TEN, branches, { format: 'sha256' });
    commitTo(wide, 'main', { g: '1\n' });
    expect(pairLines(await look(wide))).toEqual(expected);
    expect(pairLines(await look(wide, { land: 'rebase' }))).toEqual(expected);
    const bare = fleetOf(TEN, branches, { bare: true });
    expect(pairLines(await look(bare))).toEqual(expected);
    wide.git('reset', '-q', '--hard');
    wide.write('deep/er/x');
    expect(pairLines(await look(wide.at('deep/er')))).toEqual(expected);
    wide.git('worktree', 'add', '-q', '../linked', 'feat/a');
    expect(pairLines(await look(wide.at('../linked')))).toEqual(expected);
  });
});
