import { describe, expect, it } from 'vitest';
import { branchesOutside, openRefs } from '../../../src/core/status/open-branches.ts';
import { branchSubject, type FleetBranch } from '../../../src/core/status/status-subject.ts';
import type { TipReading, Tips } from '../../../src/core/status/tip-extent.ts';
import type { BranchName, Oid, RefName } from '../../../src/domain/refs.ts';
import { agent } from '../../render/examples.ts';

const oid = (name: string): Oid => name.padEnd(40, '0') as Oid;
const branch = (name: string, ...agents: string[]): FleetBranch => ({
  branch: name as BranchName,
  oid: oid(name.slice(-1)),
  agents: agents.map(agent),
});
const tips = (readings: Record<string, number | 'missing' | 'unrelated'>): Tips =>
  new Map(
    Object.entries(readings).map(([name, ahead]): [Oid, TipReading] => [
      oid(name),
      typeof ahead === 'string'
        ? ahead
        : { ahead, behind: 0, outdatedSince: null, lines: 0, changes: [], shared: false },
    ]),
  );
const BASE = 'main' as BranchName;
const checkedOut = (ref: string | null, head: string | null) => ({
  ref: ref as RefName | null,
  head: head === null ? null : oid(head),
});

describe('openRefs', () => {
  const branches = [branch('feat/a1/b', 'a1'), branch('feat/a1/c', 'a1')];

  it.each([
    ['a branch ahead of the base', tips({ b: 1 }), [], ['refs/heads/feat/a1/b']],
    ['no branch with nothing to land', tips({ b: 0, c: 0 }), [], []],
    ['none of which nothing is known', tips({ b: 'missing', c: 'unrelated' }), [], []],
    [
      'what a worktree has checked out, whoever made it, once',
      tips({ b: 1, d: 2 }),
      [checkedOut('refs/heads/side', 'd'), checkedOut('refs/heads/feat/a1/b', 'b')],
      ['refs/heads/feat/a1/b', 'refs/heads/side'],
    ],
    [
      'neither the base nor a detached or unborn HEAD',
      tips({ b: 0, d: 2 }),
      [checkedOut('refs/heads/main', 'd'), checkedOut(null, 'd'), checkedOut('refs/heads/x', null)],
      [],
    ],
  ])('names %s', (_, readings, worktrees, refs) => {
    expect(openRefs(BASE, worktrees, branches, readings)).toEqual(refs);
  });
});

it('leaves out branches that a worktree shows, and tells landed ones from open ones', () => {
  const [shown, open, landed, unknown] = [
    branch('feat/a1/b', 'a1'),
    branch('feat/a1/c', 'a1'),
    branch('feat/a2/d', 'a2'),
    branch('feat/a2/e', 'a2'),
  ];
  const outside = branchesOutside(
    [shown, open, landed, unknown],
    new Set([shown.branch, null]),
    tips({ b: 1, c: 1, d: 0, e: 'missing' }),
  );
  expect(outside).toEqual({ open: [open, unknown], landed: [landed] });
});

it('knows of a branch without a worktree what its name says', () => {
  expect(branchSubject(branch('feat/a1/b', 'a1'))).toMatchObject({
    worktree: null,
    identity: { kind: 'agent', agent: 'a1', strength: 'asserted' },
  });
  expect(branchSubject(branch('feat/a1/b', 'a1', 'a2'))).toMatchObject({
    identity: { kind: 'mismatch', claims: [{ agent: 'a1' }, { agent: 'a2' }] },
  });
});
