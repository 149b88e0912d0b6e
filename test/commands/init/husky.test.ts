import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInit } from '../../../src/commands/init.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { GuardPackage } from '../../hooks/guard-package.ts';
import { hostIn } from '../../support/host.ts';
import { packageRoot, TestRepository } from '../../support/repository.ts';

const HUSKY = join(packageRoot, 'node_modules/husky/bin.js');

/** Runs the real husky, as `npm install` does through `prepare`. */
const husky = (repository: TestRepository): void => {
  expect(repository.run(process.execPath, [HUSKY])).toMatchObject({ code: 0, stdout: '' });
};

interface Setting {
  readonly repository: TestRepository;
  readonly guard: GuardPackage;
}

/** A repository that uses husky, with the package in its `node_modules` as `npm install` puts it. */
function setUp(scripts: Record<string, string> = {}): Setting {
  const repository = TestRepository.create({ name: 'a repo' });
  for (const [name, text] of Object.entries(scripts)) repository.write(`.husky/${name}`, text);
  repository.commit('first', {
    'package.json': '{ "devDependencies": { "husky": "^9.1.7" } }\n',
    'package-lock.json': '{}\n',
    '.gitignore': 'node_modules/\n',
    'sub/a.txt': 'a\n',
  });
  const guard = new GuardPackage(join(repository.directory, 'node_modules/bailiwick'));
  return { repository, guard };
}

const init = ({ repository, guard }: Setting, options = {}, directory = '.') =>
  runInit(hostIn(repository.at(directory), { packageDirectory: guard.directory }), {
    policy: false,
    ...options,
  });

const tryCommit = (repository: TestRepository): number =>
  repository.tryGit('commit', '--allow-empty', '-m', 'x').code;

/** With husky set up, `init` done and its result committed. */
async function guarded(scripts: Record<string, string> = {}): Promise<Setting> {
  const setting = setUp(scripts);
  husky(setting.repository);
  await init(setting);
  setting.repository.commit('the hooks');
  return setting;
}

describe('init with husky', () => {
  it('puts the guard first in the tracked scripts, and only there', async () => {
    const { repository, guard } = await guarded({ 'pre-commit': 'echo user >>ran\n' });
    const generated = repository.run('git', ['hash-object', '.husky/_/pre-commit', '.husky/_/h']);
    guard.answers(1);
    expect(tryCommit(repository)).not.toBe(0);
    expect(existsSync(join(repository.directory, 'ran'))).toBe(false);
    guard.answers(0);
    expect(tryCommit(repository)).toBe(0);
    expect(repository.read('ran')).toBe('user\n');
    expect(repository.git('config', 'core.hooksPath')).toBe('.husky/_');
    husky(repository);
    expect(repository.run('git', ['hash-object', '.husky/_/pre-commit', '.husky/_/h'])).toEqual(
      generated,
    );
  });

  it('gives pre-push lines back to what follows, under sh -e', async () => {
    const { repository, guard } = await guarded({ 'pre-push': 'cat >refs\n' });
    repository.git('init', '-q', '--bare', '../remote.git');
    repository.git('push', '-q', '../remote.git', 'main');
    expect(guard.calls[0]!.stdin).toMatch(/^refs\/heads\/main /);
    expect(repository.read('refs')).toBe(guard.calls[0]!.stdin);
    guard.answers(1);
    expect(repository.tryGit('push', '../remote.git', 'main:other').code).not.toBe(0);
  });

  it('holds no path of this machine in tracked files', async () => {
    const { repository } = await guarded();
    const tracked = repository.git('grep', '-I', '-h', '', '--', '.husky');
    expect(tracked).toContain('bailiwick=node_modules/bailiwick\n');
    expect(tracked).not.toContain(repository.home);
  });

  it('says what to run while husky has not set git up', async () => {
    const setting = setUp({ 'pre-commit': 'true\n' });
    const report = await init(setting);
    expect(report.verdict).toBe('undecided');
    expect(report.data.manager).toBe('husky');
    expect(hintSentence(report.data.next[0]!)).toMatch(/, run npm ci$/);
    expect(existsSync(join(setting.repository.directory, '.git/hooks/pre-commit'))).toBe(false);
    husky(setting.repository);
    expect((await init(setting)).verdict).toBe('allowed');
  });

  it('is the same done twice, and is taken out to the byte', async () => {
    const setting = setUp({ 'pre-commit': '#!/usr/bin/env sh\nnpx lint-staged', 'pre-push': '' });
    const { repository } = setting;
    husky(repository);
    const tree = (): string => {
      repository.git('add', '-A');
      return repository.git('write-tree');
    };
    const before = tree();
    await init(setting);
    const once = tree();
    expect(once).not.toBe(before);
    expect((await init(setting)).data.steps).toEqual([]);
    expect(tree()).toBe(once);
    await init(setting, { uninstall: true });
    expect(tree()).toBe(before);
    expect(repository.tryGit('config', '--get-regexp', '^bailiwick').stdout).toBe('');
    expect(repository.git('config', 'core.hooksPath')).toBe('.husky/_');
  });
});

