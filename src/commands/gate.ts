import type { GateVerdict } from '../core/guard/unite-verdicts.ts';
import { agentOf } from '../domain/identity.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { GateData } from '../domain/reports/gate.ts';
import type { LandingRecords } from '../domain/reports/land.ts';
import { isNullOid } from '../domain/refs.ts';
import type { Host } from '../host/host.ts';
import type { GateOptions } from '../services/gate/gate-options.ts';
import { judgeLanded } from '../services/gate/landed.ts';
import { judgeMergeGroup } from '../services/gate/merge-group.ts';
import { type OpenGate, withGate } from '../services/gate/open-gate.ts';
import { judgePullRequest } from '../services/gate/pull-request.ts';

/**
 * Judges a pull request, a merge group or what has landed as the hooks would have, by the policy of the base, from
 * nothing but what the remote has.
 *
 * @throws Failure when it cannot be decided: no policy, a broken one, history or commits missing.
 */
export function runGate(host: Host, options: GateOptions): Promise<Report<GateData>> {
  const { request } = options;
  if (request.kind === 'pull-request') {
    const { pullRequest } = request;
    const { target, head } = pullRequest;
    return withGate(host, options, target, [head], async (gate) => {
      const judged = await judgePullRequest(gate, pullRequest);
      return report(gate, request.kind, [pullRequest], judged);
    });
  }
  if (request.kind === 'landed') {
    const { target, before, after } = request;
    const commits = isNullOid(before) ? [after] : [before, after];
    return withGate(host, options, target, commits, async (gate) => {
      const judged = await judgeLanded(gate, request, options.pullRequestsOf);
      return report(gate, request.kind, judged.pullRequests, judged, judged.landings);
    });
  }
  const { target, base, head } = request;
  return withGate(host, options, target, [base, head], async (gate) => {
    const judged = await judgeMergeGroup(gate, request, options.openPullRequests);
    return report(gate, request.kind, judged.pullRequests, judged);
  });
}

function report(
  { session }: OpenGate,
  event: GateData['event'],
  pullRequests: readonly PullRequest[],
  { subjects, findings, remedy, control, notices }: GateVerdict,
  landings: LandingRecords | null = null,
): Report<GateData> {
  const agents = new Set(subjects.map(({ identity }) => agentOf(identity)));
  return reportOf('gate', {
    agent: agents.size === 1 ? [...agents][0]! : null,
    policy: session.policy?.source ?? null,
    findings,
    data: {
      event,
      pullRequests,
      control,
      landings,
      worktree: null,
      subjects,
      remedy,
      notices: [...(session.policy?.notices ?? []), ...notices],
    },
  });
}
