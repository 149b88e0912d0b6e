import { foreignMergeFinding, isAnsweredFor } from '../../core/guard/foreign-merge.ts';
import { misplacedPush, type RefVerb } from '../../core/guard/push.ts';
import { branchAgents, branchAgentsNear } from '../../core/identity/branch-agent.ts';
import {
  agentOfAccount,
  identifyReceived,
  pushingAccount,
} from '../../core/identity/identify-received.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import { agentOf, type Identity } from '../../domain/identity.ts';
import { type BranchName, branchOf, type Oid, shortRef } from '../../domain/refs.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { CheckData, Subject } from '../../domain/reports/check.ts';
import { commonAncestors } from '../../git/history/merge-bases.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import type { ReceivedRef } from '../../git/refs/received-lines.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import type { Host } from '../../host/host.ts';
import { branchChanges } from '../guard/branch-changes.ts';
import { foreignMerges } from '../guard/foreign/foreign-merges.ts';
import { judgeBranchChanges } from '../guard/judge-branch-changes.ts';
import { limitAdvice } from '../guard/limit-advice.ts';
import { requireBase } from '../session/policy.ts';
import { ON_A_SERVER } from '../session/policy-places.ts';
import { type PolicySession, type Session, withSession } from '../session/session.ts';

interface ReceivedResult {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
  readonly remedy: Hint | null;
}

/** What only our own commands write; one that is wrong spoils its own part, whoever pushed it. */
const STATE_REFS = 'refs/bailiwick/';

/**
 * Judges what a push is about to change where it arrives, as the push hook of a clone does: who may move
 * which ref, and what landing each branch would change. The policy and the base are those of this
 * repository's own branches as they were before the push. New objects may still be in git's quarantine.
 *
 * @param host stands in the repository, in the environment git gave to its hook
 */
export const judgeReceived = (
  host: Host,
  received: readonly ReceivedRef[],
): Promise<ReportParts<CheckData>> =>
  withSession(host, (session) => judgeAll(session, received), { places: ON_A_SERVER });

async function judgeAll(
  session: Session,
  received: readonly ReceivedRef[],
): Promise<ReportParts<CheckData>> {
  const { policy } = session;
  const results: ReceivedResult[] = [];
  if (policy !== null)
    for (const ref of received) {
      const result = await judgeRef({ ...session, policy }, ref);
      if (result !== null) results.push(result);
    }
  const agents = new Set(results.map(({ subject }) => agentOf(subject.identity)));
  return {
    agent: agents.size === 1 ? [...agents][0]! : null,
    policy: policy?.source ?? null,
    findings: sortFindings(results.flatMap(({ findings }) => findings)),
    data: {
      worktree: null,
      subjects: results.map(({ subject }) => subject),
      remedy: results.find(({ remedy }) => remedy !== null)?.remedy ?? null,
      notices: policy?.notices ?? [
        'there is no ownership.yml on the base branch, so nothing was judged',
      ],
    },
  };
}

async function judgeRef(
  session: PolicySession,
  received: ReceivedRef,
): Promise<ReceivedResult | null> {
  const { ownership } = session.policy;
  const { ref, after } = received;
  if (ref.startsWith(STATE_REFS)) return null;
  const branch = branchOf(ref);
  const account = pushingAccount(session.host.environment);
  const pusher = agentOfAccount(ownership, account, branch);
  const owners = branch === null ? [] : branchAgents(ownership)(branch);
  const verb = await verbOf(session, received);
  const identity = identifyReceived(ownership, account, branch);
  const near = branch === null ? [] : branchAgentsNear(ownership)(branch);
  const misplaced = misplacedPush(ownership, { ref, verb, owners, near }, pusher);
  if (misplaced !== null) return refusal(shortRef(ref), identity, misplaced);
  if (after === null) return null;
  const head = (await readCommitTree(session.reader, after))?.commit;
  // A tag of a tree or a blob changes no branch.
  if (head === undefined) return null;
  const base = requireBase(session.policy);
  if (identity.kind === 'human' && (await isApart(session, base.commit, head))) return null;
  return judgeWork(session, identity, { branch, head, name: shortRef(ref) });
}

const refusal = (description: string, identity: Identity, finding: Finding): ReceivedResult => ({
  subject: { kind: 'push', description, identity, changes: 0 },
  findings: [finding],
  remedy: null,
});

/** What landing the branch would change, and whose commits came along. */
async function judgeWork(
  session: PolicySession,
  identity: Identity,
  { branch, head, name }: { branch: BranchName | null; head: Oid; name: string },
): Promise<ReceivedResult> {
  const { ownership } = session.policy;
  const base = requireBase(session.policy);
  const agent = agentOf(identity);
  const foreign =
    agent === null
      ? []
      : await foreignMerges(session, { agent, branch, base: base.commit, head, landed: [] });
  const place =
    branch === null ? ({ kind: 'none' } as const) : ({ kind: 'branch', branch } as const);
  const against = {
    commit: base.commit,
    // As the clone that reads the answer calls it.
    name: `origin/${ownership.base}`,
    landed: foreign
      .filter((merge) => agent !== null && isAnsweredFor(ownership, agent, merge))
      .map(({ ref, brought }) => ({ ref, oid: brought, local: false })),
  };
  const facts = await branchChanges(session, against, head);
  const placeOf = () => Promise.resolve({ place, workTree: null });
  const [judged, advice] = await Promise.all([
    judgeBranchChanges(session, identity, { against, head, branch, facts, placeOf }),
    limitAdvice(session, identity, { name, head, facts }),
  ]);
  const came =
    agent === null
      ? []
      : foreign.map((merge) => foreignMergeFinding(ownership, { agent, head, place }, merge));
  const first = came.find(({ severity, hint }) => severity === 'error' && hint?.command);
  const description = `${name} since ${ownership.base}@${base.commit.slice(0, 10)}`;
  return {
    subject: { kind: 'push', description, identity, changes: facts.changes.length },
    findings: sortFindings([...came, ...judged.findings, ...advice]),
    remedy: first?.hint ?? judged.remedy,
  };
}

/** What has nothing in common with the base cannot land there: pages, notes, a split-off directory. */
const isApart = async ({ workspace }: PolicySession, base: Oid, head: Oid): Promise<boolean> =>
  (await commonAncestors(workspace.repo, base, head)).length === 0;

async function verbOf(
  { workspace, reader }: PolicySession,
  { before, after }: ReceivedRef,
): Promise<RefVerb> {
  if (after === null) return 'delete';
  if (before === null) return 'create';
  const commits = await Promise.all([before, after].map((oid) => readCommitTree(reader, oid)));
  const [from, to] = commits.map((commit) => commit?.commit);
  if (from === undefined || to === undefined) return 'force';
  return (await isAncestor(workspace.repo, from, to)) ? 'move' : 'force';
}
