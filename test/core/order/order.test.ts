import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderOf } from '../../../src/core/order/order.ts';
import type { OrderConflict, OrderProblem } from '../../../src/domain/reports/order.ts';
import { after, branch, conflict, file, priceOfOrder, problem, problems, redo } from './support.ts';

const answer = (fleet: OrderProblem): string => JSON.stringify(orderOf(fleet, 'merge'));

const turned = ({ a, b, hunks, files }: OrderConflict): OrderConflict => ({
  a: b,
  b: a,
  hunks,
  files: files
    .map((each) => ({ ...each, lines: [each.lines[1], each.lines[0]] as const }))
    .reverse(),
});

describe('orderOf', () => {
  it('does not change by a byte when its input is shuffled', () => {
    const seeds = fc.array(fc.nat(), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(problems({ min: 2, max: 9 }), seeds, (fleet, random) => {
        const shuffle = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item, at) => ({ item, key: random[at % 20]! }))
            .sort((x, y) => x.key - y.key)
            .map(({ item }) => item);
        const other: OrderProblem = {
          branches: shuffle(fleet.branches),
          conflicts: shuffle(
            fleet.conflicts.map((pair, at) => (random[at]! % 2 ? turned(pair) : pair)),
          ),
          after: shuffle(fleet.after),
          combinations: shuffle(fleet.combinations),
        };
        expect(answer(other)).toBe(answer(fleet));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('says of each branch what it meets and pays, as read off the problem', () => {
    fc.assert(
      fc.property(problems({ min: 1, max: 9 }), (fleet) => {
        const solved = orderOf(fleet, 'squash');
        if (!solved.ok) throw new Error('a cycle');
        const landed = new Set<string>();
        for (const { ref, cost, outcome, conflicts } of solved.value.order) {
          const paid = redo(fleet, ref, landed);
          expect(cost).toEqual(paid);
          expect(outcome).toBe(paid.branches > 0 ? 'rework' : 'clean');
          expect(conflicts.length > 0).toBe(outcome === 'rework');
          for (const meeting of conflicts)
            for (const other of [meeting.with, ...meeting.together])
              expect(landed).toContain(other);
          landed.add(ref);
        }
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('prices the usual orders by the same rules', () => {
    const fleet = problem(
      [
        branch('big', { lines: 90, date: 1 }),
        branch('mid', { lines: 50, date: 3 }),
        branch('new', { lines: 20, date: 4 }),
        branch('old', { lines: 70, date: 0 }),
      ],
      {
        conflicts: [
          conflict('big', 'mid', file('f', [90, 50])),
          conflict('big', 'new', file('g', [9, 7])),
          conflict('new', 'old', file('h', [20, 70])),
        ],
        after: [after('mid', 'old')],
      },
    );
    const solved = orderOf(fleet, 'merge');
    if (!solved.ok) throw new Error('a cycle');
    expect(solved.value.baselines).toEqual({
      'first-come': priceOfOrder(fleet, ['old', 'big', 'mid', 'new']),
      'smallest-first': priceOfOrder(fleet, ['new', 'old', 'mid', 'big']),
      'fewest-conflicts-first': priceOfOrder(fleet, ['old', 'mid', 'big', 'new']),
    });
  });

  it('answers in the shape that --json prints', () => {
    const fleet = problem(['feat/a1/x', 'feat/a2/y'], {
      conflicts: [{ ...conflict('feat/a2/y', 'feat/a1/x', file('cli.py', [12, 340])), hunks: 3 }],
    });
    const solved = orderOf(fleet, 'rebase');
    if (!solved.ok) throw new Error('a cycle');
    expect(solved.value).toMatchInlineSnapshot(`
      {
        "anyOrder": [
          true,
          true,
        ],
        "baselines": {
          "fewest-conflicts-first": {
            "branches": 1,
            "lines": 12,
          },
          "first-come": {
            "branches": 1,
            "lines": 12,
          },
          "smallest-first": {
            "branches": 1,
            "lines": 12,
          },
        },
        "bound": {
          "branches": 1,
          "lines": 12,
        },
        "combinations": [],
        "cost": {
          "branches": 1,
          "lines": 12,
        },
        "fewestLines": null,
        "hunks": 3,
        "landing": "rebase",
        "optimal": true,
        "order": [
          {
            "after": [],
            "agent": null,
            "conflicts": [],
            "cost": {
              "branches": 0,
              "lines": 0,
            },
            "outcome": "clean",
            "position": 1,
            "reason": "lands first: cli.py conflicts with feat/a2/y; landing before it costs 12 lines, after it 340",
            "ref": "feat/a1/x",
            "waits": [],
            "wave": 1,
          },
          {
            "after": [],
            "agent": null,
            "conflicts": [
              {
                "lines": 12,
                "mechanical": false,
                "otherwise": 340,
                "paths": [
                  "cli.py",
                ],
                "together": [],
                "with": "feat/a1/x",
              },
            ],
            "cost": {
              "branches": 1,
              "lines": 12,
            },
            "outcome": "rework",
            "position": 2,
            "reason": "lands second: cli.py conflicts with feat/a1/x; landing after it costs 12 lines, before it 340",
            "ref": "feat/a2/y",
            "waits": [
              {
                "ref": "feat/a1/x",
                "why": "conflict",
              },
            ],
            "wave": 2,
          },
        ],
        "replay": null,
        "tested": null,
        "waiting": [],
        "waves": [
          [
            "feat/a1/x",
          ],
          [
            "feat/a2/y",
          ],
        ],
      }
    `);
  });
});
