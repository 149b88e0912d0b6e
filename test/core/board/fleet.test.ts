import { describe, expect, it } from 'vitest';
import { boardFleet, fullRef } from '../../../src/core/board/fleet.ts';
import { parsePullRequest, type PullRequest } from '../../../src/domain/pull-request.ts';
import type { BranchName } from '../../../src/domain/refs.ts';
import { wantedHeads } from '../../../src/services/board/wanted-heads.ts';
import { type PullOptions, pullPayload } from '../../action/support/payloads.ts';

const pull = (number: number, branch: string, more: Partial<PullOptions> = {}): PullRequest =>
  parsePullRequest(pullPayload({ number, branch, head: 'a'.repeat(40), ...more }))!;

const refsOf = (...open: PullRequest[]): Record<string, number[]> => {
  const { members } = boardFleet(open, 'main' as BranchName);
  return Object.fromEntries(
    [...members].map(([ref, pulls]) => [ref, pulls.map(({ number }) => number)]),
  );
};

describe('the fleet of a board', () => {
  it('keeps branches of the repository by their names, those of forks by their numbers', () =>
    expect(refsOf(pull(1, 'feat/a1/x'), pull(2, 'feat/a1/x', { fork: true }))).toEqual({
      'refs/heads/feat/a1/x': [1],
      'refs/pull/2/head': [2],
    }));

  it('has the branch of a fork that is called like the base, and not the base itself', () =>
    expect(
      refsOf(
        pull(1, 'main', { fork: true }),
        pull(2, 'main', { target: 'feat/a1/x' }),
        pull(3, 'feat/a1/x'),
      ),
    ).toEqual({ 'refs/pull/1/head': [1], 'refs/heads/feat/a1/x': [3] }));

  it('has what is stacked on it, however deep and in whatever order it is listed', () =>
    expect(
      Object.keys(
        refsOf(
          pull(3, 'c', { target: 'b' }),
          pull(2, 'b', { target: 'a' }),
          pull(1, 'a'),
          pull(4, 'd', { target: 'release' }),
        ),
      ).sort(),
    ).toEqual(['refs/heads/a', 'refs/heads/b', 'refs/heads/c']));

  it('looks at a branch once that is to land on two others', () =>
    expect(refsOf(pull(1, 'a'), pull(2, 'a', { target: 'b' }), pull(3, 'b'))).toEqual({
      'refs/heads/a': [1, 2],
      'refs/heads/b': [3],
    }));

  it('is fetched by numbers, which outlive branches', () =>
    expect(wantedHeads(boardFleet([pull(7, 'a')], 'main' as BranchName))).toEqual([
      { from: 'refs/pull/7/head', to: 'refs/heads/a', optional: true },
    ]));

  it.each([
    ['feat/a1/x', 'refs/heads/feat/a1/x'],
    ['heads/x', 'refs/heads/x'],
    ['pull/7/head', 'refs/pull/7/head'],
    ['pull/seven/head', 'refs/heads/pull/seven/head'],
  ])('names %s in full', (short, full) => expect(fullRef(short)).toBe(full));
});
