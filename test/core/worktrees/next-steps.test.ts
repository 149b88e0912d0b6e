import { expect, it } from 'vitest';
import { stepsAfterAdd } from '../../../src/core/worktrees/steps-after-add.ts';
import { stepsAfterRemove } from '../../../src/core/worktrees/steps-after-remove.ts';
import type { BranchName } from '../../../src/domain/refs.ts';
import type { AddedWorktree, ObstacleKind } from '../../../src/domain/reports/worktree.ts';
import { agent } from '../../render/examples.ts';

const added = (id: string, more: Partial<AddedWorktree> = {}): AddedWorktree => ({
  agent: agent(id),
  path: `/w/wt ${id}`,
  branch: `feat/${id}/work` as BranchName,
  outcome: 'made',
  ports: { first: 3000, last: 3009, port: 3000 },
  setup: 'none',
  log: null,
  guarded: true,
  failure: null,
  ...more,
});
const failed = added('a2', {
  outcome: 'failed',
  log: '/l/a2.log',
  guarded: null,
  failure: { message: 'setup ended with 1', tail: [] },
});
const WORK = "cd '/w/wt a1' && set -a && . ./.agent.env && set +a";

it.each([
  ['to work in the first that is ready', [added('a1'), added('a3')], false, [WORK]],
  [
    'to look at the log of what failed, and to try that again',
    [added('a1'), failed],
    false,
    ['cat /l/a2.log', 'bailiwick worktree add a2', WORK],
  ],
  ['to make git run the guard', [added('a1', { guarded: false })], false, ['bailiwick init', WORK]],
  [
    'to do so there, around a bare repository',
    [added('a1', { guarded: false })],
    true,
    ["bailiwick init -C '/w/wt a1'", WORK],
  ],
])('advises after add %s', (_, worktrees, bare, commands) => {
  expect(stepsAfterAdd(worktrees, bare).map(({ command }) => command)).toEqual(commands);
});

const asked = (obstacles: ObstacleKind[], more = {}) => ({
  path: '/w/wt a1',
  agent: agent('a1'),
  branch: 'feat/a1/work',
  missing: false,
  halfMade: false,
  obstacles: new Set(obstacles),
  ...more,
});

it.each([
  ['nothing where nothing would be lost', asked([]), []],
  ['to look at uncommitted work', asked(['uncommitted']), ["git -C '/w/wt a1' status"]],
  ['nothing that fails where the directory is gone', asked(['uncommitted'], { missing: true }), []],
  [
    'to keep the branch with commits that are nowhere else',
    asked(['unpushed']),
    ["bailiwick worktree remove '/w/wt a1' --keep-branch"],
  ],
  ['nothing about the branch of a detached HEAD', asked(['unpushed'], { branch: null }), []],
  [
    'to complete what was begun',
    asked(['in-use'], { halfMade: true }),
    ['bailiwick worktree add a1'],
  ],
])('advises after a refused removal %s', (_, worktree, commands) => {
  expect(stepsAfterRemove(worktree).map(({ command }) => command)).toEqual(commands);
});
