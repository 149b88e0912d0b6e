import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { followedCommits } from '../../../src/git/history/followed-commits.ts';
import { recentCommits } from '../../../src/git/history/recent-commits.ts';
import { defaultBranch } from '../../../src/git/refs/default-branch.ts';
import { hooksDirectory } from '../../../src/git/worktree/hooks-directory.ts';
import { listWorktrees } from '../../../src/git/worktree/list.ts';
import {
  effectiveSetting,
  settingNames,
  setSharedSetting,
  sharedSetting,
} from '../../../src/git/worktree/settings.ts';
import { trackedPaths } from '../../../src/git/worktree/tracked-paths.ts';
import { TestRepository } from '../../support/repository.ts';

const ODD = ['a b', '-dash', 'new\nline', '"quote"', 'ü', '\u0001', 'tab\t', ' lead'];

describe('settings', () => {
  it('are those of the last scope that sets them', async () => {
    const repository = TestRepository.create();
    repository.write('../global', '[core]\n\thooksPath = /one\n');
    const { repo } = repository.at('.', {});
    const environment = { ...repo.environment, GIT_CONFIG_GLOBAL: `${repository.home}/global` };
    const here = { ...repo, environment };
    expect(await effectiveSetting(here, 'core.hooksPath')).toMatchObject({
      value: '/one',
      scope: 'global',
    });
    repository.git('config', 'core.hooksPath', 'two\nlines');
    expect(await effectiveSetting(here, 'core.hooksPath')).toEqual({
      value: 'two\nlines',
      scope: 'local',
      origin: 'file:.git/config',
    });
    expect(await effectiveSetting(here, 'core.nothing')).toBe(null);
  });

  it('are shared by all worktrees, and leave nothing behind when they go', async () => {
    const repository = TestRepository.create();
    repository.commit('first');
    const before = repository.read('.git/config');
    repository.git('worktree', 'add', '-q', '../tree');
    await setSharedSetting(repository.at('../tree').repo, 'bailiwick.home', '/a b');
    expect(await sharedSetting(repository.repo, 'bailiwick.home')).toBe('/a b');
    await setSharedSetting(repository.repo, 'bailiwick.home', null);
    await setSharedSetting(repository.repo, 'bailiwick.home', null);
    expect(await sharedSetting(repository.repo, 'bailiwick.home')).toBe(null);
    expect(repository.read('.git/config')).toBe(before);
  });

  it('name the hooks of the configuration', async () => {
    const repository = TestRepository.create();
    expect(await settingNames(repository.repo, 'hook', 'event')).toEqual([]);
    for (const [key, value] of [
      ['hook.b.c.event', 'pre-push'],
      ['hook.a.event', 'pre-commit'],
      ['hook.a.command', 'x'],
    ])
      repository.git('config', '--add', key!, value!);
    repository.git('config', '--add', 'hook.a.event', 'pre-push');
    expect(await settingNames(repository.repo, 'hook', 'event')).toEqual(['a', 'b.c']);
  });
});

it('hooksDirectory is absolute, and relative hooksPath means each worktree', async () => {
  const repository = TestRepository.create({ name: 'a repo' });
  repository.commit('first', { 'sub/x': 'x' });
  repository.git('worktree', 'add', '-q', '-b', 'a1', '../a tree');
  const [sub, tree] = [repository.at('sub').repo, repository.at('../a tree').repo];
  expect(await hooksDirectory(sub)).toBe(`${repository.directory}/.git/hooks`);
  expect(await hooksDirectory(tree)).toBe(`${repository.directory}/.git/hooks`);
  repository.git('config', 'core.hooksPath', '.husky/_');
  expect(await hooksDirectory(sub)).toBe(`${repository.directory}/.husky/_`);
  expect(await hooksDirectory(tree)).toBe(`${tree.directory}/.husky/_`);
});

describe('listWorktrees', () => {
  it('tells all there is to each', async () => {
    const repository = TestRepository.create();
    const head = repository.commit('first');
    repository.git('worktree', 'add', '-q', '--detach', '../detached\nline');
    repository.git('worktree', 'add', '-q', '-b', 'feat/a1/x', '../gone');
    repository.git(
      'worktree',
      'add',
      '-q',
      '-b',
      'b',
      '--lock',
      '--reason',
      'on a\nstick',
      '../locked',
    );
    repository.run('rm', ['-r', '../gone']);
    const rest = { bare: false, locked: null, prunable: null };
    const at = (name: string): string => `${repository.home}/${name}`;
    expect(await listWorktrees(repository.repo)).toEqual([
      { path: repository.directory, head, branch: 'refs/heads/main', ...rest },
      { path: at('detached\nline'), head, branch: null, ...rest },
      {
        ...rest,
        path: at('gone'),
        head,
        branch: 'refs/heads/feat/a1/x',
        prunable: expect.any(String),
      },
      { ...rest, path: at('locked'), head, branch: 'refs/heads/b', locked: 'on a\nstick' },
    ]);
  });

  it('starts with the repository itself when it is bare', async () => {
    const repository = TestRepository.create({ bare: true, format: 'sha256' });
    expect(await listWorktrees(repository.repo)).toMatchObject([{ bare: true, head: null }]);
  });
});

