import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { hintTo } from '../../src/domain/hint.ts';
import { codesToExplain, describeOperations, groupFindings } from '../../src/render/findings.ts';
import { agent, example, path } from './examples.ts';

const at = (name: string, more: Partial<Finding> = {}): Finding => ({
  ...example('owned-by-other'),
  path: path(name),
  ...more,
});
const shape = (findings: readonly Finding[]): string[] =>
  groupFindings(findings, null).map(
    ({ code, severity, findings: members }) => `${severity} ${code} ${members.length}`,
  );

describe('groupFindings', () => {
  it.each<[string, Partial<Finding>]>([
    ['code', { code: 'forbidden' }],
    ['severity', { severity: 'warning' }],
    ['owner', { owner: [agent('a3')] }],
    ['rule', { rule: 'agents.a1.owns[1]' }],
  ])('keeps apart what differs in %s', (_what, more) => {
    expect(groupFindings([at('a'), at('b', more), at('c')], null)).toHaveLength(2);
  });

  it('puts what has no path first, then the largest group, then the report’s own order', () => {
    const findings = [
      at('a', { code: 'frozen' }),
      at('b', { code: 'reserved' }),
      at('c'),
      at('d'),
      example('identity-mismatch'),
    ];
    expect(shape(findings)).toEqual([
      'error identity-mismatch 1',
      'error owned-by-other 2',
      'error frozen 1',
      'error reserved 1',
    ]);
  });

  it('says a message and a hint once when all have it, else leaves them to the findings', () => {
    const [same] = groupFindings([at('a'), at('b')], null);
    expect(same).toMatchObject({ message: 'belongs to a1', hint: at('a').hint });
    const [own] = groupFindings(
      [at('a'), at('b', { message: 'other', hint: hintTo('x', 'y') })],
      null,
    );
    expect(own).toMatchObject({ message: null, hint: null });
  });

  it('is empty for no findings', () => {
    expect(groupFindings([], null)).toEqual([]);
  });
});

describe('codesToExplain', () => {
  it('is about what refuses, and about the rest only when nothing does', () => {
    const warning = at('a', { code: 'branch-stale', severity: 'warning' });
    expect(codesToExplain([warning, at('b'), at('c', { code: 'frozen' })])).toEqual([
      'frozen',
      'owned-by-other',
    ]);
    expect(codesToExplain([warning, warning])).toEqual(['branch-stale']);
  });
});

describe('describeOperations', () => {
  it.each<[Finding['ops'], string]>([
    [['add'], 'add'],
    [['add', 'delete'], 'add, delete'],
    [[], ''],
  ])('%j: %j', (ops, words) => {
    expect(describeOperations(at('a', { ops: ops! }))).toBe(words);
  });
});
