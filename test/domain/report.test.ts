import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { reportOf } from '../../src/domain/report.ts';

const warning: Finding = {
  code: 'unowned',
  severity: 'warning',
  agent: null,
  message: 'a warning',
};
const error: Finding = { ...warning, severity: 'error', message: 'an error' };
const rest = { agent: null, policy: null, data: { some: 'data' } };

describe('reportOf', () => {
  it.each([
    { name: 'nothing found', findings: [], verdict: 'allowed' },
    { name: 'a warning', findings: [warning], verdict: 'allowed' },
    { name: 'an error among others', findings: [warning, error], verdict: 'refused' },
  ])('judges by the findings: $name', ({ findings, verdict }) => {
    expect(reportOf('check', { ...rest, findings }).verdict).toBe(verdict);
  });

  it('lets the command decide otherwise', () => {
    const parts = { ...rest, findings: [error], verdict: 'undecided' } as const;
    expect(reportOf('check', parts).verdict).toBe('undecided');
  });

  it('prints its keys in the order of the schema, whatever the order of its parts', () => {
    const report = reportOf('worktree add', { data: 1, findings: [], policy: null, agent: null });
    expect(JSON.stringify(report)).toBe(
      '{"schema":"bailiwick/1","command":"worktree add","verdict":"allowed","agent":null,"policy":null,"findings":[],"data":1}',
    );
  });
});
