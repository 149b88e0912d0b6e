import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLandContinue } from '../../../src/commands/land/continue.ts';
import { runLandShow } from '../../../src/commands/land/show.ts';
import type { Failure } from '../../../src/domain/failure.ts';
import type { LandingMode } from '../../../src/domain/landing.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo } from '../../support/overlap.ts';
import { packageRoot, type TestRepository } from '../../support/repository.ts';
import { BRANCHES, land, landable, MODES, outcomes, WHOLE } from './fixture.ts';

const left = (report: Awaited<ReturnType<typeof land>>): string[] =>
  report.data.plan!.left.map(({ branch, why, words }) => `${branch} ${why}: ${words}`);

/** What git itself has there: mode, type and path. */
const entries = (repository: TestRepository, ...paths: string[]): string[] =>
  repository
    .git('ls-tree', 'main', '--', ...paths)
    .split('\n')
    .map((line) => line.replace(/ [0-9a-f]{40}\t/, ' '));

/** A commit on a new branch, made in a worktree as people make it. */
function workOn(
  repository: TestRepository,
  branch: string,
  work: (tree: TestRepository) => void,
): void {
  const tree = repository.at(`../${branch.replaceAll('/', '-')}`);
  repository.git('worktree', 'add', '-q', '-b', branch, tree.directory, 'main');
  work(tree);
  tree.git('commit', '-q', '--no-verify', '-m', branch);
}

describe('histories that are odd', () => {
  it.runIf(WHOLE)('57 two common ancestors, and none at all', async () => {
    const repository = landable({});
    commitTo(repository, 'one', { 'a/one': 'one\n' }, 'main');
    commitTo(repository, 'feat/a1/cross', { 'a/two': 'two\n' }, 'main');
    const [one, two] = ['one', 'feat/a1/cross'].map((name) => repository.git('rev-parse', name));
    const merge = (onto: string, other: string): string => {
      const tree = repository.git('merge-tree', '--write-tree', onto, other);
      return repository.git('commit-tree', '-m', 'cross', '-p', onto, '-p', other, tree);
    };
    repository.git('update-ref', 'refs/heads/main', merge(one!, two!));
    repository.git('update-ref', 'refs/heads/feat/a1/cross', merge(two!, one!));
    commitTo(repository, 'feat/a1/cross', { 'a/two': 'changed\n' });
    expect(repository.git('merge-base', '--all', 'main', 'feat/a1/cross').split('\n')).toHaveLength(
      2,
    );
    const empty = repository.git('hash-object', '-t', 'tree', '-w', '/dev/null');
    repository.git(
      'update-ref',
      'refs/heads/feat/a2/alien',
      repository.git('commit-tree', '-m', 'alien', empty),
    );
    commitTo(repository, 'feat/a2/alien', { 'b/alien': 'x\n' });
    const expected = repository.git('merge-tree', '--write-tree', 'main', 'feat/a1/cross');
    const report = await land(repository);
    expect(outcomes(report)).toContain('feat/a1/cross landed');
    expect([...outcomes(report), ...left(report)].join('\n')).toMatch(/feat\/a2\/alien/);
    expect(
      report.data.journal!.steps.find(({ branch }) => branch === 'feat/a1/cross')!.made!.tree,
    ).toBe(expected);
  });

  it.runIf(WHOLE)(
    '57 a clone without the history that a merge needs lands nothing of it, and moves nothing',
    async () => {
      const whole = landable({});
      commitTo(whole, 'feat/a1/deep', { 'a/deep': 'deep\n' }, 'main');
      for (const name of ['n1', 'n2']) commitTo(whole, 'main', { [`b/${name}`]: 'x\n' });
      const shallow = whole.at('../shallow');
      whole.git(
        'clone',
        '-q',
        '--depth',
        '1',
        '--no-single-branch',
        `file://${whole.directory}`,
        shallow.directory,
      );
      for (const name of ['main', 'feat/a1/deep'])
        shallow.git('branch', '-q', '-f', name, `origin/${name}`);
      shallow.git('switch', '-q', '--detach');
      const before = shallow.git('rev-parse', 'main');
      const report = await land(shallow);
      expect(report.verdict).toBe('refused');
      expect(left(report)).toEqual(['feat/a1/deep unreadable: cannot be judged']);
      expect(shallow.git('rev-parse', 'main')).toBe(before);
    },
  );
});

/** A branch with a merge that brings something of its own, an empty commit, and a last one. */
function evil(): TestRepository {
  const repository = landable({});
  const tree = repository.at('../evil');
  repository.git('worktree', 'add', '-q', '-b', 'feat/a1/evil', tree.directory, 'main');
  tree.commit('first', { 'a/first': 'x\n' });
  commitTo(repository, 'side', { 'a/side': 'x\n' }, 'main');
  tree.git('merge', '-q', '--no-commit', '--no-ff', 'side');
  tree.commit('evil', { 'a/evil': 'x\n' });
  tree.commit('nothing');
  tree.commit('last', { 'a/last': 'x\n' });
  // One that changes nothing.
  repository.git('branch', '-q', 'feat/a2/empty', 'main');
  commitTo(repository, 'feat/a2/empty', {});
  return repository;
}

