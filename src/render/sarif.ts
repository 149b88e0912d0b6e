import { FINDING_CODES, type Finding, type FindingCode, type Severity } from '../domain/finding.ts';
import { encodeRepoPath, type RepoPath } from '../domain/path.ts';
import type { Report } from '../domain/report.ts';
import type { CheckData } from '../domain/reports/check.ts';
import { CODE_SUMMARIES } from './code-summaries.ts';
import { escapeText } from './escape.ts';
import { describePolicy } from './headline.ts';
import { hintSentence } from './hint.ts';
import { describeIdentity } from './identity.ts';
import { count } from './words.ts';

/** Where a finding is shown that is about no path: GitHub shows none without a place. */
const POLICY_FILE = 'ownership.yml' as RepoPath;

/** More in one run and GitHub takes none of them. */
const MOST_RESULTS = 25_000;

const LEVELS: Record<Severity, 'error' | 'note' | 'warning'> = {
  error: 'error',
  warning: 'warning',
  notice: 'note',
};

/**
 * The answer of `check` as SARIF 2.1.0 (OASIS), with what GitHub code scanning asks for on top.
 *
 * @param documentation URL of the directory of `findings.md`; null leaves the links to it out
 */
export function renderSarif(
  report: Report<CheckData>,
  documentation: string | null = null,
): string {
  const run = {
    tool: {
      driver: {
        name: 'bailiwick',
        rules: FINDING_CODES.map((code) => rule(code, documentation)),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: report.verdict !== 'undecided',
        toolExecutionNotifications: leftOut(report.findings.length - MOST_RESULTS),
      },
    ],
    results: report.findings.slice(0, MOST_RESULTS).map(result),
    properties: {
      verdict: report.verdict,
      policy: escapeText(describePolicy(report.policy)),
      subjects: report.data.subjects.map(({ description, identity }) =>
        escapeText(`${description}, agent: ${describeIdentity(identity)}`),
      ),
    },
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0' };
  return `${JSON.stringify({ ...log, runs: [run] })}\n`;
}

const leftOut = (results: number) =>
  results > 0
    ? [{ level: 'warning', message: { text: `${count(results, 'more finding')} left out` } }]
    : [];

const rule = (code: FindingCode, documentation: string | null) => ({
  id: code,
  shortDescription: { text: CODE_SUMMARIES[code] },
  fullDescription: { text: CODE_SUMMARIES[code] },
  help: { text: `See the section ${code} of docs/findings.md.` },
  ...(documentation !== null && { helpUri: `${documentation}/findings.md#${code}` }),
});

function result(finding: Finding) {
  const { code, severity, path = POLICY_FILE, agent, owner, ops, rule: decidedBy } = finding;
  return {
    ruleId: code,
    ruleIndex: FINDING_CODES.indexOf(code),
    level: LEVELS[severity],
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
          region: { startLine: 1 },
        },
      },
    ],
    // The only fingerprint GitHub compares. No message: the same finding may be worded anew.
    partialFingerprints: {
      primaryLocationLineHash: [code, agent ?? '', (owner ?? []).join(), uriOf(path)].join(':'),
    },
    properties: { agent, owner: owner ?? [], ops: ops ?? [], rule: escapeText(decidedBy ?? '') },
  };
}

/** In a SARIF message `[text](target)` is a link; the space keeps other people's from being one. */
const messageOf = ({ message, hint }: Finding): string =>
  escapeText(hint === undefined ? message : `${message}. ${hintSentence(hint)}`).replaceAll(
    '](',
    '] (',
  );

/** A relative URI reference (RFC 3986) whose bytes are the path's own. */
function uriOf(path: RepoPath): string {
  return Array.from(encodeRepoPath(path), (byte) => {
    const char = String.fromCharCode(byte);
    const plain = byte < 0x80 && /[A-Za-z0-9\-._~/]/.test(char);
    return plain ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
