import { describe, expect, it } from 'vitest';
import {
  obstaclesOf,
  type RemovalFacts,
  type RemovalFlags,
} from '../../../src/core/worktrees/obstacles.ts';

const nothing: RemovalFacts = {
  uncommitted: [],
  operation: null,
  unpushed: { count: 0, newest: [], branch: 'feat/a1/main', base: 'main' },
  submodules: [],
  precious: [],
  nested: [],
  locked: null,
  making: false,
  processes: [],
};
const two = { ...nothing.unpushed, count: 2, newest: ['abc second', 'def first'] };

describe('obstaclesOf', () => {
  it('finds none where there is nothing to lose', () => {
    expect(obstaclesOf(nothing, {})).toEqual([]);
  });

  it.each<[string, Partial<RemovalFacts>, string, keyof RemovalFlags | null]>([
    [
      'uncommitted',
      { uncommitted: ['a', 'b'] },
      '2 paths have changes that no commit holds',
      'discardUncommitted',
    ],
    ['unfinished', { operation: 'rebase' }, 'a rebase has not ended', 'discardUncommitted'],
    [
      'unpushed',
      { unpushed: two },
      '2 commits of feat/a1/main are on no remote and not on main',
      'discardUnpushed',
    ],
    [
      'unpushed',
      { unpushed: { count: 1, newest: ['abc x'], branch: null, base: null } },
      '1 commit of a detached HEAD is on no remote',
      'discardUnpushed',
    ],
    [
      'submodules',
      { submodules: ['lib'] },
      '1 submodule has a repository in it',
      'discardSubmodules',
    ],
    ['ignored', { precious: ['.env'] }, '1 ignored file cannot be made again', 'discardIgnored'],
    ['nested', { nested: ['/x/y'] }, '1 worktree is in its directory', null],
    ['locked', { locked: 'on a stick\nb' }, 'it is locked: on a stick', 'ignoreLock'],
    ['locked', { locked: '' }, 'it is locked', 'ignoreLock'],
    ['making', { making: true }, 'another command is making it', null],
    [
      'in-use',
      { processes: [{ pid: 7, name: 'vim' }] },
      '1 process is at work in it',
      'ignoreProcesses',
    ],
  ])('%s', (kind, facts, message, flag) => {
    const found = obstaclesOf({ ...nothing, ...facts }, {});
    expect(found).toMatchObject([{ kind, message }]);
    expect(found[0]!.flag === null).toBe(flag === null);
    if (flag === null) return;
    const named = found[0]!.flag!.replace(/^--|-(.)/g, (_, letter: string = '') =>
      letter.toUpperCase(),
    );
    expect(named).toBe(flag);
    expect(obstaclesOf({ ...nothing, ...facts }, { [flag]: true })).toEqual([]);
  });

  it('leaves commits to the branch that is kept, and to none that a detached HEAD has', () => {
    expect(obstaclesOf({ ...nothing, unpushed: two }, { keepBranch: true })).toEqual([]);
    const detached = { ...nothing, unpushed: { ...two, branch: null } };
    expect(obstaclesOf(detached, { keepBranch: true })).toHaveLength(1);
  });

  it('shows a few examples, what matters most first', () => {
    const paths = ['1', '2', '3', '4', '5', '6'];
    const found = obstaclesOf({ ...nothing, precious: ['x'], uncommitted: paths }, {});
    expect(found.map(({ kind }) => kind)).toEqual(['uncommitted', 'ignored']);
    expect(found[0]!.examples).toEqual(paths.slice(0, 5));
  });
});
