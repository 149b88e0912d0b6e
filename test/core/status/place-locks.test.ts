import { expect, it } from 'vitest';
import { placeLocks } from '../../../src/core/status/place-locks.ts';
import type { LockName } from '../../../src/domain/ids.ts';
import type { StatusLock } from '../../../src/domain/reports/status.ts';
import { agent } from '../../render/examples.ts';
import { row, worktree } from './status-rows.ts';

const lock = (name: string, holder: string, branch: string | null): StatusLock => ({
  name: name as LockName,
  holder: agent(holder),
  branch,
  state: 'held',
  since: 0,
  expires: 1,
});
const rows = [
  row({ agent: 'a1', branch: 'feat/a1/x', worktree: null }),
  row({ agent: 'a1', branch: 'feat/a1/y', worktree: worktree() }),
  row({ agent: 'a2', branch: 'feat/a2/x', worktree: null }),
  row({ agent: null, branch: 'feat/a3/x', worktree: worktree() }),
];

it.each<[string, StatusLock, number | null]>([
  ['the branch it was taken on', lock('common', 'a1', 'feat/a1/x'), 0],
  ["the holder's worktree when the branch is gone", lock('common', 'a1', 'feat/a1/old'), 1],
  ["the holder's worktree when no branch is known", lock('common', 'a1', null), 1],
  ["the holder's branch when there is no worktree", lock('common', 'a2', null), 2],
  ["nowhere, rather than on another's branch", lock('common', 'a3', 'feat/a3/x'), null],
])('shows a lock with %s', (_where, held, at) => {
  const placed = [...placeLocks(rows, [held])];
  expect(placed).toEqual(at === null ? [] : [[rows[at], ['common']]]);
});

it('shows several locks with one row', () => {
  const placed = placeLocks(rows, [lock('common', 'a1', null), lock('docs', 'a1', null)]);
  expect([...placed.values()]).toEqual([['common', 'docs']]);
});
