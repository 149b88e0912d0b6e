import { expect, it } from 'vitest';
import { hintTo } from '../../src/domain/hint.ts';
import { PROBLEM_RULES } from '../../src/domain/problem.ts';
import { type Report, REPORT_SCHEMA } from '../../src/domain/report.ts';
import type { LintData } from '../../src/domain/reports/lint.ts';
import { renderSarifProblems } from '../../src/render/sarif-problems.ts';

const report: Report<LintData> = {
  schema: REPORT_SCHEMA,
  command: 'lint',
  verdict: 'undecided',
  agent: null,
  policy: { ref: 'ownership.yml', oid: null },
  findings: [],
  data: {
    file: 'my policy.yml',
    agents: 0,
    coverage: null,
    problems: [
      {
        severity: 'error',
        rule: 'yaml',
        message: 'see [here](https://evil.example) \u202e',
        hint: hintTo('mend it, quote it'),
        line: 4,
        column: 12,
        source: 'x',
      },
      {
        severity: 'warning',
        rule: 'paths-unowned',
        message: 'nobody owns 3 of 4 tracked paths',
        line: 0,
        column: 0,
        source: null,
      },
    ],
  },
};

it('says each problem of lint at its line and column', () => {
  const log = JSON.parse(renderSarifProblems(report)) as {
    version: string;
    runs: [{ results: unknown[]; tool: { driver: { rules: { id: string }[] } } }];
  };
  expect(log.version).toBe('2.1.0');
  expect(log.runs[0].tool.driver.rules.map(({ id }) => id)).toEqual([...PROBLEM_RULES]);
  expect(log.runs[0].results).toMatchInlineSnapshot(`
    [
      {
        "level": "error",
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "my%20policy.yml",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "startColumn": 12,
                "startLine": 4,
              },
            },
          },
        ],
        "message": {
          "text": "see [here] (https://evil.example) \\u202e. To mend it, quote it",
        },
        "ruleId": "yaml",
        "ruleIndex": 28,
      },
      {
        "level": "warning",
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "my%20policy.yml",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "startColumn": 1,
                "startLine": 1,
              },
            },
          },
        ],
        "message": {
          "text": "nobody owns 3 of 4 tracked paths",
        },
        "ruleId": "paths-unowned",
        "ruleIndex": 19,
      },
    ]
  `);
});
