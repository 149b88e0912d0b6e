import { expect, it } from 'vitest';
import { unguardedHint } from '../../../src/core/status/unguarded-hint.ts';
import { hooks, row, worktree } from './status-rows.ts';

const bare = row({ worktree: null });
const unguarded = row({ worktree: worktree({ hooks: hooks('missing', 'missing', 'missing') }) });
const gone = row({ worktree: worktree({ gone: true, hooks: [], relative: '../gone' }) });

it.each([
  ['a worktree where git runs the guard', [unguarded, row()]],
  ['nothing but branches', [bare]],
  ['worktrees that nobody could look at', [gone]],
])('needs no advice for %s', (_, rows) => {
  expect(unguardedHint(rows)).toBeNull();
});

it('names the worktree that is there', () => {
  expect(unguardedHint([gone, unguarded])).toMatchObject({
    command: expect.stringContaining('../wt-a1') as string,
  });
});

it('needs no directory where the command is run', () => {
  const here = row({
    worktree: worktree({
      here: true,
      hooks: hooks('missing').map((hook) => ({ ...hook, state: 'missing' })),
    }),
  });
  expect(unguardedHint([here])).toMatchObject({ command: 'bailiwick init' });
});
