import { describe, expect, it } from 'vitest';
import type { PullRequest } from '../../../src/domain/pull-request.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';
import { REPORT_SCHEMA, type Report } from '../../../src/domain/report.ts';
import type { BoardData, BoardEntry } from '../../../src/domain/reports/board.ts';
import type { OrderEntry } from '../../../src/domain/reports/order.ts';
import type { OverlapBranch, OverlapPair } from '../../../src/domain/reports/overlap.ts';
import { renderBoardSummary } from '../../../src/render/markdown/board.ts';
import { BranchNames } from '../../../src/render/markdown/branch-names.ts';
import { renderComment } from '../../../src/render/markdown/comment.ts';
import { path } from '../examples.ts';

const PAGE = 'https://github.example/octo/app';
const OID = 'a'.repeat(40) as Oid;

const pullRequest = (number: number, branch: string): PullRequest => ({
  number,
  title: `Change ${number}`,
  author: { login: 'ann', id: 1 },
  branch: branch as BranchName,
  head: OID,
  own: true,
  target: 'main' as BranchName,
  draft: false,
  locked: false,
  labels: null,
  opened: 0,
});

const entry = (ref: string, number: number | null): BoardEntry => ({
  ref,
  pullRequest: number === null ? null : pullRequest(number, ref),
  control: [],
  findings: [],
});

const branch = (ref: string): OverlapBranch => ({
  ref,
  oid: OID,
  agent: null,
  ahead: 1,
  behind: 0,
  files: 1,
  lines: 2,
  base: 'clean',
  paths: [],
  conflicts: [],
});

const conflict = (a: string, b: string, file: string, mechanical = false): OverlapPair => ({
  a,
  b,
  level: 'conflict',
  paths: [path(file)],
  near: [],
  conflicts: [{ path: path(file), kind: 'CONFLICT (contents)', lines: [[1, 1]], mechanical }],
});

const place = (ref: string, wave: number, waits: string[] = []): OrderEntry => ({
  ref,
  agent: null,
  position: wave,
  wave,
  after: [],
  waits: waits.map((each) => ({ ref: each, why: 'conflict' as const })),
  conflicts: [],
  cost: { branches: waits.length > 0 ? 1 : 0, lines: waits.length * 2 },
  outcome: waits.length > 0 ? 'rework' : 'clean',
  reason: `lands first: src/a.ts conflicts with ${waits[0] ?? 'nobody'}`,
});

function board(
  entries: BoardEntry[],
  pairs: OverlapPair[],
  order: OrderEntry[],
): Report<BoardData> {
  const none = { branches: 0, lines: 0 };
  const branches = entries.map(({ ref }) => branch(ref));
  const size = entries.length;
  const stats = {
    branches: size,
    pairs: (size * (size - 1)) / 2,
    candidates: 1,
    merges: 1,
    cached: 0,
    ms: 1,
  };
  return {
    schema: REPORT_SCHEMA,
    command: 'board',
    verdict: 'allowed',
    agent: null,
    policy: null,
    findings: [],
    data: {
      overlap: {
        base: { ref: 'origin/main', oid: OID },
        branches,
        pairs,
        breaks: [],
        hints: [],
        degraded: [],
        stats,
      },
      order: {
        order,
        waves: [],
        anyOrder: [],
        waiting: [],
        tested: null,
        cost: { branches: 1, lines: 2 },
        bound: { branches: 1, lines: 2 },
        optimal: true,
        landing: 'merge',
        baselines: { 'first-come': none, 'smallest-first': none, 'fewest-conflicts-first': none },
        hunks: 1,
        fewestLines: null,
        combinations: [],
        replay: null,
      },
      problem: null,
      landing: 'merge',
      entries,
      elsewhere: [],
      leftOut: [],
      open: [],
      incomplete: [],
      behind: null,
      landings: { receipts: null, problem: null, commits: [] },
      requests: [],
      changes: null,
      at: 0,
    },
  };
}

const HOSTILE = 'feat/a1/"];x[`--> @ann';

describe('the diagram of who waits for whom', () => {
  const drawn = (report: Report<BoardData>): string =>
    renderBoardSummary(report, PAGE).split('```mermaid\n')[1]?.split('```')[0] ?? '';

  it('writes every sign that could mean something as a number', () => {
    const entries = [
      entry(HOSTILE, null),
      entry('b', 2),
      entry('c', 3),
      entry('d', 4),
      entry('e', 5),
    ];
    // A pair of its own is left out.
    const order = [
      place(HOSTILE, 1),
      place('d', 1),
      place('b', 2, [HOSTILE]),
      place('c', 2, [HOSTILE]),
      place('e', 2, ['d']),
    ];
    expect(drawn(board(entries, [], order))).toBe(
      [
        'flowchart LR',
        '  b0["feat/a1/#34;#93;#59;x#91;#96;--#62; #64;ann"]:::clean',
        '  b1["#35;2"]:::rework',
        '  b2["#35;3"]:::rework',
        '  b0 --> b1',
        '  b0 --> b2',
        '  classDef rework stroke:#d29922,stroke-width:2px',
        '  classDef clean stroke:#2da44e',
        '',
      ].join('\n'),
    );
  });

  it('is left out where it would be a tangle', () => {
    const refs = Array.from({ length: 50 }, (_, at) => `b${at}`);
    const entries = refs.map((ref, at) => entry(ref, at + 1));
    const order = refs.map((ref, at) => place(ref, at + 1, at === 0 ? [] : ['b0']));
    expect(drawn(board(entries, [], order))).toBe('');
  });
});

