import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, FINDING_CODES, type Finding, sortFindings } from '../../src/domain/finding.ts';
import type { RepoPath } from '../../src/domain/path.ts';

const finding: fc.Arbitrary<Finding> = fc.record({
  code: fc.constantFrom(...FINDING_CODES),
  severity: fc.constantFrom('error', 'warning', 'notice'),
  path: fc.constantFrom('a', 'a/b', 'B').map((path) => path as RepoPath),
  agent: fc.constant(null),
  message: fc.constantFrom('one', 'two'),
});
const shuffled = fc
  .uniqueArray(finding, { selector: (each) => JSON.stringify(each), maxLength: 20 })
  .chain((findings) =>
    fc.tuple(fc.constant(findings), fc.shuffledSubarray(findings, { minLength: findings.length })),
  );

describe('FINDING_CODES', () => {
  it('is sorted and names each code once', () => {
    expect(FINDING_CODES).toEqual([...new Set(FINDING_CODES)].sort());
  });
});

describe('sortFindings', () => {
  it('reads the same whatever the order of the facts', () => {
    fc.assert(
      fc.property(shuffled, ([a, b]) => {
        expect(sortFindings(a)).toEqual(sortFindings(b));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('puts what refuses first and leaves its argument alone', () => {
    const make = (severity: Finding['severity'], path: string): Finding => ({
      code: 'frozen',
      severity,
      path: path as RepoPath,
      agent: null,
      message: 'frozen',
    });
    const findings = [
      make('notice', 'a'),
      make('warning', 'a'),
      make('error', 'b'),
      make('error', 'a'),
    ];
    const before = [...findings];
    expect(sortFindings(findings).map(({ severity, path }) => `${severity} ${path}`)).toEqual([
      'error a',
      'error b',
      'warning a',
      'notice a',
    ]);
    expect(findings).toEqual(before);
  });
});

describe('compare', () => {
  it('orders by code unit, not by locale', () => {
    expect(['b', 'a', 'B', 'ä', ''].sort(compare)).toEqual(['', 'B', 'a', 'b', 'ä']);
  });
});
