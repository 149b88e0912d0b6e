import { describe, expect, it } from 'vitest';
import {
  type AddFacts,
  planBeginning,
  planWorktree,
} from '../../../src/core/worktrees/plan-add.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import { describePlan } from '../../../src/domain/plan.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';

const at = 'a'.repeat(40) as Oid;
const all: AddFacts = {
  agent: 'a1' as AgentId,
  path: '/wt',
  branch: 'feat/a1/main' as BranchName,
  state: 'new',
  start: { at, upstream: null, from: 'origin/main' },
  bound: null,
  arm: { from: '/repo/.husky/_', to: '/wt/.husky/_' },
  files: [{ path: '/wt/.agent.env', content: 'KEY=secret\n', secret: true, why: 'x' }],
  setup: ['npm ci', 'make'],
  environment: { KEY: 'secret' },
  log: '/log',
  block: { path: '/wt/.env.local', lines: ['KEY=secret'] },
};
const done: AddFacts = {
  ...all,
  state: 'ready',
  start: null,
  bound: all.agent,
  arm: null,
  files: [],
  setup: [],
  block: null,
};
const kinds = (facts: AddFacts): string[] => planWorktree(facts).map(({ kind }) => kind);

describe('planWorktree', () => {
  it('arms, binds and writes before any command of the repository runs', () => {
    expect(kinds(all)).toEqual([
      'copy-directory',
      'check-out',
      'bind-worktree',
      'write-file',
      'run-command',
      'run-command',
      'mark-block',
    ]);
  });

  it.each<[string, Partial<AddFacts>, string[]]>([
    ['nothing', {}, []],
    ['the checkout', { state: 'cut-short' }, ['check-out']],
    ['the binding', { bound: 'a2' as AgentId }, ['bind-worktree']],
    ['setup', { setup: ['make'] }, ['run-command']],
    ['everything, without a branch', { state: 'cut-short', branch: null }, []],
  ])('adds what is missing: %s', (_what, missing, steps) => {
    expect(kinds({ ...done, ...missing })).toEqual(steps);
  });

  it('says no secret', () => {
    expect(JSON.stringify(describePlan(planWorktree(all)))).not.toContain('secret');
  });
});

it('makes a branch and a worktree only where there is none', () => {
  expect(planBeginning(all)).toMatchObject([
    { kind: 'create-branch', branch: 'feat/a1/main', at, why: 'begins where origin/main is' },
    { kind: 'add-worktree', path: '/wt', branch: 'feat/a1/main' },
  ]);
  expect(planBeginning({ ...all, start: null })).toMatchObject([{ kind: 'add-worktree' }]);
  expect(planBeginning({ ...all, state: 'cut-short', start: null })).toEqual([]);
  expect(planBeginning(done)).toEqual([]);
});
