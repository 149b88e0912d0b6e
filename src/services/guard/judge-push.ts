import { misplacedPush } from '../../core/guard/push.ts';
import { branchAgents } from '../../core/identity/branch-agent.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import { agentOf } from '../../domain/identity.ts';
import { branchOf, type Oid, shortRef } from '../../domain/refs.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { CheckData, Subject } from '../../domain/reports/check.ts';
import { type PushedRef, parsePushLines } from '../../git/refs/push-lines.ts';
import { resolveCommit } from '../../git/refs/resolve.ts';
import type { Host } from '../../host/host.ts';
import { identify } from '../session/identify.ts';
import { requireBase } from '../session/policy.ts';
import { type PolicySession, requirePolicy, withSession } from '../session/session.ts';
import { beforePolicy } from './before-policy.ts';
import { branchChanges } from './branch-changes.ts';
import { judge } from './judge.ts';
import { limitAdvice } from './limit-advice.ts';

interface PushedResult {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
  readonly remedy: Hint | null;
}

/** Of a push that moves nothing: no policy is asked for then. */
const NOTHING: ReportParts<CheckData> = {
  agent: null,
  policy: null,
  findings: [],
  data: { worktree: null, subjects: [], remedy: null, notices: [] },
};

/**
 * Judges every ref of a push by rule R2; the worst decides. Deletions and an empty push have
 * nothing to judge.
 *
 * @param input what git wrote to the hook's standard input
 */
export async function judgePush(host: Host, input: string): Promise<ReportParts<CheckData>> {
  const pushed = parsePushLines(input);
  if (pushed.every(({ localOid }) => localOid === null)) return NOTHING;
  return withSession(host, async (opened) => {
    const early = await beforePolicy(opened);
    if (early !== null) return { ...NOTHING, data: { ...NOTHING.data, notices: [early] } };
    const session = requirePolicy(opened);
    const { policy } = session;
    const results: PushedResult[] = [];
    for (const ref of pushed) {
      const result = ref.localOid && (await judgePushed(session, ref, ref.localOid));
      if (result) results.push(result);
    }
    const findings = sortFindings(results.flatMap((result) => result.findings));
    const agents = new Set(results.map(({ subject }) => agentOf(subject.identity)));
    return {
      agent: agents.size === 1 ? [...agents][0]! : null,
      policy: policy.source,
      findings,
      data: {
        worktree: session.workspace.location.top,
        subjects: results.map(({ subject }) => subject),
        remedy: results.find((result) => result.remedy !== null)?.remedy ?? null,
        notices: policy.notices,
      },
    };
  });
}

async function judgePushed(
  session: PolicySession,
  { remoteRef }: PushedRef,
  oid: Oid,
): Promise<PushedResult | null> {
  const { policy } = session;
  // A tag of a tree or a blob changes no branch.
  const head = await resolveCommit(session.workspace.repo, oid);
  if (head === null) return null;
  const branch = branchOf(remoteRef);
  const pusher = identify(session, {});
  const owner = identify(session, { branch });
  const owners = branch === null ? [] : branchAgents(policy.ownership)(branch);
  const misplaced = branch && misplacedPush(policy.ownership, branch, agentOf(pusher), owners);
  const identity = owner.kind === 'human' ? pusher : owner;
  const base = requireBase(policy);
  const facts = await branchChanges(session, base.commit, head, shortRef(base.ref));
  const subject: Subject = {
    kind: 'push',
    description: `${shortRef(remoteRef)} since ${shortRef(base.ref)}@${base.commit.slice(0, 10)}`,
    identity,
    changes: facts.changes.length,
  };
  if (misplaced) return { subject, findings: [misplaced], remedy: null };
  const [{ findings, remedy }, advice] = await Promise.all([
    judge(session, identity, facts),
    limitAdvice(session, identity, { name: shortRef(remoteRef), head, facts }),
  ]);
  return { subject, findings: [...findings, ...advice], remedy };
}
