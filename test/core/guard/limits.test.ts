import { describe, expect, it } from 'vitest';
import {
  type BranchExtent,
  exceededLimits,
  limitFindings,
} from '../../../src/core/guard/limits.ts';
import type { Limits } from '../../../src/domain/ownership.ts';
import { agent } from '../../render/examples.ts';

const HOUR = 3_600_000;
const limits: Limits = {
  lines: 300,
  behind: 50,
  age: 3 * HOUR,
  exclude: [],
  tests: true,
  enforce: [],
};
const none: BranchExtent = { lines: 0, behind: 0, age: 0 };
const branch = { agent: agent('a1'), name: 'feat/a1/x', base: 'origin/main' };

describe('exceededLimits', () => {
  it.each<[string, Partial<Limits>, Partial<BranchExtent>, string[]]>([
    ['nothing', {}, {}, []],
    ['nothing at the limit itself', {}, { lines: 300, behind: 50, age: 3 * HOUR }, []],
    [
      'each one past it',
      {},
      { lines: 301, behind: 51, age: 3 * HOUR + 1 },
      ['age', 'behind', 'lines'],
    ],
    ['only what is past', {}, { behind: 51 }, ['behind']],
    [
      'nothing that has no limit',
      { lines: null, behind: null, age: null },
      { lines: 1e9, behind: 1e9, age: 1e12 },
      [],
    ],
    ['nothing that is not known', {}, { lines: null, behind: null, age: null }, []],
  ])('names %s', (_what, set, extent, names) => {
    expect(exceededLimits({ ...limits, ...set }, { ...none, ...extent })).toEqual(names);
  });
});

describe('limitFindings', () => {
  const said = (extent: Partial<BranchExtent>, set: Partial<Limits> = {}) =>
    limitFindings({ ...limits, ...set }, { ...none, ...extent }, branch);

  it('advises, and says what helps', () => {
    expect(said({ lines: 412, behind: 61, age: 5 * HOUR + 600_000 })).toMatchInlineSnapshot(`
      [
        {
          "agent": "a1",
          "code": "branch-stale",
          "hint": {
            "aim": "catch up",
            "command": "git merge origin/main",
          },
          "message": "feat/a1/x has been behind origin/main for 5h 10m, where 3h is the limit",
          "rule": "limits.age",
          "severity": "warning",
        },
        {
          "agent": "a1",
          "code": "branch-stale",
          "hint": {
            "aim": "catch up",
            "command": "git merge origin/main",
          },
          "message": "feat/a1/x is 61 commits behind origin/main, where 50 are the limit",
          "rule": "limits.behind",
          "severity": "warning",
        },
        {
          "agent": "a1",
          "code": "branch-too-large",
          "hint": {
            "aim": "see where they are",
            "command": "git diff --stat origin/main...feat/a1/x",
          },
          "message": "feat/a1/x changes 412 lines, where 300 are the limit",
          "rule": "limits.lines",
          "severity": "warning",
        },
      ]
    `);
  });

  it.each([
    [{ lines: 2 }, { lines: 1 }, 'feat/a1/x changes 2 lines, where 1 is the limit'],
    [
      { behind: 2 },
      { behind: 1 },
      'feat/a1/x is 2 commits behind origin/main, where 1 is the limit',
    ],
  ])('counts %j', (extent, set, message) => {
    expect(said(extent, set).map((finding) => finding.message)).toEqual([message]);
  });

  it('refuses only what the policy enforces', () => {
    const findings = said(
      { lines: 412, behind: 61, age: 4 * HOUR },
      { enforce: ['behind', 'lines'] },
    );
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['limits.age', 'warning'],
      ['limits.behind', 'error'],
      ['limits.lines', 'error'],
    ]);
  });

  it('quotes names that a shell would read as more', () => {
    const [finding] = limitFindings(
      { ...limits, behind: 1 },
      { ...none, behind: 2 },
      { ...branch, base: "o/$(x)'" },
    );
    expect(finding?.hint?.command).toBe("git merge 'o/$(x)'\\'''");
  });
});