describe('each against each', () => {
  const matrixOf = (pairs: OverlapPair[], size: number): string => {
    const entries = Array.from({ length: size }, (_, at) => entry(`b${at}`, size - at));
    return (
      renderBoardSummary(board(entries, pairs, []), PAGE).split('### Each against each')[1] ?? ''
    );
  };

  it('has a sign for each kind of collision, in the order of the numbers', () => {
    const near = { ...conflict('b1', 'b2', 'x'), level: 'near' as const, conflicts: [] };
    const matrix = matrixOf([conflict('b0', 'b1', 'x'), conflict('b0', 'b2', 'y', true), near], 3);
    const rows = matrix.trim().split('\n').slice(2, 5);
    expect(
      rows.map((row) =>
        row
          .split('|')
          .slice(2, -1)
          .map((cell) => cell.trim()),
      ),
    ).toEqual([
      ['➖', '⚠️', '⚙️'],
      ['⚠️', '➖', '❌'],
      ['⚙️', '❌', '➖'],
    ]);
  });

  it('keeps to what needs thought where there are many', () => {
    const mechanical = Array.from({ length: 19 }, (_, at) =>
      conflict('b0', `b${at + 1}`, 'l', true),
    );
    expect(matrixOf([...mechanical, conflict('b3', 'b4', 'x')], 20)).toContain('❌');
    expect(matrixOf(mechanical, 20)).toBe('');
  });
});

describe('the summary', () => {
  it('stays below what GitHub takes, and says how much it left out', () => {
    const refs = Array.from({ length: 400 }, (_, at) => `feat/a1/${'long-name-'.repeat(5)}${at}`);
    const entries = refs.map((ref, at) => entry(ref, at + 1));
    const pairs = refs.flatMap((a, at) =>
      refs.slice(at + 1, at + 60).map((b) => conflict(a, b, `src/${'deep/'.repeat(20)}${at}`)),
    );
    const order = refs.map((ref, at) => place(ref, at + 1, at === 0 ? [] : [refs[0]!]));
    const text = renderBoardSummary(board(entries, pairs, order), PAGE);
    expect(Buffer.byteLength(text)).toBeLessThan(900_000);
    expect(text).toContain('### What waits for what');
    expect(text).toContain('judged as GitHub merges');
    const short = renderBoardSummary(board(entries, pairs, order), PAGE, [], 30_000);
    expect(Buffer.byteLength(short)).toBeLessThan(30_000);
    expect(short).toMatch(/\nand [\d,]+ more\n/);
    expect(short).toContain('judged as GitHub merges');
  });

  it('warns before anything else that something is missing', () => {
    const report = board([entry('a', 1), entry('b', 2)], [conflict('a', 'b', 'x')], []);
    const text = renderBoardSummary(
      { ...report, data: { ...report.data, incomplete: ['#7 is lost'] } },
      PAGE,
    );
    expect(text.indexOf('incomplete')).toBeLessThan(text.indexOf('### '));
  });
});

describe('who waits for whom, and who pays', () => {
  const met = (name: string, lines: number, otherwise: number, mechanical = false) => ({
    with: name,
    together: [],
    paths: [path('src/a.ts')],
    mechanical,
    lines,
    otherwise,
  });
  const rowOf = (conflicts: OrderEntry['conflicts'], waits: string[], lines: number): string => {
    const entries = ['a', 'b', 'c', 'd', 'e'].map((ref, at) => entry(ref, at + 1));
    const last = { ...place('e', 2, waits), conflicts, cost: { branches: 1, lines } };
    const text = renderBoardSummary(board(entries, [], [place('a', 1), last]), PAGE);
    const row = text.split('\n').find((line) => line.startsWith('| 2 |')) ?? '';
    return row.replaceAll(/\]\([^)]*\)|\[/g, '');
  };

  it.each([
    [
      'one',
      [met('a', 115, 55)],
      '#1 | `src/a.ts`: #5 redoes 115 lines; the other way round #1 redoes 55',
    ],
    ['alike', [met('a', 8, 8)], '#1 | `src/a.ts`: whichever lands later redoes 8 lines'],
    ['a lockfile', [met('a', 8, 8, true)], '#1 | `src/a.ts`: a command makes it again'],
    [
      'many',
      [met('a', 9, 1), met('b', 9, 7), met('c', 9, 0), met('d', 9, 3)],
      '#1, #2, #3 and 1 more | `src/a.ts`: #5 redoes 9 lines; the other way round #2 redoes 7, #4 3, #1 1 and 1 more',
    ],
  ])('%s', (_, conflicts, expected) => {
    const waits = conflicts.map((each) => each.with);
    expect(rowOf(conflicts, waits, conflicts[0]!.lines)).toContain(` | ${expected} |`);
  });

  it('says which wave was not tried in every order, and what cannot land at all', () => {
    const report = board(
      [entry('a', 1), entry('b', 2), entry('c', 3)],
      [],
      [place('a', 1), place('b', 2, ['a'])],
    );
    const order = {
      ...report.data.order!,
      anyOrder: [true, false],
      waiting: [{ ref: 'c', agent: null, for: ['b'] }],
    };
    const text = renderBoardSummary({ ...report, data: { ...report.data, order } }, PAGE);
    expect(text).toContain('in wave 2 only the order given here was tried');
    expect(text).toMatch(/### Wait for what cannot land\n[^]*\[#3\][^|]*\| \[#2\]/);
  });
});