describe('a linked worktree of a repository with husky', () => {
  it('goes unguarded without us: this is what the block in post-checkout is for', () => {
    const { repository } = setUp({ 'pre-commit': 'exit 1\n' });
    husky(repository);
    expect(tryCommit(repository)).not.toBe(0);
    repository.git('worktree', 'add', '-q', '-b', 'a1', '../a worktree');
    expect(tryCommit(repository.at('../a worktree'))).toBe(0);
  });

  it.each([
    ['the main checkout', '.'],
    ['a subdirectory', 'sub'],
    ['a subdirectory of another worktree', '../first tree/sub'],
  ])('is guarded when it is added from %s', async (_name, from) => {
    const { repository, guard } = await guarded();
    repository.git('worktree', 'add', '-q', '-b', 'a1', '../first tree');
    const path = join(repository.home, 'second tree');
    repository.at(from).git('worktree', 'add', '-q', '-b', 'a2', path);
    const worktree = repository.at('../second tree');
    expect(worktree.git('status', '--porcelain')).toBe('');
    guard.answers(1);
    expect(tryCommit(worktree)).not.toBe(0);
    repository.git('init', '-q', '--bare', '../remote.git');
    expect(worktree.tryGit('push', '../remote.git', 'a2').code).not.toBe(0);
    expect(guard.calls.map(({ argv, cwd }) => [argv[0], cwd])).toEqual([
      ['pre-commit', path],
      ['pre-push', path],
    ]);
  });

  it('is guarded in a repository of sha256', async () => {
    const repository = TestRepository.create({ format: 'sha256' });
    const guard = new GuardPackage(join(repository.directory, 'node_modules/bailiwick'));
    repository.commit('first', { '.gitignore': 'node_modules/\n' });
    husky(repository);
    await init({ repository, guard });
    repository.commit('the hooks');
    repository.git('worktree', 'add', '-q', '-b', 'a1', '../tree');
    guard.answers(1);
    expect(tryCommit(repository.at('../tree'))).not.toBe(0);
  });

  it('is armed by init when it was there before', async () => {
    const setting = setUp({ 'pre-commit': 'true\n' });
    const { repository, guard } = setting;
    husky(repository);
    repository.git('worktree', 'add', '-q', '-b', 'a1', '../old tree');
    const first = await init(setting);
    const old = repository.at('../old tree');
    expect(first.data.worktrees).toMatchObject([
      { path: old.directory, branch: 'a1', hooks: [{ state: 'unguarded' }, {}, {}] },
    ]);
    expect(first.data.next.map(({ aim }) => aim).join('\n')).toContain(
      'guard the other worktrees, merge',
    );
    repository.commit('the hooks');
    old.git('merge', '-q', 'main');
    guard.answers(1);
    expect(tryCommit(old)).not.toBe(0);
    const again = await init(setting, {}, '../old tree');
    expect(again.data.hooks.map(({ state }) => state)).toEqual(['active', 'active', 'active']);
    expect(again.data.steps).toEqual([]);
  });

  it('stays guarded when another worktree goes', async () => {
    const { repository, guard } = await guarded();
    repository.git('worktree', 'add', '-q', '-b', 'a1', '../one');
    repository.at('../one').git('worktree', 'add', '-q', '-b', 'a2', join(repository.home, 'two'));
    repository.git('worktree', 'remove', '--force', '../one');
    guard.answers(1);
    expect(tryCommit(repository.at('../two'))).not.toBe(0);
  });

  it('refuses, and says why, when the package is gone', async () => {
    const { repository, guard } = await guarded();
    repository.git('worktree', 'add', '-q', '-b', 'a1', '../one');
    rmSync(guard.directory, { recursive: true });
    const outcome = repository.at('../one').tryGit('commit', '--allow-empty', '-m', 'x');
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toContain('bailiwick is not installed here');
    expect(outcome.stderr).toMatch(/^To install it, run npm ci/m);
    repository.git('config', 'bailiwick.allowMissing', 'true');
    expect(tryCommit(repository.at('../one'))).toBe(0);
  });

  it('uses its own package before that of the main checkout', async () => {
    const { repository, guard } = await guarded();
    repository.git('worktree', 'add', '-q', '-b', 'a1', '../one');
    const own = new GuardPackage(join(repository.home, 'one/node_modules/bailiwick'));
    own.answers(1);
    expect(tryCommit(repository.at('../one'))).not.toBe(0);
    expect([own.calls.length, guard.calls.length]).toEqual([1, 0]);
  });

  it('uses what init recorded when the main checkout has no packages', async () => {
    const setting = setUp();
    const { repository } = setting;
    husky(repository);
    const elsewhere = new GuardPackage(join(repository.home, 'some cache'));
    rmSync(setting.guard.directory, { recursive: true });
    mkdirSync(join(repository.directory, 'node_modules'), { recursive: true });
    const report = await init({ repository, guard: elsewhere });
    elsewhere.answers(1);
    expect(tryCommit(repository)).not.toBe(0);
    expect(elsewhere.events).toEqual(['pre-commit']);
    expect(report.data.next.map(hintSentence)).toContain(
      'To have it on every machine, run npm install --save-dev bailiwick',
    );
  });
});