describe.runIf(WHOLE)('commits that are odd', () => {
  it('58 a merge that brings something of its own lands with it, and with nothing else', async () => {
    const repository = evil();
    const expected = repository.git('merge-tree', '--write-tree', 'main', 'feat/a1/evil');
    const report = await land(repository, { branches: ['feat/a1/evil'] });
    expect(outcomes(report)).toEqual(['feat/a1/evil landed']);
    expect(repository.git('rev-parse', 'main^{tree}')).toBe(expected);
  });

  it('55, 58 rebased, its own commits land alone; what adds nothing does not land', async () => {
    const repository = evil();
    const before = repository.git('rev-parse', 'main');
    const report = await land(repository, { land: 'rebase' });
    expect(outcomes(report)).toEqual(['feat/a1/evil landed']);
    expect(left(report)).toEqual(['feat/a2/empty landed: main has all of it']);
    const subjects = repository.git('log', '--format=%s', `${before}..main`).split('\n');
    expect(subjects[0]).toBe('last');
    expect(subjects).not.toContain('nothing');
    expect(repository.git('rev-list', '--min-parents=2', `${before}..main`)).toBe('');
    expect(report.data.journal!.steps[0]!.made!.tree).toBe(report.data.plan!.steps[0]!.tree);
  });
});

it('58 signatures that copies of commits do not have are said in the plan', async () => {
  const repository = landable({});
  const key = join(repository.home, 'key');
  repository.run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const signed = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${key}`, 'commit', '-S', '-q'];
  workOn(repository, 'feat/a1/signed', (tree) => {
    tree.write('a/one', 'x\n');
    tree.git('add', '-A');
    tree.git(...signed, '-m', 'one');
    tree.git(...signed, '-m', 'two', '--allow-empty');
    tree.write('a/three', 'x\n');
    tree.git('add', '-A');
  });
  commitTo(repository, 'feat/a2/plain', { 'b/x': 'gpgsig not one\n' }, 'main');
  const lost = async (mode: LandingMode) =>
    (await land(repository, { land: mode, plan: true })).data.notices;
  for (const mode of MODES)
    expect(await lost(mode)).toEqual(
      mode === 'merge'
        ? []
        : [
            `feat/a1/signed has 2 signed commits, and what --land ${mode} makes of it has no signature; --land merge keeps it`,
          ],
    );
});

it('61 a base that is checked out in two worktrees is moved in neither, and the way out leads on', async () => {
  const repository = landable({ 'a1/x': BRANCHES['a1/x']! });
  for (const name of ['one', 'two'])
    repository.git('worktree', 'add', '-q', '--force', `../${name}`, 'main');
  const before = repository.git('rev-parse', 'main');
  const refused = await land(repository).catch((error: unknown) => error as Failure);
  expect(refused).toMatchObject({
    message: expect.stringMatching(/checked out in .*one and in .*two/),
  });
  expect(repository.git('rev-parse', 'main')).toBe(before);
  const [hint] = (refused as Failure).hints;
  expect(repository.run('sh', ['-c', hint!.command!]).code).toBe(0);
  expect(outcomes(await land(repository))).toEqual(['feat/a1/x landed']);
  for (const name of ['one', 'two'])
    expect(repository.at(`../${name}`).git('status', '--porcelain')).toBe('');
});

describe('entries that are odd', () => {
  it('59 a submodule that moves, a pointer to a big file, a link, and a twin that differs in case', async () => {
    const repository = landable({});
    const [first, second] = ['1', '2'].map((digit) => digit.repeat(40));
    repository.git('switch', '-q', 'main');
    repository.write(
      '.gitmodules',
      '[submodule "m"]\n\tpath = a/m\n\turl = https://example.com/m\n',
    );
    repository.git('add', '-A');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${first},a/m`);
    repository.git('commit', '-q', '-m', 'module');
    repository.git('switch', '-q', '--detach');
    workOn(repository, 'feat/a1/module', (tree) =>
      tree.git('update-index', '--cacheinfo', `160000,${second},a/m`),
    );
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
    workOn(repository, 'feat/a2/odd', (tree) => {
      tree.write('b/big.bin', pointer);
      symlinkSync('list', join(tree.directory, 'b/link'));
      tree.git('add', '-A');
    });
    commitTo(repository, 'feat/a2/twin', { 'b/LIST': 'twin\n' }, 'main');
    const report = await land(repository, {
      branches: ['feat/a1/module', 'feat/a2/odd', 'feat/a2/twin'],
    });
    expect(outcomes(report)).toEqual(['feat/a1/module landed', 'feat/a2/odd landed']);
    expect(left(report)).toEqual([
      expect.stringMatching(/^feat\/a2\/twin refused: unsafe-path b\/LIST/),
    ]);
    expect(repository.git('rev-parse', 'main:a/m')).toBe(second);
    expect(repository.git('show', 'main:b/big.bin')).toBe(pointer.trim());
    expect(entries(repository, 'b/link', 'b/list', 'a/m')).toEqual([
      '160000 commit a/m',
      '120000 blob b/link',
      '100644 blob b/list',
    ]);
  });

  it.runIf(WHOLE)('60 a merge driver that one machine has configured has no say', async () => {
    const repository = landable({});
    commitTo(repository, 'main', { '.gitattributes': 'a/list merge=ours-always\n' });
    commitTo(repository, 'feat/a1/p', { 'a/list': 'p\n' }, 'main');
    commitTo(repository, 'feat/a1/q', { 'a/list': 'q\n' }, 'main');
    repository.git('config', 'merge.ours-always.driver', 'true');
    const report = await land(repository);
    expect(outcomes(report)).toHaveLength(1);
    expect(left(report)).toEqual([
      expect.stringMatching(/^feat\/a1\/[pq] conflict: .* in a\/list$/),
    ]);
  });
});

