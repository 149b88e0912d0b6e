import { describe, expect, it } from 'vitest';
import { renderOrderMarkdown } from '../../../src/render/markdown/order.ts';
import { branch, conflict, file, problem } from '../../core/order/support.ts';
import { combination, fleet, replayed, solved } from '../order-examples.ts';

describe('renderOrderMarkdown', () => {
  it('tells order, reasons, who waits for whom, costs and the replay', () => {
    const world = [
      combination('feat/a1/core', 'feat/a1/api'),
      combination('feat/a4/free', 'feat/a1/api', 'feat/a2/docs'),
    ];
    expect(renderOrderMarkdown(replayed(fleet, world))).toMatchInlineSnapshot(`
      "## bailiwick: 6 branches in 3 waves: 1 needs rework, 120 lines; not proven to be the least

      ### Order

      | # | Wave | Branch | Lands | Why there |
      | --- | --- | --- | --- | --- |
      | 1 | 1 | \`feat/a1/api\` | clean | cli.py conflicts with feat/a2/cli, and 1 more conflict; landing before all of them costs it nothing |
      | 2 | 1 | \`feat/a4/free\` | clean | src/big.ts conflicts once feat/a1/api and feat/a2/docs have landed; landing before that costs nothing |
      | 3 | 2 | \`feat/a2/cli\` | clean | cli.py conflicts with feat/a1/api; landing after it costs 12 lines, before it 340 |
      | 4 | 2 | \`feat/a2/docs\` | clean | src/core.ts conflicts with feat/a1/core; landing before it costs 120 lines, after it 3; landing earlier would make feat/a4/free conflict |
      | 5 | 3 | \`feat/a1/core\` | rework, 120 lines | src/core.ts conflicts with feat/a1/api, and 1 more conflict; landing after all of them costs 120 lines |
      | 6 | 3 | \`feat/a3/stacked\` | clean | stacked on feat/a2/cli |

      Branches of one wave can land in any order among themselves.

      ### Who waits for whom

      \`\`\`mermaid
      flowchart LR
        b0["feat/a1/api"]:::clean
        b1["feat/a4/free"]:::clean
        b2["feat/a2/cli"]:::clean
        b3["feat/a2/docs"]:::clean
        b4["feat/a1/core"]:::rework
        b5["feat/a3/stacked"]:::clean
        b0 --> b2
        b1 --> b3
        b0 --> b4
        b3 --> b4
        b2 -. after .-> b5
        classDef rework stroke:#d29922,stroke-width:2px
        classDef clean stroke:#2da44e
      \`\`\`

      ### Cost

      | Order | Branches | Lines |  |
      | --- | --- | --- | --- |
      | this order | 1 | 120 | not proven to be the least |
      | first come, first served | 4 | 27 |  |
      | smallest first | 4 | 27 |  |
      | fewest conflicts first | 2 | 468 |  |
      | fewest lines | 3 | 23 | feat/a1/core, feat/a4/free, feat/a1/api, feat/a2/docs, feat/a2/cli and feat/a3/stacked |

      3 conflicting places in every order: whoever lands later resolves them.

      ### Replay

      - tried by squash with 10 merges: 4 landed clean and 1 stopped where a conflict was foreseen
      - feat/a2/cli landed clean, although it conflicts with feat/a1/api as a pair
      - feat/a4/free conflicts in src/big.ts once feat/a1/api and feat/a2/docs have landed; no pair explains that
      "
    `);
  });

  it('is short where nothing meets', () => {
    expect(renderOrderMarkdown(solved(problem(['a', 'b'])))).toMatchInlineSnapshot(`
      "## bailiwick: 2 branches in 1 wave: none needs rework

      2 branches that conflict with no other can land at any time: \`a\` and \`b\`
      "
    `);
    expect(renderOrderMarkdown(solved(problem([])))).toMatchInlineSnapshot(`
      "## bailiwick: no branch to order
      "
    `);
  });

  it('never grows over its budget, and counts what it leaves out', () => {
    const chain = Array.from({ length: 900 }, (_, at) => `a-rather-long-branch-name/${at}`);
    const conflicts = chain.slice(1).map((ref, at) => conflict(chain[at]!, ref));
    const report = solved(problem(chain, { conflicts }));
    for (const budget of [300, 2_000, 60_000]) {
      const text = renderOrderMarkdown(report, budget);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(budget);
      expect(text).toMatch(/^## bailiwick: 900 branches/);
    }
    expect(renderOrderMarkdown(report)).toMatch(/and \d+ more\n/);
    expect(renderOrderMarkdown(report)).not.toContain('mermaid');
  });

  it('lets no name break out of its place', () => {
    const hostile = 'x|<img src=x>`"];click-@team';
    const names = [branch(hostile), branch('b', { date: 1 })];
    const conflicts = [conflict(hostile, 'b', file('](javascript:x) | <b>\n```', [1, 2]))];
    const text = renderOrderMarkdown(solved(problem(names, { conflicts })));
    expect(text).not.toMatch(/<img|<b>|\]\(javascript/);
    expect(text).toMatchInlineSnapshot(`
      "## bailiwick: 2 branches in 2 waves: 1 needs rework, 1 line; no order is cheaper

      ### Order

      | # | Wave | Branch | Lands | Why there |
      | --- | --- | --- | --- | --- |
      | 1 | 1 | \`b\` | clean | &#36;&#39;\\\\135\\\\050javascript:x\\\\051 \\\\174 \\\\074b\\\\076\\\\012\\\\140\\\\140\\\\140&#39; conflicts with &#39;x&#124;&#60;img src=x&#62;\\\`&#34;\\];click-@&#8203;team&#39;; landing before it costs 1 line, after it 2 |
      | 2 | 2 | <code>x&#124;&#60;img src&#61;x&#62;&#96;&#34;&#93;&#59;click-&#64;&#8203;team</code> | rework, 1 line | &#36;&#39;\\\\135\\\\050javascript:x\\\\051 \\\\174 \\\\074b\\\\076\\\\012\\\\140\\\\140\\\\140&#39; conflicts with b; landing after it costs 1 line, before it 2 |

      Branches of one wave can land in any order among themselves.

      ### Cost

      | Order | Branches | Lines |  |
      | --- | --- | --- | --- |
      | this order | 1 | 1 | no order is cheaper |
      | first come, first served | 1 | 2 |  |
      | smallest first | 1 | 2 |  |
      | fewest conflicts first | 1 | 2 |  |

      1 conflicting place in every order: whoever lands later resolves them.
      "
    `);
  });
});
