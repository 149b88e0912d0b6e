import { describe, expect, it } from 'vitest';
import { combinationFindings, overlapFindings } from '../../../src/core/overlap/findings.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { contents, overlapReport, pair } from '../../render/overlap-examples.ts';

const { data } = overlapReport(
  ['feat/a', "feat/it's", 'feat/c', 'feat/stale'],
  [
    pair(
      'feat/a',
      "feat/it's",
      'conflict',
      ['x', 'y'],
      [contents('x', [6, 7]), contents('y', [1, 1])],
    ),
    pair('feat/a', 'feat/c', 'near', ['z', 'w']),
    pair('feat/c', "feat/it's", 'file', ['my file']),
  ],
);

describe('what an overlap has to say', () => {
  it('is one finding for each pair and each branch that no longer merges, worst first', () => {
    const said = overlapFindings(data, null).map(({ code, severity, path, message, hint }) =>
      [code, severity, path, message, hint && hintSentence(hint)].join(' | '),
    );
    expect(said).toMatchInlineSnapshot(`
      [
        "conflict-with-base | warning | f | feat/stale no longer merges with main: f line 2, and 1 more file | To see what conflicts, run git merge-tree main feat/stale",
        "conflict | warning | x | feat/a and feat/it's conflict: x lines 6-7, and 1 more file | To see in which order they are cheapest to merge, run bailiwick order",
        "same-file | notice | my file | feat/c and feat/it's both change my file | To see how they differ, run git diff feat/c 'feat/it'\\''s' -- 'my file'",
        "near-change | notice | z | feat/a and feat/c come close: z lines 6-7, and 1 more file | To see how they differ, run git diff feat/a feat/c -- z w",
      ]
    `);
  });

  it.each([
    ['conflict', ['error', 'error', 'notice', 'notice']],
    ['near', ['error', 'error', 'error', 'notice']],
    ['file', ['error', 'error', 'error', 'error']],
  ] as const)('refuses from %s on', (level, expected) => {
    const severities = overlapFindings(data, level).map(({ severity }) => severity);
    expect(severities).toEqual(expected);
  });

  it('names the agent of a pair that is one agent alone', () => {
    const branches = data.branches.map((branch) => ({ ...branch, agent: 'a1' as never }));
    const agents = overlapFindings({ ...data, branches }, null).map(({ agent }) => agent);
    expect(new Set(agents)).toEqual(new Set(['a1']));
  });

  it('is one finding for each combination', () => {
    const files = [{ path: 'f' as RepoPath, mechanical: false, lines: 2 }];
    const combinations = [
      { earlier: ['a', 'b'], later: 'c', files },
      { earlier: ['a'], later: 'd', files: [] },
    ];
    expect(combinationFindings({ combinations }, null).map(({ message }) => message)).toEqual([
      'c conflicts once a and b have landed: f',
      'd conflicts once a has landed',
    ]);
    expect(combinationFindings({ combinations }, 'conflict')[0]?.severity).toBe('error');
  });
});