describe('places that are odd', () => {
  it.runIf(WHOLE)(
    '64 no room to check out what is to be validated decides nothing, and can be gone on with',
    async () => {
      const big = 'x'.repeat(3_000_000);
      const repository = landable({ 'a1/big': { 'a/big': big } });
      const before = repository.git('rev-parse', 'main');
      // Files may have a megabyte; git is told so when it writes the file that it checks out.
      const command = `ulimit -f 2000; exec node ${packageRoot}/dist/cli.js land --all --local --yes`;
      const { code, stderr } = repository.run('bash', ['-c', command]);
      expect([code, repository.git('rev-parse', 'main')]).toEqual([2, before]);
      expect(stderr).toMatch(/cannot decide/);
      const report = await runLandContinue(hostIn(repository), { yes: true });
      expect(outcomes(report)).toEqual(['feat/a1/big landed']);
      expect(repository.git('cat-file', '-s', 'main:a/big')).toBe(String(big.length));
    },
  );

  it.runIf(WHOLE)(
    '75 receipts that somebody has deleted hold nothing up, and nothing lands twice',
    async () => {
      const repository = landable({ 'a1/x': BRANCHES['a1/x']!, 'a3/x': BRANCHES['a3/x']! });
      await land(repository, { branches: ['feat/a1/x'], land: 'squash' });
      repository.git('update-ref', '-d', 'refs/bailiwick/receipts/main');
      const show = () => runLandShow(hostIn(repository), { receipt: '', all: true });
      expect((await show()).data.receipts).toEqual([]);
      const report = await land(repository, { land: 'squash' });
      expect([outcomes(report), left(report)]).toEqual([
        ['feat/a3/x landed'],
        ['feat/a1/x landed: main has all of it'],
      ]);
      expect((await show()).data.receipts).toHaveLength(1);
      const trailers = '--format=%(trailers:key=Bailiwick-Landed,valueonly,separator=)';
      expect(
        repository
          .git('log', '-2', trailers, 'main')
          .split('\n')
          .map((line) => line.split('@')[0]),
      ).toEqual(['feat/a3/x', 'feat/a1/x']);
    },
  );

  it.runIf(WHOLE)(
    '77 a base that is renamed begins anew, and two bases have each a landing of their own',
    async () => {
      const repository = landable(
        { 'a1/x': BRANCHES['a1/x']!, 'a3/x': BRANCHES['a3/x']! },
        'exit 127',
      );
      await expect(land(repository, { branches: ['feat/a1/x'] })).rejects.toThrow(
        /did not get to say/,
      );
      // One that was cut short stays with its base; the other base does not wait for it.
      const policy = repository.git('show', 'main:ownership.yml').replace('exit 127', 'true');
      commitTo(repository, 'trunk', { 'ownership.yml': `base: trunk\n${policy}\n` }, 'main');
      repository.git('config', 'init.defaultBranch', 'trunk');
      repository.git('branch', '-m', 'main', 'old');
      repository.git('switch', '-q', 'trunk');
      const report = await land(repository, { branches: ['feat/a3/x'] });
      expect([report.data.journal!.base, outcomes(report)]).toEqual([
        'trunk',
        ['feat/a3/x landed'],
      ]);
      const refs = repository.git('for-each-ref', '--format=%(refname)', 'refs/bailiwick/landings');
      expect(refs.split('\n')).toEqual([
        'refs/bailiwick/landings/main',
        'refs/bailiwick/landings/trunk',
      ]);
    },
  );
});
