import { describe, expect, it } from 'vitest';
import {
  type ActualWorktree,
  matchWorktree,
  type WantedWorktree,
} from '../../../src/core/worktrees/match-worktree.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { BranchName } from '../../../src/domain/refs.ts';
import { hintSentence } from '../../../src/render/hint.ts';

const wanted = (more: Partial<WantedWorktree> = {}): WantedWorktree => ({
  agent: 'a1' as AgentId,
  branch: 'feat/a1/main' as BranchName,
  path: '/wt',
  asked: false,
  there: 'nothing',
  ...more,
});
const actual = (
  path: string,
  branch: string | null,
  agent: string | null = null,
  more: Partial<ActualWorktree> = {},
): ActualWorktree => ({
  path,
  branch: branch as BranchName | null,
  agent: agent as AgentId | null,
  main: false,
  state: 'ready',
  ...more,
});
const main = actual('/repo', 'main', null, { main: true });
const taken = actual('/repo', 'feat/a1/main', null, { main: true });
const other = actual('/x', 'feat/a1/other', 'a1');

describe('settlePlace', () => {
  it.each<[string, Partial<WantedWorktree>, ActualWorktree[]]>([
    ['nothing is there', {}, [main]],
    ['an empty directory is there', { there: 'empty' }, [main]],
    ['another is asked for', { asked: true }, [main, other]],
    ['the one it had is gone', {}, [main, { ...other, state: 'missing' }]],
  ])('makes one where %s', (_what, more, worktrees) => {
    expect(matchWorktree(wanted(more), worktrees)).toEqual({ ok: true, value: { kind: 'new' } });
  });

  it.each<[string, Partial<WantedWorktree>, ActualWorktree[]]>([
    ['the one with its branch', {}, [actual('/y', 'feat/a1/main'), other]],
    ['the main checkout with its branch', {}, [taken]],
    ['its directory, on another branch', {}, [actual('/wt', 'feat/a1/x', 'a1'), main]],
    ['its directory, on no branch', {}, [actual('/wt', null, 'a1')]],
    ['any that is bound to it', {}, [other, main]],
    ['a half-made one', {}, [actual('/wt', 'feat/a1/main', 'a1', { state: 'half-made' })]],
  ])('takes %s', (_what, more, worktrees) => {
    const place = { kind: 'there', worktree: worktrees[0] };
    expect(matchWorktree(wanted(more), worktrees)).toEqual({ ok: true, value: place });
  });

  it.each<[string, Partial<WantedWorktree>, ActualWorktree[], RegExp, RegExp]>([
    ['is bound to another', {}, [actual('/y', 'feat/a1/main', 'a2')], /bound to a2/, /--bind a1$/],
    [
      'is gone',
      {},
      [actual('/y', 'feat/a1/main', null, { state: 'missing' })],
      /in \/y, which is gone/,
      /worktree prune$/,
    ],
    ['has files of others', { there: 'something' }, [main], /not a worktree/, /worktrees\.path/],
    [
      "is somebody's",
      {},
      [actual('/wt', 'x')],
      /the branch x checked out/,
      /switch feat\/a1\/main$/,
    ],
    [
      'has another branch than asked for',
      { asked: true },
      [actual('/wt', 'feat/a1/x', 'a1')],
      /feat\/a1\/x checked out/,
      /^To have/,
    ],
  ])('refuses one that %s', (_what, more, worktrees, message, hint) => {
    const place = matchWorktree(wanted(more), worktrees);
    const error = place.ok ? null : place.error;
    expect(error?.message).toMatch(message);
    expect(hintSentence(error!.hint!)).toMatch(hint);
  });

  it('refuses one that is being made', () => {
    const busy = actual('/wt', 'feat/a1/main', 'a1', { state: 'making' });
    expect(matchWorktree(wanted(), [busy])).toMatchObject({ ok: false, error: { hint: null } });
  });
});