describe('conflicts', () => {
  it('are grouped by the file that explains many of them', () => {
    const refs = Array.from({ length: 6 }, (_, at) => `b${at}`);
    const hot = refs
      .slice(0, 4)
      .flatMap((a, at) => refs.slice(at + 1, 4).map((b) => conflict(a, b, 'hot.ts')));
    const pairs = [...hot, conflict('b4', 'b5', 'cold.ts')];
    const text = renderBoardSummary(
      board(
        refs.map((ref, at) => entry(ref, at + 1)),
        pairs,
        [],
      ),
      PAGE,
    );
    const rows = text.split('### Conflicts\n')[1]!.split('\n').slice(3, 6);
    expect(rows[0]).toMatch(/^\| `hot.ts` \| each with each of 4 pull requests: \[#1\]/);
    expect(rows[1]).toMatch(/^\| `cold.ts line 1` \| \[#5\]\(\S+\) and \[#6\]/);
    expect(rows[2]).not.toContain('|');
  });
});

describe('the first line', () => {
  it('stays one line for hundreds, and folds the rest', () => {
    const refs = Array.from({ length: 300 }, (_, at) => `b${at}`);
    const order = refs.map((ref) => place(ref, 1));
    const [first, , second] = renderBoardSummary(
      board(
        refs.map((ref, at) => entry(ref, at + 1)),
        [],
        order,
      ),
      PAGE,
    ).split('\n');
    expect(first).toMatch(/^Land now \(300\): \[#1\].* and 240 more$/);
    expect(second).toBe('<details><summary>All 300</summary>');
  });
});

describe('a comment', () => {
  it('stays below what GitHub takes', () => {
    const refs = Array.from({ length: 500 }, (_, at) => `b${at}`);
    const entries = refs.map((ref, at) => entry(ref, at + 1));
    const pairs = refs
      .slice(1)
      .map((ref) => conflict('b0', ref, `src/${'deep/'.repeat(20)}${ref}`));
    const { data } = board(
      entries,
      pairs,
      refs.map((ref, at) => place(ref, at + 1, at === 0 ? refs.slice(1, 4) : [])),
    );
    const text = renderComment(data, entries[0]!, PAGE)!;
    expect(text.length).toBeLessThan(65_000);
    expect(text).toContain('and 498 others cannot all land as they are');
    expect(text).toContain('Kept up to date by bailiwick');
  });

  it('is not worth it for lockfiles alone', () => {
    const entries = [entry('a', 1), entry('b', 2)];
    const { data } = board(entries, [conflict('a', 'b', 'package-lock.json', true)], []);
    expect(renderComment(data, entries[0]!, PAGE)).toBeNull();
  });

  it('says the same as long as the facts are the same', () => {
    const entries = [entry('a', 1), entry('b', 2)];
    const { data } = board(
      entries,
      [conflict('a', 'b', 'x')],
      [place('a', 1), place('b', 2, ['a'])],
    );
    const later = {
      ...data,
      at: 9,
      overlap: { ...data.overlap, base: { ref: 'origin/main', oid: 'b'.repeat(40) as Oid } },
    };
    expect(renderComment(later, entries[1]!, PAGE)).toBe(renderComment(data, entries[1]!, PAGE));
  });
});

describe('a sentence', () => {
  const names = new BranchNames(
    [entry('feat/a1/x', 1), entry('feat/a1/x-2', 2), entry('lib', 3)],
    PAGE,
  );

  it.each([
    ['conflicts with feat/a1/x', `conflicts with [#1](${PAGE}/pull/1)`],
    ['feat/a1/x-2 and feat/a1/x; then', `[#2](${PAGE}/pull/2)&#32;and [#1](${PAGE}/pull/1); then`],
    ["with 'lib'", `with &#39;[#3](${PAGE}/pull/3)&#39;`],
    ['src/lib/a.ts conflicts', 'src/lib/a.ts conflicts'],
    ['lib.ts conflicts with lib', `lib.ts conflicts with [#3](${PAGE}/pull/3)`],
    ['<b> of feat/a1/x', `&#60;b&#62; of [#1](${PAGE}/pull/1)`],
  ])('%s', (text, expected) => expect(names.sentence(text)).toBe(expected));
});
