import { setOutput, summary } from '@actions/core';
import { join } from 'node:path';
import type { Finding } from '../domain/finding.ts';
import type { Verdict, Report } from '../domain/report.ts';
import type { Host } from '../host/host.ts';
import { renderJson } from '../render/json.ts';
import type { Context } from './context.ts';

/** A report, and how it reads in each of the places it is told. */
export interface Publication {
  readonly report: Report;
  /** What the step ends with: a board that could be made has done its work, whatever it shows. */
  readonly outcome: Verdict;
  /** Markdown, within the size that GitHub takes. */
  readonly summary: string;
  /** Workflow commands, one a line. */
  readonly annotations: string;
  /** Plain text, nothing of which the runner obeys. */
  readonly log: string;
  /** Outputs besides those that every report has. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Findings in the output; the file of the report has all. */
const MOST_FINDINGS = 1000;

/** Tells the answer to whoever reads on: the job's page, the log, the files, and later steps. */
export async function publish(
  host: Host,
  context: Context | null,
  answer: Publication,
): Promise<void> {
  const { report } = answer;
  process.stdout.write(answer.log + answer.annotations);
  setOutput('verdict', report.verdict);
  setOutput('findings', listOf(report.findings));
  if (context !== null) setOutput('report', writeReport(host, context, report));
  for (const [name, value] of Object.entries(answer.outputs)) setOutput(name, value);
  // Outside a workflow, and on old servers, there is no page to write on.
  if (host.environment['GITHUB_STEP_SUMMARY']) await summary.addRaw(answer.summary).write();
}

const listOf = (findings: readonly Finding[]): string =>
  JSON.stringify(findings.slice(0, MOST_FINDINGS));

/** The whole report, as `--json` prints one, for a later step to read or keep. */
function writeReport(host: Host, { temporary }: Context, report: Report): string {
  const path = join(temporary, `bailiwick-${report.command}.json`);
  host.files.write(path, renderJson(report));
  return path;
}
