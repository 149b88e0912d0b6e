import { misplacedPush, type RefVerb } from '../../core/guard/push.ts';
import { branchAgents, branchAgentsNear } from '../../core/identity/branch-agent.ts';
import { declaresPerson, personNotices } from '../../core/identity/declared-person.ts';
import { identityFinding } from '../../core/identity/finding.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import { agentOf, type Identity } from '../../domain/identity.ts';
import type { AgentId } from '../../domain/ids.ts';
import { branchOf, type Oid, type RefName, shortRef } from '../../domain/refs.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { CheckData, Subject } from '../../domain/reports/check.ts';
import { commonAncestors } from '../../git/history/merge-bases.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { type PushedRef, parsePushLines } from '../../git/refs/push-lines.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { identify } from '../session/identify.ts';
import { requireBase } from '../session/policy.ts';
import { hookSession } from '../session/hook-session.ts';
import {
  type PolicySession,
  requirePolicy,
  type Session,
  withSession,
} from '../session/session.ts';
import { beforePolicy } from './before-policy.ts';
import { judgeBranch } from './judge-branch.ts';

interface PushedResult {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
  readonly remedy: Hint | null;
  readonly notices: readonly string[];
}

/** Of a push that has nothing to judge: no policy is asked for then. */
const NOTHING: ReportParts<CheckData> = {
  agent: null,
  policy: null,
  findings: [],
  data: { worktree: null, subjects: [], remedy: null, notices: [] },
};

/**
 * Judges every ref of a push; the worst decides. Who may move which ref is asked first (rule R5), then
 * what landing it would change (R2).
 *
 * @param input what git wrote to the hook's standard input
 */
export async function judgePush(host: Host, input: string): Promise<ReportParts<CheckData>> {
  const pushed = parsePushLines(input);
  if (pushed.length === 0) return NOTHING;
  return withSession(host, (opened) => judgeAll(opened, pushed), hookSession(host));
}

async function judgeAll(
  opened: Session,
  pushed: readonly PushedRef[],
): Promise<ReportParts<CheckData>> {
  // Nothing is judged before there is a policy; what goes away brings no first one.
  if (opened.policy === null && pushed.every(({ localOid }) => localOid === null)) return NOTHING;
  const early = await beforePolicy(opened);
  if (early !== null) return { ...NOTHING, data: { ...NOTHING.data, notices: [early] } };
  const session = requirePolicy(opened);
  const { policy } = session;
  const results: PushedResult[] = [];
  for (const ref of pushed) {
    const result = await judgePushed(session, ref);
    if (result) results.push(result);
  }
  const findings = sortFindings(results.flatMap((result) => result.findings));
  if (!findings.some(({ severity }) => severity === 'error')) recordPeople(session, pushed);
  const agents = new Set(results.map(({ subject }) => agentOf(subject.identity)));
  return {
    agent: agents.size === 1 ? [...agents][0]! : null,
    policy: policy.source,
    findings,
    data: {
      worktree: session.workspace.location.top,
      subjects: results.map(({ subject }) => subject),
      remedy: results.find((result) => result.remedy !== null)?.remedy ?? null,
      notices: [...policy.notices, ...new Set(results.flatMap(({ notices }) => notices))],
    },
  };
}

async function judgePushed(
  session: PolicySession,
  pushed: PushedRef,
): Promise<PushedResult | null> {
  const { reader, policy } = session;
  const { remoteRef, localOid, local } = pushed;
  const branch = branchOf(remoteRef);
  const pusher = identify(session, {});
  const owners = branch === null ? [] : branchAgents(policy.ownership)(branch);
  const near = branch === null ? [] : branchAgentsNear(policy.ownership)(branch);
  const verb = await verbOf(session, pushed, owners);
  const misplaced = misplacedPush(
    policy.ownership,
    { ref: remoteRef, verb, owners, near },
    agentOf(pusher),
  );
  // A deletion has nothing to compare, but whoever acts here must be known.
  const wrong = misplaced ?? (localOid === null ? identityFinding(policy.ownership, pusher) : null);
  if (wrong !== null) return refusal(remoteRef, pusher, wrong);
  if (localOid === null) return null;
  // A tag of a tree or a blob changes no branch.
  const head = (await readCommitTree(reader, localOid))?.commit ?? null;
  if (head === null) return null;
  const owner = identify(session, { branch });
  const identity = owner.kind === 'human' ? pusher : owner;
  const base = requireBase(policy);
  if (identity.kind === 'human' && (await isApart(session, base.commit, head))) return null;
  const name = shortRef(remoteRef);
  const judged = await judgeBranch(session, identity, { head, branch, local, name });
  const subject: Subject = {
    kind: 'push',
    description: `${name} since ${shortRef(base.ref)}@${base.commit.slice(0, 10)}`,
    identity,
    changes: judged.changes,
  };
  const said = personNotices(identity, name);
  return { subject, ...judged, notices: [...judged.notices, ...said] };
}

/** The refs that a person pushed who says so: what came to an agent's branch from somebody else. */
function recordPeople({ host, workspace }: PolicySession, pushed: readonly PushedRef[]): void {
  const { environment, files } = host;
  if (!declaresPerson(environment)) return;
  const who = environment['USER'] ?? environment['LOGNAME'] ?? 'somebody';
  const when = new Date(host.now()).toISOString();
  const lines = pushed.map(
    ({ localOid, remoteRef }) =>
      `${when} ${who}@${host.hostname()} ${localOid ?? '-'} ${remoteRef}\n`,
  );
  files.append(sharedStatePaths(workspace.location).personPushes, lines.join(''));
}

/** What is refused before anything was compared. */
const refusal = (ref: RefName, identity: Identity, finding: Finding): PushedResult => ({
  subject: { kind: 'push', description: shortRef(ref), identity, changes: 0 },
  findings: [finding],
  remedy: null,
  notices: [],
});

/**
 * People push what has nothing in common with the base (pages, notes, a split-off directory): none of
 * it can land there. Where history was cut off, nobody can tell.
 */
async function isApart({ workspace }: PolicySession, base: Oid, head: Oid): Promise<boolean> {
  const { repo, location } = workspace;
  return !location.shallow && (await commonAncestors(repo, base, head)).length === 0;
}

/**
 * git does not say which updates it forces; what the remote has may not be here at all. Of an agent's
 * own branch it plays no part.
 */
async function verbOf(
  { workspace: { repo }, reader }: PolicySession,
  { localOid, remoteOid, remoteRef }: PushedRef,
  owners: readonly AgentId[],
): Promise<RefVerb> {
  if (localOid === null) return 'delete';
  if (remoteOid === null) return 'create';
  if (owners.length > 0 || branchOf(remoteRef) === null) return 'move';
  const known = await Promise.all([remoteOid, localOid].map((oid) => readCommitTree(reader, oid)));
  const [before, after] = known.map((commit) => commit?.commit);
  if (before === undefined || after === undefined) return 'force';
  return (await isAncestor(repo, before, after)) ? 'move' : 'force';
}
