import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import { hintTo } from '../../src/domain/hint.ts';
import { failureReport, renderJson } from '../../src/render/json.ts';
import { checkReport, example, path } from './examples.ts';

describe('renderJson', () => {
  it('is one line that reads back as the same report', () => {
    const report = checkReport([{ ...example('frozen'), path: path('a\nb\udce9\u2028') }]);
    const text = renderJson(report);
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(JSON.parse(text)).toEqual(report);
    expect(text.isWellFormed()).toBe(true);
  });
});

describe('failureReport', () => {
  it('is undecided, with the reason', () => {
    const failure = new Failure('git', 'the history is cut off', [hintTo('get it', 'git fetch')]);
    expect(failureReport('check', failure)).toMatchObject({
      command: 'check',
      verdict: 'undecided',
      findings: [],
      data: { failure: { kind: 'git', message: failure.message, hints: failure.hints } },
    });
  });
});
