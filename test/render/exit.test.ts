import { describe, expect, it } from 'vitest';
import { verdictOf, type Verdict } from '../../src/domain/report.ts';
import { exitCodeOf } from '../../src/render/exit.ts';
import { example } from './examples.ts';

describe('exitCodeOf', () => {
  it.each<[Verdict, number]>([
    ['allowed', 0],
    ['refused', 1],
    ['undecided', 2],
  ])('%s: %d', (verdict, code) => {
    expect(exitCodeOf(verdict)).toBe(code);
  });

  it('is no count: 256 findings do not wrap to 0', () => {
    const findings = Array.from({ length: 256 }, () => example('frozen'));
    expect(exitCodeOf(verdictOf(findings))).toBe(1);
  });

  it('lets warnings and notices through', () => {
    expect(exitCodeOf(verdictOf([example('policy-changed'), example('branch-stale')]))).toBe(0);
  });
});
