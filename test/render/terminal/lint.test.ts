import { describe, expect, it } from 'vitest';
import { hintTo } from '../../../src/domain/hint.ts';
import { type Verdict, type Report, REPORT_SCHEMA } from '../../../src/domain/report.ts';
import type { LintData, LintProblem } from '../../../src/domain/reports/lint.ts';
import { renderLint } from '../../../src/render/terminal/lint.ts';
import { colorPaint } from '../../../src/render/view.ts';
import { view } from '../examples.ts';

const report = (
  verdict: Verdict,
  problems: readonly LintProblem[],
  data: Partial<LintData> = {},
): Report<LintData> => ({
  schema: REPORT_SCHEMA,
  command: 'lint',
  verdict,
  agent: null,
  policy: { ref: 'ownership.yml', oid: null },
  findings: [],
  data: { file: 'ownership.yml', problems, agents: 2, coverage: null, ...data },
});

const problem = (more: Partial<LintProblem> = {}): LintProblem => ({
  severity: 'error',
  rule: 'glob-grammar',
  message: 'the glob `src/` ends in a slash',
  hint: hintTo("name everything in the directory, write 'src/**'"),
  line: 4,
  column: 12,
  source: '    owns: [src/]',
  ...more,
});

describe('the answer of lint', () => {
  it('shows each problem with its line, and what helps', () => {
    const dead = problem({
      severity: 'warning',
      rule: 'glob-dead',
      message: '`lib/**` names no tracked file',
      hint: hintTo(
        'keep the policy true, mend its spelling or remove it; to prepare for files to come, leave it',
      ),
      line: 12,
      column: 9,
      source: "      - 'lib/**'",
    });
    expect(renderLint(report('undecided', [problem(), dead]), view)).toMatchInlineSnapshot(`
      "ownership.yml:4:12 error glob-grammar: the glob \`src/\` ends in a slash
        4 |     owns: [src/]
          |            ^
        To name everything in the directory, write 'src/**'

      ownership.yml:12:9 warning glob-dead: \`lib/**\` names no tracked file
        12 |       - 'lib/**'
           |         ^
        To keep the policy true, mend its spelling or remove it; to prepare for files
        to come, leave it

      ownership.yml cannot be used: 1 error, 1 warning (2 agents)
      "
    `);
  });

  it('says what is not in one line, where there is one, or in none', () => {
    const coverage = { tracked: 4312, covered: 4000, unowned: 312, examples: ['docs/'] };
    const answers = [
      report('allowed', [], { coverage }),
      report('allowed', [problem({ severity: 'warning', line: 0, column: 0, source: null })]),
      report('refused', [problem({ rule: 'test-failed', source: '' })], { agents: 1 }),
      report('undecided', [problem({ source: null })], { agents: 0 }),
    ];
    expect(answers.map((answer) => renderLint(answer, view)).join('--\n')).toMatchInlineSnapshot(`
      "ownership.yml is sound (2 agents, 4,000 of 4,312 tracked paths covered)
      --
      ownership.yml warning glob-grammar: the glob \`src/\` ends in a slash
        To name everything in the directory, write 'src/**'

      ownership.yml can be used: 1 warning (2 agents)
      --
      ownership.yml:4:12 error test-failed: the glob \`src/\` ends in a slash
        To name everything in the directory, write 'src/**'

      ownership.yml does not do what its tests say: 1 error (1 agent)
      --
      ownership.yml:4:12 error glob-grammar: the glob \`src/\` ends in a slash
        To name everything in the directory, write 'src/**'

      ownership.yml cannot be used: 1 error
      "
    `);
  });

  it('lets no text of the policy reach the terminal as it is', () => {
    const hostile = problem({
      message: 'the glob `\u001b[31m\u202e` is odd',
      hint: hintTo('see it, write \u001b]0;x\u0007'),
      column: 5,
      source: '\t\u001b[2J- x',
    });
    const text = renderLint(report('undecided', [hostile], { file: 'a\nb.yml' }), view);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).toMatchInlineSnapshot(`
      "a\\nb.yml:4:5 error glob-grammar: the glob \`\\x1b[31m\\u202e\` is odd
        4 | \\t\\x1b[2J- x
          |         ^
        To see it, write \\x1b]0;x\\x07

      a\\nb.yml cannot be used: 1 error (2 agents)
      "
    `);
  });

  it('shows the part of a long line that matters', () => {
    const source = `agents: { a1: { owns: [${"'src/**', ".repeat(60)}'bad/'] } }`;
    const column = source.indexOf("'bad/'") + 1;
    const lines = renderLint(report('undecided', [problem({ source, column })]), view).split('\n');
    expect(lines[1]!.length).toBeLessThan(180);
    expect(lines[1]!.slice(lines[2]!.indexOf('^'))).toMatch(/^'bad\/'/);
  });

  it('marks with colour what is marked in words', () => {
    const text = renderLint(report('undecided', [problem()]), { ...view, paint: colorPaint });
    expect(text).toContain('\u001b[31merror\u001b[39m');
    expect(text.replaceAll(/\u001b\[\d+m/g, '')).toBe(
      renderLint(report('undecided', [problem()]), view),
    );
  });
});
