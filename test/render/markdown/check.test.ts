import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/domain/finding.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import { renderCheckMarkdown } from '../../../src/render/markdown/check.ts';
import { agent, checkReport, example, examples, path, subject } from '../examples.ts';

const many = (count: number, owner: string): Finding[] =>
  Array.from({ length: count }, (_, at) => ({
    ...example('owned-by-other'),
    path: path(`services/${owner}/${String(at).padStart(5, '0')}.py`),
    owner: [agent(owner)],
    rule: `agents.${owner}.owns[0] 'services/${owner}/**'`,
    message: `belongs to ${owner}`,
  }));
const size = (text: string): number => new TextEncoder().encode(text).length;

describe('renderCheckMarkdown', () => {
  it('says what the terminal says', () => {
    const findings: Finding[] = [
      example('owned-by-other'),
      { ...example('owned-by-other'), path: path('services/orchestrator/old.py'), ops: ['delete'] },
      example('lock-needed'),
      example('policy-changed'),
    ];
    const data = {
      remedy: hintTo(
        'ask a1 for it and go on without it',
        "bailiwick request open --staged -m 'needed for feat/a2/ranking' && git restore --staged -- :/services/common/retry.py",
      ),
      notices: ['origin/main was last fetched 3 days ago'],
    };
    expect(renderCheckMarkdown(checkReport(findings, data))).toMatchInlineSnapshot(`
      "## bailiwick: commit refused: 3 of 12 paths are against the policy

      - judged: the staged changes (12 paths), agent: a2, from the worktree&#39;s binding and branch feat/a2/ranking \\(bound\\)
      - policy: \`origin/main@1234abc\`

      > origin/main was last fetched 3 days ago

      ### \`owned-by-other\`: belongs to a1

      - modify \`services/orchestrator/main.py\`
      - delete \`services/orchestrator/old.py\`

      rule: \`agents.a1.owns[0] 'services/orchestrator/**'\`  
      owner: \`a1\`

      ### \`lock-needed\`: a change needs the lock common, and a2 does not hold it

      - modify \`services/common/retry.py\`

      rule: \`shared.common.paths[0] 'services/common/**'\`  
      owner: \`a1\` and \`a2\`  
      To take the lock, run \`bailiwick lock acquire common\`

      ### \`policy-changed\` (notice): the policy itself changes; this was judged by the one of main

      - modify \`ownership.yml\`

      To ask a1 for it and go on without it, run:

      \`\`\`sh
      bailiwick request open --staged -m 'needed for feat/a2/ranking' && git restore --staged -- :/services/common/retry.py
      \`\`\`
      "
    `);
  });

  it('of an allowed change is its headline and what was judged', () => {
    expect(renderCheckMarkdown(checkReport([]))).toMatchInlineSnapshot(`
      "## bailiwick: commit allowed: a2 may change all 12 paths

      - judged: the staged changes (12 paths), agent: a2, from the worktree&#39;s binding and branch feat/a2/ranking \\(bound\\)
      - policy: \`origin/main@1234abc\`
      "
    `);
  });

  it('links the codes where their documentation is', () => {
    const text = renderCheckMarkdown(
      checkReport([example('frozen')]),
      60_000,
      'https://docs.test/x',
    );
    expect(text).toContain('### [`frozen`](https://docs.test/x/findings.md#frozen): ');
  });

  it('folds a long list away', () => {
    const text = renderCheckMarkdown(checkReport(many(11, 'a1')));
    expect(text).toContain(
      '<details><summary>11 paths</summary>\n\n- modify `services/a1/00000.py`',
    );
    expect(text).toContain('`services/a1/00010.py`\n\n</details>\n');
  });

  it('says the reason below a path that has its own', () => {
    const findings = ['a', 'b'].map((name) => ({
      ...example('unsafe-path'),
      path: path(name),
      message: `reason ${name}`,
    }));
    expect(renderCheckMarkdown(checkReport(findings))).toContain(
      '### `unsafe-path`\n\n- add `a`: reason a\n- add `b`: reason b\n',
    );
  });
});

describe('a budget', () => {
  it('is kept, and what is cut is counted', () => {
    const text = renderCheckMarkdown(checkReport(many(20_000, 'a1')));
    expect(size(text)).toBeLessThanOrEqual(60_000);
    expect(size(text)).toBeGreaterThan(55_000);
    const shown = text.match(/^- modify /gm)!.length;
    expect(text).toContain(`\n- and ${(20_000 - shown).toLocaleString('en-US')} more\n`);
  });

  it('is shared: one long list does not hide the others', () => {
    const text = renderCheckMarkdown(
      checkReport([...many(20_000, 'a1'), ...many(3, 'a3'), example('identity-mismatch')]),
    );
    expect(text).toContain('belongs to a1');
    expect(text).toContain('`services/a3/00002.py`');
    expect(text).toContain('identity-mismatch');
  });

  it('is kept whatever it is', () => {
    const findings = [...examples, ...many(40, 'a1'), ...many(7, 'b1')];
    const report = checkReport(findings, {
      remedy: hintTo('go on', `git restore -- ${'x'.repeat(300)}`),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (budget) => {
        const text = renderCheckMarkdown(report, budget);
        expect(size(text)).toBeLessThanOrEqual(Math.max(budget, 150));
        if (budget > 1000) expect(text).toMatch(/^## bailiwick: commit refused/);
        const paths = text.match(/^- (?:modify|add) /gm)?.length ?? 0;
        const whole = text.match(/^### /gm)?.length ?? 0;
        if (whole <= examples.length) expect(text).toMatch(/^and \d+ more findings?$/m);
        expect(paths).toBeLessThanOrEqual(findings.length);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it('is not spent on a command that nobody could copy', () => {
    const text = renderCheckMarkdown(
      checkReport(examples, { remedy: hintTo('go on', 'x'.repeat(40_000)) }),
    );
    expect(text).not.toContain('xxx');
    expect(text).toContain('unsafe-path');
  });
});

describe('hostile text', () => {
  const hostile =
    '@octocat #1 <img src=x onerror=y> [a](http://evil.test) | `b` **c** www.evil.test\n\n# h\n- l';
  const text = renderCheckMarkdown(
    checkReport(
      examples.map((finding) => ({
        ...finding,
        path: path(hostile),
        message: hostile,
        hint: hintTo(hostile, hostile),
        rule: hostile,
      })),
      {
        subjects: [subject({ description: hostile })],
        remedy: hintTo(hostile, `${hostile} \n\`\`\`\n# out`),
        notices: [hostile],
      },
      { policy: { ref: hostile, oid: null } },
    ),
  );

  it('adds no line of its own', () => {
    const lines = text.replace(/^(`{3,})sh\n.*\n\1$/m, '').split('\n');
    const ours =
      /^$|^#{2,3} (?:bailiwick: |`|<code>)|^- (?:judged|policy|modify|add): ?|^- (?:(?:modify|add) )?<code>|^> |^rule: |^owner: |^To |^<\/?details>/;
    expect(lines.filter((line) => !ours.test(line))).toEqual([]);
  });

  it('is active nowhere outside code', () => {
    const outside = text
      .replace(/^(`{3,})sh\n[^]*?\n\1$/m, '')
      .replace(/<code>[^<>]*<\/code>/g, '')
      .replace(/(`+)[^]*?[^`]\1(?!`)/g, '')
      .replace(/\\[!-/:-@[-`{-~]/g, '');
    expect(outside).not.toMatch(/@\w|#\d(?!\d*;)|<img|\]\(|:\/\/|\*\*|www\.e/);
  });
});
