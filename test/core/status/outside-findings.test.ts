import { expect, it } from 'vitest';
import { asAdvice, outsideFindings } from '../../../src/core/status/outside-findings.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import { example } from '../../render/examples.ts';
import { changes, outside, row, worktree } from './status-rows.ts';

const outsiders = [
  outside('api/x'),
  outside('tool', { code: 'unowned', severity: 'warning', owner: [], rule: null }),
];

it('says what is uncommitted, where, and refuses nothing', () => {
  const given = row({
    worktree: worktree({ changes: changes({ outside: outsiders }) }),
    next: { why: 'outside', urgent: true, hint: hintTo('x', 'y') },
  });
  expect(outsideFindings(given)).toEqual([
    {
      code: 'owned-by-other',
      severity: 'warning',
      path: 'api/x',
      ops: ['modify'],
      agent: 'a1',
      owner: ['a2'],
      rule: "agents.a2.owns[0] 'api/**'",
      message: 'uncommitted in ../wt-a1: belongs to a2',
      hint: hintTo('x', 'y'),
    },
    {
      code: 'unowned',
      severity: 'warning',
      path: 'tool',
      ops: ['modify'],
      agent: 'a1',
      message: 'uncommitted in ../wt-a1: belongs to a2',
      hint: hintTo('x', 'y'),
    },
  ]);
});

it('has no hint of another kind, and nothing to say of a branch in no worktree', () => {
  const other = { why: 'hooks', urgent: true, hint: hintTo('x', 'y') } as const;
  const given = row({
    worktree: worktree({ changes: changes({ outside: outsiders }) }),
    next: other,
  });
  expect(outsideFindings(given).map(({ hint }) => hint)).toEqual([undefined, undefined]);
  expect(outsideFindings(row({ worktree: null }))).toEqual([]);
});

it('turns refusals into advice, and leaves the rest', () => {
  expect(asAdvice(example('frozen'))).toEqual({ ...example('frozen'), severity: 'warning' });
  expect(asAdvice(example('policy-changed'))).toEqual(example('policy-changed'));
});
