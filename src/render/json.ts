import type { Failure } from '../domain/failure.ts';
import { type Report, reportOf } from '../domain/report.ts';

/** The envelope of every command, on one line, with a final newline. */
export const renderJson = (report: Report): string => `${JSON.stringify(report)}\n`;

/** The report that stands for a failure: verdict `undecided`, the reason in `data.failure`. */
export function failureReport(command: string, failure: Failure): Report {
  return reportOf(command, {
    verdict: 'undecided',
    agent: null,
    policy: null,
    findings: [],
    data: {
      failure: { kind: failure.kind, message: failure.message, hints: failure.hints },
    },
  });
}
