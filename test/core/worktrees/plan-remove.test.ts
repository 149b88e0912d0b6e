import { describe, expect, it } from 'vitest';
import { planRelease, planRemove } from '../../../src/core/worktrees/plan-remove.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';

const branch = { name: 'feat/a1/main' as BranchName, at: 'a'.repeat(40) as Oid };

describe('planRemove', () => {
  it('begins with what git may refuse, and forces only what it is told to', () => {
    const plan = planRemove({ path: '/wt', force: false, branch, logs: ['/log'] });
    expect(plan.map(({ kind }) => kind)).toEqual([
      'remove-worktree',
      'delete-branch',
      'delete-file',
    ]);
    expect(plan[0]).toMatchObject({ path: '/wt', force: false });
    expect(plan[1]).toMatchObject({ branch: branch.name, at: branch.at });
  });

  it('leaves a branch that is to stay', () => {
    const plan = planRemove({ path: '/wt', force: true, branch: null, logs: [] });
    expect(plan).toMatchObject([{ kind: 'remove-worktree', force: true }]);
  });
});

it('takes nothing out of the main checkout but what was put in', () => {
  const plan = planRelease('/repo', ['/repo/.agent.env'], '/repo/.env.local', ['/log']);
  expect(plan).toMatchObject([
    { kind: 'delete-file', path: '/repo/.agent.env' },
    { kind: 'delete-file', path: '/log' },
    { kind: 'mark-block', path: '/repo/.env.local', lines: null },
    { kind: 'bind-worktree', path: '/repo', agent: null },
  ]);
});
