import { isDeclared, personNotices } from '../../core/identity/declared-person.ts';
import { sortFindings } from '../../domain/finding.ts';
import { agentOf, type Identity } from '../../domain/identity.ts';
import { shortRef } from '../../domain/refs.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { CheckData, CheckTarget } from '../../domain/reports/check.ts';
import { identify } from '../session/identify.ts';
import { requireBase } from '../session/policy.ts';
import { type PolicySession, requirePolicy, type Session } from '../session/session.ts';
import { beforePolicy } from './before-policy.ts';
import { readCheckTarget, readNamedBranch, type Target } from './check-target.ts';
import { firstPolicyFinding } from './first-policy.ts';
import { mergedForeign } from './foreign/foreign-merges.ts';
import { branchPlace } from './branch-place.ts';
import { judgeBranch } from './judge-branch.ts';
import { judgeBranchChanges } from './judge-branch-changes.ts';
import { judge, type Judgement } from './judge.ts';
import { recordLane } from './lane-record.ts';

export interface TargetOptions {
  /** Who to judge as; else whoever is acting here. */
  readonly agent?: string | undefined;
  /** After a clean pass, write down what the next commit can be allowed by without this program. */
  readonly recordLane?: boolean;
}

/**
 * Judges one set of changes: what the command `check`, the hooks of a commit and CI have in common.
 *
 * @throws Failure when it cannot be decided: no policy, broken policy, history cut off, wrong usage.
 */
export async function judgeTarget(
  session: Session,
  wanted: CheckTarget,
  options: TargetOptions = {},
): Promise<ReportParts<CheckData>> {
  if (wanted.kind === 'branch') {
    const notice = await beforePolicy(session);
    if (notice !== null) return notJudged(session, notice);
    return judgeNamedBranch(requirePolicy(session), wanted.ref, options);
  }
  const target = await readCheckTarget(session, wanted);
  const early = await beforeJudging(session, target);
  if (early !== null) return early;
  const judging = requirePolicy(session);
  const identity = identify(judging, {
    option: options.agent,
    ...(target.branch !== undefined && { branch: target.branch }),
  });
  const [{ findings: judged, remedy }, foreign] = await Promise.all([
    judgeFacts(judging, identity, target),
    mergedForeign(judging, agentOf(identity), target.heads ?? []),
  ]);
  const findings = sortFindings([...foreign, ...judged]);
  const { notices } = judging.policy;
  const clean = findings.length === 0 && notices.length === 0 && target.kind === 'commit';
  if (options.recordLane === true && clean && !isDeclared(identity))
    await recordLane(judging, agentOf(identity));
  return partsOf(session, target, {
    identity,
    findings,
    remedy: foreign.find(({ hint }) => hint)?.hint ?? remedy,
  });
}

const judgeFacts = (
  session: PolicySession,
  identity: Identity,
  { judged, range }: Target,
): Promise<Judgement> =>
  range === undefined
    ? judge(session, identity, judged)
    : judgeBranchChanges(session, identity, {
        ...range,
        placeOf: () => branchPlace(session, identity, range.named),
      });

/** A branch before any policy is in force: nobody is in the way of anybody. */
const notJudged = ({ workspace }: Session, notice: string): ReportParts<CheckData> => ({
  agent: null,
  policy: null,
  findings: [],
  data: { worktree: workspace.location.top, subjects: [], remedy: null, notices: [notice] },
});

/** A branch by any name git knows it by. */
async function judgeNamedBranch(
  session: PolicySession,
  name: string,
  options: TargetOptions,
): Promise<ReportParts<CheckData>> {
  const { workspace, policy } = session;
  const base = requireBase(policy);
  const named = await readNamedBranch(session, name);
  const identity = identify(session, { option: options.agent, branch: named.branch });
  const judged = await judgeBranch(session, identity, { ...named, name, withHistory: true });
  const description = `${name} since ${shortRef(base.ref)}@${base.commit.slice(0, 10)}`;
  return {
    agent: agentOf(identity),
    policy: policy.source,
    findings: judged.findings,
    data: {
      worktree: workspace.location.top,
      subjects: [{ kind: 'branch', description, identity, changes: judged.changes }],
      remedy: judged.remedy,
      notices: [...policy.notices, ...judged.notices, ...personNotices(identity, name)],
    },
  };
}

/**
 * What is said before any policy is in force: whoever brings the first is named, and everyone else
 * is let through. Null when there is a policy to judge by. Paths are asked about, not changed, so a
 * draft may answer for them.
 */
async function beforeJudging(
  session: Session,
  target: Target,
): Promise<ReportParts<CheckData> | null> {
  const notice = target.kind === 'paths' ? null : await beforePolicy(session);
  if (session.policy !== null && notice === null) return null;
  const first = await firstPolicyFinding(session.reader, target.judged.changes);
  if (first === null && notice === null) return null;
  const notices = first === null && notice !== null ? [notice, ...target.notices] : target.notices;
  return partsOf(
    { workspace: session.workspace, policy: null },
    { ...target, notices },
    { identity: { kind: 'human' }, findings: first === null ? [] : [first], remedy: null },
  );
}

function partsOf(
  { workspace, policy }: Pick<Session, 'policy' | 'workspace'>,
  { kind, description, judged, notices }: Target,
  {
    identity,
    findings,
    remedy,
  }: Pick<Judgement, 'findings' | 'remedy'> & { readonly identity: Identity },
): ReportParts<CheckData> {
  return {
    agent: agentOf(identity),
    policy: policy?.source ?? null,
    findings,
    data: {
      worktree: workspace.location.top,
      subjects: [{ kind, description, identity, changes: judged.changes.length }],
      remedy,
      notices: [...(policy?.notices ?? []), ...notices, ...personNotices(identity, description)],
    },
  };
}
