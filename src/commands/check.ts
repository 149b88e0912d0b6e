import { type Finding, sortFindings } from '../domain/finding.ts';
import { agentOf, type Identity } from '../domain/identity.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { CheckData, CheckTarget } from '../domain/reports/check.ts';
import type { Host } from '../host/host.ts';
import { readCheckTarget, type Target } from '../services/guard/check-target.ts';
import { firstPolicyFinding } from '../services/guard/first-policy.ts';
import { judge } from '../services/guard/judge.ts';
import { recordLane } from '../services/guard/lane-record.ts';
import { limitAdvice } from '../services/guard/limit-advice.ts';
import { identify } from '../services/session/identify.ts';
import { requirePolicy, type Session, withSession } from '../services/session/session.ts';

export interface CheckOptions {
  readonly target: CheckTarget;
  /** `--agent`: who to judge as. */
  readonly agent?: string | undefined;
  /** After a clean pass, write down what the next commit can be allowed by without this program. */
  readonly recordLane?: boolean;
}

/**
 * Judges one set of changes as the hooks and CI do.
 *
 * @throws Failure when it cannot be decided: no policy, broken policy, history cut off, wrong usage.
 */
export function runCheck(host: Host, options: CheckOptions): Promise<Report<CheckData>> {
  return withSession(host, async (session) => {
    const target = await readCheckTarget(session, options.target);
    const first = session.policy
      ? null
      : await firstPolicyFinding(session.reader, target.judged.changes);
    if (first) return report(session, target, { kind: 'human' }, [first], null);
    const judging = requirePolicy(session);
    const claims = {
      option: options.agent,
      ...(target.branch !== undefined && { branch: target.branch }),
    };
    const identity = identify(judging, claims);
    const [{ findings: judged, remedy }, advice] = await Promise.all([
      judge(judging, identity, target.judged),
      target.limited ? limitAdvice(judging, identity, target.limited) : [],
    ]);
    const findings = sortFindings([...judged, ...advice]);
    const clean =
      findings.length === 0 && judging.policy.notices.length === 0 && target.kind === 'commit';
    if (options.recordLane === true && clean) await recordLane(judging, agentOf(identity));
    return report(session, target, identity, findings, remedy);
  });
}

function report(
  { workspace, policy }: Session,
  target: Target,
  identity: Identity,
  findings: readonly Finding[],
  remedy: string | null,
): Report<CheckData> {
  const { kind, description, judged } = target;
  return reportOf('check', {
    agent: agentOf(identity),
    policy: policy?.source ?? null,
    findings,
    data: {
      worktree: workspace.location.top,
      subjects: [{ kind, description, identity, changes: judged.changes.length }],
      remedy,
      notices: [...(policy?.notices ?? []), ...target.notices],
    },
  });
}
