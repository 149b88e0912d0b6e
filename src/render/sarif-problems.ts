import type { Hint } from '../domain/hint.ts';
import { PROBLEM_RULES } from '../domain/problem.ts';
import type { Report } from '../domain/report.ts';
import type { LintData, LintProblem } from '../domain/reports/lint.ts';
import { escapeText } from './escape.ts';
import { hintSentence } from './hint.ts';

/** More in one run and GitHub code scanning takes none of them. */
const MOST_RESULTS = 25_000;

/** The answer of `lint` as SARIF 2.1.0 (OASIS), each problem at its line of the policy. */
export function renderSarifProblems({ data }: Report<LintData>): string {
  const run = {
    tool: {
      driver: {
        name: 'bailiwick lint',
        rules: PROBLEM_RULES.map((rule) => ({
          id: rule,
          shortDescription: { text: rule.replaceAll('-', ' ') },
          help: { text: `See the section ${rule} of docs/ownership.md.` },
        })),
      },
    },
    // The columns of a problem are those of JavaScript strings.
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true }],
    results: data.problems.slice(0, MOST_RESULTS).map((problem) => result(data.file, problem)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0' };
  return `${JSON.stringify({ ...log, runs: [run] })}\n`;
}

function result(file: string, { severity, rule, message, hint, line, column }: LintProblem) {
  return {
    ruleId: rule,
    ruleIndex: PROBLEM_RULES.indexOf(rule),
    level: severity,
    message: { text: messageOf(message, hint) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
          region: { startLine: Math.max(line, 1), startColumn: Math.max(column, 1) },
        },
      },
    ],
  };
}

/** In a SARIF message `[text](target)` is a link; the space keeps other people's from being one. */
const messageOf = (message: string, hint: Hint | undefined): string =>
  escapeText(hint === undefined ? message : `${message}. ${hintSentence(hint)}`).replaceAll(
    '](',
    '] (',
  );

/** A relative URI reference (RFC 3986). */
const uriOf = (file: string): string =>
  file.toWellFormed().split('/').map(encodeURIComponent).join('/');