describe('followedCommits', () => {
  it('calls paths what they are called now, over several moves, and a new file of an old name by its own', async () => {
    const repository = TestRepository.create();
    const text = (word: string): string => `${word}\n`.repeat(20);
    repository.commit('first', { 'a/x': text('x'), 'a/ü\ty': text('y') });
    repository.git('mv', 'a', 'b');
    repository.commit('moved');
    repository.commit('edited', { 'b/x': text('x') + 'more\n' });
    repository.git('mv', 'b', 'c');
    repository.commit('moved on');
    repository.commit('again', { 'a/x': 'another\n', 'c/x': text('x') });
    const paths = (await followedCommits(repository.repo, 10)).map((commit) => commit.paths);
    const moved = ['c/x', 'c/ü\ty'];
    expect(paths.map((each) => [...each].sort())).toEqual([
      ['a/x', 'c/x'],
      moved,
      ['c/x'],
      moved,
      moved,
    ]);
    expect(await followedCommits(TestRepository.create().repo, 10)).toEqual([]);
    const lost = repository.git('rev-parse', ':c/x');
    rmSync(`${repository.directory}/.git/objects/${lost.slice(0, 2)}/${lost.slice(2)}`);
    repository.git('rm', '-q', '-f', 'c/x');
    repository.commit('a move that cannot be told', { 'd/x': `${text('x')}y` });
    const untold = (await followedCommits(repository.repo, 10)).map((commit) => commit.paths);
    expect(untold.map((each) => [...each].sort()).slice(0, 2)).toEqual([
      ['c/x', 'd/x'],
      ['a/x', 'c/x'],
    ]);
  });
});

describe('recentCommits', () => {
  it('reads authors and paths, whatever they are called', async () => {
    const repository = TestRepository.create();
    repository.commit('first', Object.fromEntries(ODD.map((name) => [name, name])));
    repository.commit('empty');
    repository.git('mv', 'a b', 'c');
    repository.commit('a move');
    const commits = await recentCommits(repository.repo, 10);
    expect(commits.map(({ author, paths }) => [author, [...paths].sort()])).toEqual([
      ['Ann Author', ['a b', 'c']],
      ['Ann Author', []],
      ['Ann Author', [...ODD].sort()],
    ]);
    expect(await recentCommits(repository.repo, 1)).toHaveLength(1);
  });

  it('knows no merges, and nothing before the first commit', async () => {
    const repository = TestRepository.create();
    expect(await recentCommits(repository.repo, 10)).toEqual([]);
    repository.commit('first');
    repository.git('switch', '-q', '-c', 'side');
    repository.commit('side', { s: 's' });
    repository.git('switch', '-q', 'main');
    repository.commit('main', { m: 'm' });
    repository.git('merge', '-q', '--no-verify', 'side');
    expect((await recentCommits(repository.repo, 10)).map(({ paths }) => paths)).toEqual(
      expect.arrayContaining([['m'], ['s'], []]),
    );
    expect(await recentCommits(repository.repo, 10)).toHaveLength(3);
  });
});

it('trackedPaths gives names as they are', async () => {
  const repository = TestRepository.create();
  expect(await trackedPaths(repository.repo)).toEqual([]);
  repository.commit('first', Object.fromEntries(ODD.map((name) => [name, name])));
  expect((await trackedPaths(repository.repo)).sort()).toEqual([...ODD].sort());
});

describe('defaultBranch', () => {
  it('is what the remote calls its own, else main or master', async () => {
    const repository = TestRepository.create();
    expect(await defaultBranch(repository.repo)).toBe(null);
    repository.commit('first');
    repository.git('branch', '-m', 'other');
    expect(await defaultBranch(repository.repo)).toBe(null);
    repository.git('branch', 'master');
    expect(await defaultBranch(repository.repo)).toBe('master');
    repository.git('branch', 'main');
    expect(await defaultBranch(repository.repo)).toBe('main');
    repository.git('update-ref', 'refs/remotes/origin/trunk/x', 'HEAD');
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk/x');
    expect(await defaultBranch(repository.repo)).toBe('trunk/x');
  });
});
