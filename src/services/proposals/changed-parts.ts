import { compare, type Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import type { PolicySession } from '../session/session.ts';
import type { RequestChange } from './change-request.ts';

/** What a command did to requests. */
export interface ChangedRequests {
  readonly verb: RequestChangeData['verb'];
  /** Null: a person. */
  readonly agent: AgentId | null;
  readonly changes: readonly RequestChange[];
  readonly dryRun: boolean;
  /** What was found besides what each change says itself. */
  readonly findings?: readonly Finding[];
  readonly unstaged?: readonly RepoPath[];
  /** What else a reader must know. */
  readonly left?: readonly string[];
}

/** What the commands that change requests answer. */
export function changedParts(
  { policy, host }: PolicySession,
  { verb, agent, changes, dryRun, findings = [], unstaged = [], left = [] }: ChangedRequests,
): ReportParts<RequestChangeData> {
  const sorted = [...changes].sort((a, b) => compare(a.row.request.id, b.row.request.id));
  return {
    agent,
    policy: policy.source,
    findings: [...findings, ...sorted.flatMap((change) => change.findings)],
    data: {
      verb,
      requests: sorted.map(({ outcome, row }) => ({ outcome, row })),
      unstaged,
      dryRun,
      now: changes[0]?.moment.now ?? host.now(),
      notices: [...policy.notices, ...left, ...new Set(changes.flatMap(({ notices }) => notices))],
    },
  };
}

/** The same where it was refused before a request was looked at. */
export const unchangedParts = (
  session: PolicySession,
  verb: RequestChangeData['verb'],
  findings: readonly Finding[],
): ReportParts<RequestChangeData> =>
  changedParts(session, {
    verb,
    agent: findings[0]?.agent ?? null,
    changes: [],
    dryRun: false,
    findings,
  });
