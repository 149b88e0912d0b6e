import { describe, expect, it } from 'vitest';
import { describeCycle, numberedFleet } from '../../../../src/core/order/solve/numbered-fleet.ts';
import type { OrderCycle, OrderProblem } from '../../../../src/domain/reports/order.ts';
import { after, branch, conflict, problem } from '../support.ts';

const cycleOf = (fleet: OrderProblem): OrderCycle => {
  const answer = numberedFleet(fleet);
  if (answer.ok) throw new Error('no cycle');
  return answer.error;
};

describe('dependencies that form a cycle', () => {
  it.each([
    {
      name: 'two branches that wait for each other',
      deps: [after('a', 'b'), after('b', 'a', 'stacked')],
      words: 'a (stacked) -> b (declared) -> a',
    },
    {
      name: 'a branch that waits for itself',
      deps: [after('c', 'c')],
      words: 'c (declared) -> c',
    },
    {
      name: 'the shortest of several',
      deps: [after('b', 'a'), after('c', 'b'), after('a', 'c'), after('c', 'd'), after('d', 'c')],
      words: 'c (declared) -> d (declared) -> c',
    },
    {
      name: 'a policy is named before a stack',
      deps: [after('b', 'a', 'stacked'), after('b', 'a'), after('a', 'b', 'stacked')],
      words: 'a (declared) -> b (stacked) -> a',
    },
  ])('$name', ({ deps, words }) => {
    const names = ['a', 'b', 'c', 'd'];
    expect(describeCycle(cycleOf(problem(names, { after: deps })))).toBe(words);
    const backwards = { ...problem(names, { after: [...deps].reverse() }) };
    const shuffled = { ...backwards, branches: [...backwards.branches].reverse() };
    expect(describeCycle(cycleOf(shuffled))).toBe(words);
  });
});

describe('a problem that contradicts itself is a mistake of the caller', () => {
  it.each<{ name: string; fleet: OrderProblem; message: string }>([
    {
      name: 'a conflict with a branch that is not listed',
      fleet: problem(['a'], { conflicts: [conflict('a', 'z')] }),
      message: 'no branch to order: z',
    },
    {
      name: 'a dependency on one',
      fleet: problem(['a'], { after: [after('a', 'z')] }),
      message: 'no branch to order: z',
    },
    {
      name: 'a branch listed twice',
      fleet: problem(['a', branch('a', { date: 9 })]),
      message: 'a branch is listed twice',
    },
    {
      name: 'a conflict with itself',
      fleet: problem(['a'], { conflicts: [conflict('a', 'a')] }),
      message: 'a branch in conflict with nothing or with itself: a',
    },
    {
      name: 'a combination of nothing',
      fleet: problem(['a'], { combinations: [{ earlier: [], later: 'a', files: [] }] }),
      message: 'a branch in conflict with nothing or with itself: a',
    },
  ])('$name', ({ fleet, message }) => {
    expect(() => numberedFleet(fleet)).toThrow(message);
  });
});
