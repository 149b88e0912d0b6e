import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../src/domain/report.ts';
import type { PageData } from '../../../src/domain/reports/page.ts';
import { renderPageAnswer } from '../../../src/render/terminal/page-answer.ts';
import { plainPaint } from '../../../src/render/view.ts';
import { pageExample } from '../page-example.ts';

const said = (more: Partial<PageData> = {}): string => {
  const written = { file: '/x/page.html', url: 'file:///x/page.html', bytes: 211_400 };
  const data = { ...pageExample, ...more, written };
  return renderPageAnswer(reportOf('page', { agent: null, policy: null, findings: [], data }), {
    paint: plainPaint,
    width: 72,
    documentation: '',
    program: 'bailiwick',
  });
};

describe('the answer of page', () => {
  it('says what is on it, where it is, and what comes next', () => {
    expect(said()).toBe(`page written: 0 open branches, 0 pairs conflict and 0 to rework (212 kB)

To look at it, open file:///x/page.html
To have it follow the repository, run bailiwick page --serve
`);
  });

  it('says what could not be found out', () => {
    expect(said({ order: null, problem: 'a waits for b', notices: ['x\u202ey is broken'] })).toBe(
      `page written: 0 open branches and 0 pairs conflict (212 kB)
! there is no order: a waits for b
! x\\u202ey is broken

To look at it, open file:///x/page.html
To have it follow the repository, run bailiwick page --serve
`,
    );
  });
});
