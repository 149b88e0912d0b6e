import { describe, expect, it } from 'vitest';
import { renderLeftOutMarkdown } from '../../../src/render/markdown/left-out.ts';
import { renderOverlapMarkdown } from '../../../src/render/markdown/overlap.ts';
import { contents, HOSTILE_PATH, HOSTILE_REF, overlapReport, pair } from '../overlap-examples.ts';

const report = overlapReport(
  ['feat/a1/parser', 'feat/a2/lexer', 'feat/a3/docs', 'feat/a5/stale'],
  [
    pair(
      'feat/a1/parser',
      'feat/a2/lexer',
      'conflict',
      ['src/x.ts'],
      [contents('src/x.ts', [6, 7])],
    ),
    pair('feat/a1/parser', 'feat/a3/docs', 'near', ['README.md']),
    pair('feat/a2/lexer', 'feat/a3/docs', 'file', ['a', 'b']),
  ],
);

describe('overlap as Markdown', () => {
  it('is a table for each level', () => {
    expect(renderOverlapMarkdown(report)).toMatchInlineSnapshot(`
      "## bailiwick: 4 branches on main: 1 no longer merges with it; 3 pairs: 3 with something in common, 2 close and 1 in conflict

      ### No longer merge with main

      | Branch | Where |
      | --- | --- |
      | \`feat/a5/stale\` | f line 2 and yarn.lock, mechanical |

      ### Conflicts

      | Branches | Where |
      | --- | --- |
      | \`feat/a1/parser\` and \`feat/a2/lexer\` | src/x.ts lines 6-7 |

      ### Touching lines

      | Branches | Files |
      | --- | --- |
      | \`feat/a1/parser\` and \`feat/a3/docs\` | README.md lines 6-7 |

      ### Same file

      | Branches | Files |
      | --- | --- |
      | \`feat/a2/lexer\` and \`feat/a3/docs\` | \`a\` and \`b\` |

      7 merges, 1,200 remembered, 42 ms
      "
    `);
    expect(renderLeftOutMarkdown(report.data)).toMatchInlineSnapshot(`
      "
      ### Not in the order: no longer merge with main

      | Branch | Where |
      | --- | --- |
      | \`feat/a5/stale\` | f line 2 and yarn.lock, mechanical |
      "
    `);
  });

  it('makes no markup of a name', () => {
    const hostile = overlapReport(
      ['feat/a', HOSTILE_REF],
      [pair('feat/a', HOSTILE_REF, 'conflict', [HOSTILE_PATH], [contents(HOSTILE_PATH)])],
    );
    const text = renderOverlapMarkdown(hostile) + renderLeftOutMarkdown(hostile.data);
    expect(text).not.toMatch(/<b>|[\x1b\u202e]/);
    for (const row of text.split('\n').filter((line) => line.startsWith('| `')))
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(3);
  });

  it('stays within its bytes and counts the rest', () => {
    const refs = Array.from({ length: 900 }, (_, at) => `feat/a${at}/topic`);
    const many = refs
      .slice(1)
      .map((ref) => pair('feat/a0/topic', ref, 'near', ['src/some/file.ts']));
    const full = overlapReport(refs, many);
    for (const budget of [1000, 5000, 60_000]) {
      const text = renderOverlapMarkdown(full, budget);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(budget);
      expect(text).toMatch(/and \d+ more/);
      expect(text).toContain('7 merges, 1,200 remembered, 42 ms');
    }
  });
});
