import { describe, expect, it } from 'vitest';
import { ordinal } from '../../../../src/core/order/explain/reason.ts';
import { orderOf } from '../../../../src/core/order/order.ts';
import type { OrderProblem } from '../../../../src/domain/reports/order.ts';
import { after, branch, conflict, file, problem } from '../support.ts';

function reasons(fleet: OrderProblem): string[] {
  const answer = orderOf(fleet, 'merge');
  if (!answer.ok) throw new Error('a cycle');
  return answer.value.order.map(({ ref, reason }) => `${ref} ${reason}`);
}

describe('reasons', () => {
  it.each<{ name: string; fleet: OrderProblem; words: string[] }>([
    {
      name: 'no conflict',
      fleet: problem(['a']),
      words: ['a lands first: conflicts with no other branch'],
    },
    {
      name: 'a conflict that is cheaper one way',
      fleet: problem(['free', 'feat/a1/x', 'feat/a2/y'], {
        conflicts: [conflict('feat/a2/y', 'feat/a1/x', file('cli.py', [12, 340]))],
      }),
      words: [
        'feat/a1/x lands first: cli.py conflicts with feat/a2/y; landing before it costs 12 lines, after it 340',
        'free lands second: conflicts with no other branch',
        'feat/a2/y lands third: cli.py conflicts with feat/a1/x; landing after it costs 12 lines, before it 340',
      ],
    },
    {
      name: 'a conflict that costs the same either way',
      fleet: problem(['a', 'b'], { conflicts: [conflict('a', 'b')] }),
      words: [
        'a lands first: f conflicts with b; whichever lands later redoes 1 line',
        'b lands second: f conflicts with a; whichever lands later redoes 1 line',
      ],
    },
    {
      name: 'a lockfile',
      fleet: problem(['a', 'b'], { conflicts: [conflict('a', 'b', file('x.lock', [5, 900]))] }),
      words: [
        'a lands first: x.lock conflicts with b; a command makes it again, whichever lands later',
        'b lands second: x.lock conflicts with a; a command makes it again, whichever lands later',
      ],
    },
    {
      name: 'several files, several branches, and a pair that pays for the whole',
      fleet: problem(['hub', 'a', 'b'], {
        conflicts: [
          conflict('hub', 'a', file('x', [30, 2]), file('y', [40, 2])),
          conflict('hub', 'b', file('x', [30, 2])),
        ],
      }),
      words: [
        'a lands first: x and 1 more file conflict with hub; landing before it costs 70 lines, after it 4, but no order is cheaper as a whole',
        'b lands second: x conflicts with hub; landing before it costs 30 lines, after it 2, but no order is cheaper as a whole',
        'hub lands third: x and 1 more file conflict with a, and 1 more conflict; landing after all of them costs 70 lines',
      ],
    },
    {
      name: 'dependencies, with and without a conflict',
      fleet: problem(['c', 'a', 'b'], {
        after: [after('b', 'a', 'stacked'), after('c', 'a'), after('c', 'b')],
        conflicts: [{ a: 'a', b: 'b', hunks: 1, files: [] }],
      }),
      words: [
        'a lands first: conflicts with b; whichever lands later redoes 1 line',
        'b lands second: conflicts with a; whichever lands later redoes 1 line; stacked on a',
        'c lands third: declared to come after a and 1 more branch',
      ],
    },
    {
      name: 'a combination that is avoided',
      fleet: problem(['a', 'b', 'c'], {
        combinations: [{ earlier: ['b', 'a'], later: 'c', files: [{ ...file('f'), lines: 9 }] }],
      }),
      words: [
        'c lands first: f conflicts once a and b have landed; landing before that costs nothing',
        'a lands second: conflicts with no other branch',
        'b lands third: landing earlier would make c conflict',
      ],
    },
    {
      name: 'a combination that is met',
      fleet: problem(['a', 'b', 'c'], {
        combinations: [{ earlier: ['a', 'b'], later: 'c', files: [{ ...file('f'), lines: 9 }] }],
        after: [after('c', 'a'), after('c', 'b')],
      }),
      words: [
        'a lands first: conflicts with no other branch',
        'b lands second: conflicts with no other branch',
        'c lands third: f conflicts once a and b have landed; that costs 9 lines; declared to come after a and 1 more branch',
      ],
    },
    {
      name: 'a conflict that shows in one direction only',
      fleet: problem(['a', 'b'], {
        combinations: [{ earlier: ['a'], later: 'b', files: [{ ...file('f'), lines: 9 }] }],
        after: [after('b', 'a')],
      }),
      words: [
        'a lands first: conflicts with no other branch',
        'b lands second: f conflicts with a; landing after it costs 9 lines, before it nothing, but no order is cheaper as a whole; declared to come after a',
      ],
    },
    {
      name: 'names that would read as something else',
      fleet: problem([branch('$(x)', { date: 0 }), 'b'], {
        conflicts: [conflict('$(x)', 'b', file('my file; lands first', [3, 3]))],
      }),
      words: [
        "$(x) lands first: 'my file; lands first' conflicts with b; whichever lands later redoes 3 lines",
        "b lands second: 'my file; lands first' conflicts with '$(x)'; whichever lands later redoes 3 lines",
      ],
    },
  ])('$name', ({ fleet, words }) => {
    expect(reasons(fleet)).toEqual(words);
  });
});

it.each([
  [1, 'first'],
  [10, 'tenth'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [21, '21st'],
  [22, '22nd'],
  [23, '23rd'],
  [24, '24th'],
  [111, '111th'],
  [1002, '1002nd'],
])('%i is %s', (position, word) => {
  expect(ordinal(position)).toBe(word);
});
