import { describe, expect, it } from 'vitest';
import { nameWorktree, repositoryName, slugOf } from '../../../src/core/worktrees/names.ts';
import type { Agent } from '../../../src/domain/ownership.ts';
import { ownershipOf } from '../../support/policy.ts';

const agentOf = (title: string | null): Agent => ({
  ...[...ownershipOf().agents.values()][0]!,
  title,
});
const templates = (branch: string, path = '../wt-{agent}-{slug}', ...branches: string[]) => ({
  repository: 'app',
  worktrees: { branch, path },
  branches: branches.map((text) => ({ text })),
});
const usual = templates(
  'feat/{agent}/main',
  '../wt-{agent}-{slug}',
  'feat/{area}/{topic}__{agent}',
  'feat/{agent}/{topic}',
);

it.each([
  ['/home/me/My App', 'my-app'],
  ['/srv/app.git', 'app'],
  ['/home/me/project/.bare', 'project'],
  ['/', 'repository'],
])('the repository at %s is called %s in a path', (start, name) => {
  expect(repositoryName(start)).toBe(name);
  const worktrees = { ...usual.worktrees, path: '../{repository}-{agent}-{slug}' };
  const named = nameWorktree(agentOf(null), { ...usual, worktrees, repository: name }, {});
  expect(named).toMatchObject({ value: { path: `../${name}-a1-main` } });
});

describe('nameWorktree', () => {
  it.each([
    ['the title', 'Core pipeline', {}, 'feat/a1/main', '../wt-a1-core-pipeline'],
    ['a title that is the id', 'A1', {}, 'feat/a1/main', '../wt-a1-main'],
    ['a title that begins with the id', 'A1: parser', {}, 'feat/a1/main', '../wt-a1-parser'],
    ['a title that lists paths', 'src/a1, test/a1', {}, 'feat/a1/main', '../wt-a1-main'],
    ['no title', null, {}, 'feat/a1/main', '../wt-a1-main'],
    [
      'a title of no letters git paths have everywhere',
      '核心',
      {},
      'feat/a1/main',
      '../wt-a1-main',
    ],
    ['a topic', 'Core', { topic: 'Fix/Parser' }, 'feat/a1/Fix/Parser', '../wt-a1-fix-parser'],
    ['a branch', 'Core', { branch: 'feat/a1/x_y' }, 'feat/a1/x_y', '../wt-a1-x-y'],
  ])('names by %s', (_what, title, request, branch, path) => {
    expect(nameWorktree(agentOf(title), usual, request)).toEqual({
      ok: true,
      value: { branch, path },
    });
  });

  it.each([
    ['Core pipeline', {}, 'feat/a1-core-pipeline'],
    [null, {}, 'feat/a1-main'],
    ['Core pipeline', { topic: 'Parser!' }, 'feat/a1-parser'],
  ])('fills {slug} of the branch too: %j %j', (title, request, branch) => {
    const named = nameWorktree(agentOf(title), templates('feat/{agent}-{slug}'), request);
    expect(named).toMatchObject({ ok: true, value: { branch } });
  });

  it.each([
    [templates('feat/{agent}/main'), { topic: 'x' }, /has a place for a topic/],
    [usual, { topic: 'a b' }, /'feat\/a1\/a b' is not a branch name/],
    [usual, { branch: '-x' }, /'-x' is not a branch name/],
  ])('says why there is none', (from, request, words) => {
    const named = nameWorktree(agentOf(null), from, request);
    expect(named).toEqual({ ok: false, error: expect.stringMatching(words) as string });
  });
});

describe('slugOf', () => {
  it.each([
    ['Core pipeline', 'core-pipeline'],
    ['  Ünïcode & Ärger!  ', 'unicode-arger'],
    ['ﬁne', 'fine'],
    ['../../etc', 'etc'],
    ['a'.repeat(60), 'a'.repeat(40)],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
    ['...', ''],
  ])('%j is %j', (text, slug) => {
    expect(slugOf(text)).toBe(slug);
  });
});
