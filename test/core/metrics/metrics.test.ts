import { describe, expect, it } from 'vitest';
import type { BaseStep } from '../../../src/core/history/how-landed.ts';
import { integration } from '../../../src/core/metrics/integration.ts';
import { landedWork } from '../../../src/core/metrics/landed-work.ts';
import { middle } from '../../../src/core/metrics/middle.ts';
import { perDay } from '../../../src/core/metrics/per-day.ts';
import { landingWaits, requestWaits } from '../../../src/core/metrics/waits.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';
import type { ChangeRequest } from '../../../src/domain/states/change-request.ts';
import type { LandingJournal } from '../../../src/domain/states/landing-journal.ts';
import type { LandingReceipt } from '../../../src/domain/states/landing-receipt.ts';
import type { Task } from '../../../src/domain/states/task.ts';
import { sparkline } from '../../../src/domain/text/sparkline.ts';

const DAY = 86_400_000;
const oid = (text: string): Oid => text.padEnd(40, '0') as Oid;
const step = (name: string, at: number, message: string, ...merged: string[]): BaseStep => ({
  commit: oid(name),
  tree: oid(`${name}0e`),
  parents: [oid(`${name}p`), ...merged.map(oid)],
  at,
  message,
});
const terms = {
  base: 'main' as BranchName,
  agentsOf: (branch: BranchName) => (/^feat\/(a\d)\//.exec(branch)?.slice(1) ?? []) as AgentId[],
  isAgent: (name: string) => (/^a\d$/.test(name) ? (name as AgentId) : null),
  trailer: 'Agent',
};

describe('landings on a base', () => {
  it.each<[string, BaseStep, string[]]>([
    ['a merge by git', step('1', 5, "Merge branch 'feat/a1/x'", '9'), ['a1 feat/a1/x']],
    [
      'a merge by a host',
      step('1', 5, 'Merge pull request #7 from ann/feat/a2/x', '9'),
      ['a2 feat/a2/x'],
    ],
    ['a merge of nobody', step('1', 5, 'join', '9'), ['null null']],
    ['a squash', step('1', 5, 'Rank by age (#12)\n\nAgent: a1\n'), ['a1 null']],
    ['a squash by nobody', step('1', 5, 'Rank by age (#12)'), ['null null']],
    ['a trailer', step('1', 5, 'Rank\n\nAgent: a3'), ['a3 null']],
    ['the base merged into itself', step('1', 5, "Merge branch 'main' of x", '9'), []],
    ['a commit', step('1', 5, 'Rank by age'), []],
    [
      'a squash by land whose receipt is gone',
      step('1', 5, `Rank\n\nBailiwick-Landed: feat/a2/y@${oid('7')}`),
      ['a2 feat/a2/y'],
    ],
    [
      'what only quotes such a line',
      step('1', 5, `Rank\n\nBailiwick-Landed: feat/a2/y@${oid('7')}\n\nas it was`),
      [],
    ],
    ['what takes back', step('1', 5, 'Revert "Rank by age (#12)"'), []],
  ])('%s', (_, one, expected) => {
    const { landed, undone, direct } = landedWork([one], [], terms);
    expect(landed.map(({ agent, branch }) => `${agent} ${branch}`)).toEqual(expected);
    expect(landed.length + undone.length + direct.length).toBe(1);
  });

  it('are counted once, where a receipt knows them, whatever the commits look like', () => {
    const line = [
      step('4', 9, "Merge branch 'feat/a2/y'", '8'),
      step('3', 5, 'two (#2)'),
      step('2', 5, 'one'),
      step('1', 1, 'root'),
    ];
    const receipt = {
      before: oid('1'),
      after: oid('3'),
      at: 6,
      undoes: null,
      steps: [
        { branch: 'feat/a1/x', agent: 'a1', tip: oid('7'), commit: oid('3'), tree: oid('6') },
      ],
    } as unknown as LandingReceipt;
    const { landed, direct } = landedWork(line, [receipt], terms);
    expect(landed.map(({ at, branch, ordered }) => [at, branch, ordered])).toEqual([
      [9, 'feat/a2/y', false],
      [6, 'feat/a1/x', true],
    ]);
    expect(direct).toEqual([1]);
    const gone = { ...receipt, after: oid('f') };
    expect(landedWork(line, [gone], terms).landed.map(({ ordered }) => ordered)).toEqual([
      false,
      false,
    ]);
    const back = { ...receipt, undoes: 'r1' } as unknown as LandingReceipt;
    expect(landedWork(line, [back], terms)).toMatchObject({ undone: [6], landed: [{ at: 9 }] });
  });
});

describe('figures', () => {
  it.each<[number[], number | null]>([
    [[], null],
    [[3], 3],
    [[9, 1], 1],
    [[9, 1, 5], 5],
  ])('the middle of %j', (values, expected) => {
    expect(middle(values)).toBe(expected);
  });

  it('counts days, and parts of a long period', () => {
    expect(perDay([0, 1, DAY, 2 * DAY, -1], 0, 2 * DAY)).toEqual([2, 2]);
    const long = perDay([0, 999 * DAY], 0, 1000 * DAY);
    expect([long.length, long[0], long.at(-1)]).toEqual([60, 1, 1]);
    expect(perDay([], 0, 1)).toEqual([0]);
    expect([sparkline([0, 1, 8]), sparkline([0]), sparkline([])]).toEqual(['▁▂█', '', '']);
  });

  const journal = (
    began: number,
    steps: readonly (readonly [branch: string, left: string | null])[],
    end = 'done',
  ) =>
    ({
      ...{ began, end, runs: 2, undoes: null },
      proofs: [{ tree: oid('1'), flaky: true, at: 3 }],
      steps: steps.map(([branch, why]) => ({
        branch,
        state: why === null ? 'landed' : 'left',
        left: why === null ? null : { why, words: '' },
      })),
    }) as unknown as LandingJournal;

  it('tells what was tried by attempts and by branches', () => {
    const period = { since: 0, until: 7 * DAY };
    expect(integration([], [], period)).toBeNull();
    const journals = [
      journal(5, [
        ['a', null],
        ['b', 'red'],
        ['c', 'conflict'],
        ['d', 'landed'],
      ]),
      journal(9, [
        ['b', null],
        ['c', 'conflict'],
        ['e', 'skipped'],
      ]),
      journal(20, [], 'base-red'),
    ];
    expect(integration(journals, [6, 10, 50, 80], period)).toEqual({
      ...{ landings: 3, landed: 2, conflict: 2, red: 1, other: 1, rate: 0.4, validations: 6 },
      ...{ branchRate: 2 / 3, conflictsPerWeek: 2, flaky: 1, baseRed: 1, recovery: 30 },
    });
    expect(integration([journal(1, [])], [], period)).toMatchObject({ rate: null, recovery: null });
  });

  it('tells how long was waited within the period', () => {
    const request = (at: number, decided: number | null, status = 'open') =>
      ({
        opened: { at },
        decided: decided === null ? null : { at: decided },
        status,
      }) as unknown as ChangeRequest;
    const period = { since: 10, until: 100 };
    expect(requestWaits([], period)).toBeNull();
    const all = [request(0, 5), request(5, 20), request(90, null), request(0, null, 'withdrawn')];
    expect(requestWaits(all, period)).toEqual({ count: 2, total: 20, open: 1 });
    const task = { completed: { at: 20 }, started: { branch: 'b' }, status: 'done' };
    const landed = [{ at: 50, branch: 'b' }] as never;
    expect(landingWaits([task as unknown as Task], landed, period)).toEqual({
      ...{ count: 1, total: 30, open: 0 },
    });
    expect(landingWaits([task as unknown as Task], [], period)?.open).toBe(1);
  });
});
