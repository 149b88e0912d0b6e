import { type Report, reportOf } from '../domain/report.ts';
import type { StatusData } from '../domain/reports/status.ts';
import type { Host } from '../host/host.ts';
import { withPolicy } from '../services/session/session.ts';
import { readStatus } from '../services/status/read-status.ts';

export interface StatusOptions {
  /** Look for branches that cannot be merged with each other; default true. */
  readonly overlap?: boolean;
  /** Say who can work beside whom, and whose turn it is; default false. */
  readonly phases?: boolean;
}

/**
 * The fleet on one screen: every worktree and every open branch of an agent, how it stands to the
 * base, what in it would be refused, and what to do next. Refuses nothing itself.
 *
 * @throws Failure when there is no usable policy. What cannot be decided about a single row is
 * said there, a lock that cannot be read in a notice; either makes the answer undecided.
 */
export function runStatus(host: Host, options: StatusOptions = {}): Promise<Report<StatusData>> {
  return withPolicy(host, async (session) => {
    const overlap = options.overlap !== false;
    const { data, findings, undecided } = await readStatus(session, {
      overlap,
      phases: options.phases === true,
    });
    return reportOf('status', {
      verdict: undecided ? 'undecided' : 'allowed',
      agent: data.rows.find(({ worktree }) => worktree?.here)?.agent ?? null,
      policy: session.policy.source,
      findings,
      data,
    });
  });
}
