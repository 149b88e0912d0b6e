import { describe, expect, it } from 'vitest';
import { renderLeftOut } from '../../../src/render/terminal/left-out.ts';
import { renderOverlap } from '../../../src/render/terminal/overlap.ts';
import { plainPaint, type View } from '../../../src/render/view.ts';
import { contents, HOSTILE_PATH, HOSTILE_REF, overlapReport, pair } from '../overlap-examples.ts';

const view = (width: number): View => ({
  paint: plainPaint,
  width,
  documentation: 'docs',
  program: 'bailiwick',
});

const report = overlapReport(
  ['feat/a1/parser', 'feat/a2/lexer', 'feat/a3/docs', 'feat/a4/alone', 'feat/a5/stale'],
  [
    pair(
      'feat/a1/parser',
      'feat/a2/lexer',
      'conflict',
      ['src/x.ts', 'yarn.lock'],
      [contents('src/x.ts', [6, 7], [40, 40]), contents('yarn.lock', [1, 3])],
    ),
    pair('feat/a1/parser', 'feat/a3/docs', 'near', ['README.md']),
    pair('feat/a2/lexer', 'feat/a3/docs', 'file', ['a', 'b', 'c', 'd', 'e']),
  ],
);

describe('overlap for people', () => {
  it('is a matrix where it fits', () => {
    expect(renderOverlap(report, view(80))).toMatchInlineSnapshot(`
      "5 branches on main: 1 no longer merges with it; 6 pairs: 3 with something in
      common, 2 close and 1 in conflict

      No longer merge with main
        feat/a5/stale
          f line 2
          yarn.lock, mechanical

        1  feat/a1/parser
        2  feat/a2/lexer   X
        3  feat/a3/docs    n f
                           1 2
          X conflict, n touching lines, f same file

      Conflicts
        feat/a1/parser and feat/a2/lexer
          src/x.ts lines 6-7, 40
          yarn.lock, mechanical

      To see in which order they are cheapest to merge, run bailiwick order

      7 merges, 1,200 remembered, 42 ms
      "
    `);
  });

  it('is a list where it does not', () => {
    expect(renderOverlap(report, view(20))).toMatchInlineSnapshot(`
      "5 branches on main:
      1 no longer merges
      with it; 6 pairs: 3
      with something in
      common, 2 close and
      1 in conflict

      No longer merge with main
        feat/a5/stale
          f line 2
          yarn.lock,
          mechanical

      Touching lines
        feat/a1/parser and feat/a3/docs
          README.md lines
          6-7

      Same file
        feat/a2/lexer and feat/a3/docs
          a, b, c and 2
          more

      Conflicts
        feat/a1/parser and feat/a2/lexer
          src/x.ts lines
          6-7, 40
          yarn.lock,
          mechanical

      To see in which
      order they are
      cheapest to merge,
      run:
        bailiwick order

      7 merges, 1,200 remembered, 42 ms
      "
    `);
  });

  it('says what was not decided, and what only a person notices', () => {
    const data = {
      ...report.data,
      hints: [
        {
          kind: 'case-only' as const,
          refs: ['a', 'b'] as const,
          paths: [],
          message: 'a adds X, b adds x',
        } as never,
      ],
      degraded: [{ kind: 'missing-object' as const, refs: ['b'], message: 'b cannot be judged' }],
    };
    const text = renderOverlap({ ...report, data }, view(80));
    expect(text).toContain('hint: a adds X, b adds x\n');
    expect(text).toContain('not decided: b cannot be judged\n');
    expect(renderLeftOut(data, view(80))).toMatchInlineSnapshot(`
      "
      Not in the order, because they no longer merge with main
        feat/a5/stale
          f line 2 and yarn.lock, mechanical
      not decided: b cannot be judged
      "
    `);
    expect(renderLeftOut({ ...data, branches: [], degraded: [] }, view(80))).toBe('');
  });

  it('says so when there is nothing to look at', () => {
    const empty = { ...report, findings: [], data: { ...report.data, branches: [], pairs: [] } };
    expect(renderOverlap(empty, view(80))).toMatch(/^no branch to look at lands on main\n/);
  });

  it('counts what would fill the screen', () => {
    const refs = Array.from({ length: 60 }, (_, at) => `feat/a${at}/x`);
    const many = refs.slice(1).map((ref) => pair('feat/a0/x', ref, 'file', ['f']));
    const text = renderOverlap(overlapReport(refs, many), view(80));
    expect(text).toContain('  and 19 more; --json lists all\n');
    expect(text.split('\n').length).toBeLessThan(110);
  });

  it('makes no terminal command of a name', () => {
    const hostile = overlapReport(
      ['feat/a', HOSTILE_REF],
      [pair('feat/a', HOSTILE_REF, 'conflict', [HOSTILE_PATH], [contents(HOSTILE_PATH, [1, 1])])],
    );
    for (const width of [20, 80]) {
      const text = renderOverlap(hostile, view(width));
      expect(text).not.toMatch(/[\x1b\u202e]/);
      expect(text).toContain('a\\n\\x1b[31m\\u202e|`b`');
    }
  });

  it.each([20, 40, 80, 200])('keeps to %i columns where words allow it', (width) => {
    const lines = renderOverlap(report, view(width)).split('\n');
    for (const line of lines)
      if (line.length > width) expect(line.trim().split(' ').length).toBeLessThanOrEqual(8);
  });
});
