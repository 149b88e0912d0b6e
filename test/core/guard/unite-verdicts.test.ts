import { describe, expect, it } from 'vitest';
import { type GateVerdict, uniteVerdicts } from '../../../src/core/guard/unite-verdicts.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { hintTo } from '../../../src/domain/hint.ts';

const finding = (message: string): Finding => ({
  code: 'unowned',
  severity: 'error',
  agent: null,
  message,
});
const verdict = (remedy: string | null, ...messages: string[]): GateVerdict => ({
  subjects: [],
  findings: messages.map(finding),
  remedy: remedy === null ? null : hintTo(remedy),
  control: [],
  notices: ['from a fork'],
});

describe('uniteVerdicts', () => {
  it('says once what several find, and keeps the first remedy', () => {
    const all = [verdict(null, 'one'), verdict('first', 'one', 'two'), verdict('second')];
    const united = uniteVerdicts(all, ['judged twice']);
    expect(united.findings.map(({ message }) => message)).toEqual(['one', 'two']);
    expect(united.remedy).toEqual(hintTo('first'));
    expect(united.notices).toEqual(['judged twice', 'from a fork']);
  });
});
