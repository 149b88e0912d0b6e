import type { Finding } from './finding.ts';
import type { AgentId } from './ids.ts';
import type { Oid } from './refs.ts';

export const REPORT_SCHEMA = 'bailiwick/1';

export type Verdict = 'allowed' | 'refused' | 'undecided';

/** Where the policy that judged was read from. `ref` is `origin/main`, `main`, `HEAD`, or a file. */
export interface PolicySource {
  readonly ref: string;
  /** The commit the ref named; null for a policy read from the work tree by `lint`. */
  readonly oid: Oid | null;
}

/** What every command answers, and what `--json` prints, key for key. */
export interface Report<Data = unknown> {
  readonly schema: typeof REPORT_SCHEMA;
  readonly command: string;
  readonly verdict: Verdict;
  readonly agent: AgentId | null;
  readonly policy: PolicySource | null;
  readonly findings: readonly Finding[];
  readonly data: Data;
}

/** Refused as soon as one finding is an error. */
export const verdictOf = (findings: readonly Finding[]): Verdict =>
  findings.some((finding) => finding.severity === 'error') ? 'refused' : 'allowed';

/** What a report is made of; the rest follows. */
export type ReportParts<Data> = Pick<Report<Data>, 'agent' | 'data' | 'findings' | 'policy'> & {
  /** By default what the findings come to. */
  readonly verdict?: Verdict;
};

/** The answer of a command. `command` is its name as it was typed, with its subcommand. */
export const reportOf = <Data>(
  command: string,
  { verdict, agent, policy, findings, data }: ReportParts<Data>,
): Report<Data> => ({
  schema: REPORT_SCHEMA,
  command,
  verdict: verdict ?? verdictOf(findings),
  agent,
  policy,
  findings,
  data,
});
