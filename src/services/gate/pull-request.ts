import { foreignMergeFinding, isAnsweredFor } from '../../core/guard/foreign-merge.ts';
import { controlPaths } from '../../core/guard/control-paths.ts';
import { type GateVerdict, uniteVerdicts } from '../../core/guard/unite-verdicts.ts';
import { forkNotices } from '../../core/identity/fork-notices.ts';
import { identifyPullRequest } from '../../core/identity/identify-pull-request.ts';
import { sortFindings } from '../../domain/finding.ts';
import { agentOf } from '../../domain/identity.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import { type Oid, shortRef } from '../../domain/refs.ts';
import type { Subject } from '../../domain/reports/check.ts';
import type { RequestId } from '../../domain/states/change-request.ts';
import type { PlaceOfBranch } from '../guard/branch-place.ts';
import { firstPolicyFinding } from '../guard/first-policy.ts';
import { judgeBranchChanges } from '../guard/judge-branch-changes.ts';
import { limitAdvice } from '../guard/limit-advice.ts';
import { tipOf, trackingRef } from '../remote/anchor.ts';
import { fetchContents, fetchMigrations } from '../remote/contents.ts';
import { remedyIn } from '../semantics/remedy-in.ts';
import type { BringContents } from '../semantics/search-names.ts';
import { requireBase } from '../session/policy.ts';
import { type PolicySession, requirePolicy } from '../session/session.ts';
import { bringWork } from './bring-work.ts';
import { cameAlong } from './came-along.ts';
import { judgeBesides } from './judge-besides.ts';
import { judgeTogether, pendingWith } from './judge-together.ts';
import { type Against, landingFacts } from './landing-facts.ts';
import { requestProof } from './request-proof.ts';
import type { OpenGate } from './open-gate.ts';

/**
 * Judges a pull request by rule R2 against the base, as the hook that pushed its branch did. One that
 * lands elsewhere is judged against both: the check hangs on the commit, and another pull request of
 * the same commit could lead to the base.
 */
export async function judgePullRequest(
  gate: OpenGate,
  pullRequest: PullRequest,
): Promise<GateVerdict> {
  const { target } = pullRequest;
  const tip = await tipOf(gate.copy, trackingRef(target));
  const there = { name: `origin/${target}`, tip };
  if (gate.session.policy === null)
    return judgeFirstPolicy(gate, describe(pullRequest, there), pullRequest.head, there);
  const judging = { ...gate, session: requirePolicy(gate.session) };
  const { policy } = judging.session;
  const base = requireBase(policy);
  if (base.commit === tip) return judgeAgainst(judging, pullRequest, there);
  const home = { name: shortRef(base.ref), tip: base.commit };
  const [here, elsewhere] = [
    await judgeAgainst(judging, pullRequest, home),
    await judgeAgainst(judging, pullRequest, there),
  ];
  const notice = `it is to land on ${target}, not on ${policy.ownership.base}, and was judged against both`;
  return uniteVerdicts([here, elsewhere], [notice]);
}

/** What else there is to know of what is judged. */
export interface HowToJudge {
  /** Whether it is still to land. */
  readonly when?: 'landed' | 'open';
  /** The commit that people reviewed, where another is judged. */
  readonly reviewed?: Oid;
}

/**
 * Judges what a pull request changes against one commit.
 */
export async function judgeAgainst(
  { copy, session, reviewsOf }: OpenGate<PolicySession>,
  pullRequest: PullRequest,
  against: Against,
  { when = 'open', reviewed = pullRequest.head }: HowToJudge = {},
): Promise<GateVerdict> {
  const gate = { copy, session, reviewsOf };
  const place = placeOf(pullRequest);
  const bring: BringContents = (oids) => copy.fetchBlobs(oids);
  const { head } = pullRequest;
  const { ownership } = session.policy;
  const { identity, finding } = identifyPullRequest(ownership, pullRequest);
  const agent = agentOf(identity);
  // What has landed has landed, whose commits ever it were.
  const searching = when === 'open' ? agent : null;
  const proof = requestProof(gate, pullRequest, reviewed);
  const came = await cameAlong(gate, searching, pullRequest, against, proof.counts);
  const apart = came.merges.filter((merge) => isAnsweredFor(ownership, agent!, merge));
  const landed = apart.map(({ ref, brought }) => ({ ref, oid: brought, local: false }));
  const facts = await landingFacts(gate, head, { ...against, landed });
  await fetchContents(copy, facts, head, agent !== null && ownership.limits.lines !== null);
  const limited = { name: pullRequest.branch ?? head, head, facts };
  await fetchMigrations(copy, session, facts);
  const [judged, advice, besides] = finding
    ? [{ findings: [finding], remedy: null, opened: new Set<RequestId>() }, [], []]
    : await Promise.all([
        judgeBranchChanges(session, identity, {
          against: { commit: against.tip, name: against.name, landed },
          head,
          branch: pullRequest.branch,
          counts: proof.counts,
          bring: bringWork(gate, against.tip),
          facts,
          placeOf: () => Promise.resolve(place),
        }),
        limitAdvice(session, identity, limited),
        judgeBesides(session, facts, { pullRequest, against, when, place, bring }),
      ]);
  const together = await judgeTogether(gate, came.merges, against);
  // In a queue it lands with others, which may bring what it waits for.
  if (when === 'open' && reviewed === head)
    together.push(...(await pendingWith(session, pullRequest, facts)));
  const paths = facts.changes.map(({ path }) => path);
  const description = describe(pullRequest, against);
  const subject: Subject = { kind: 'branch', description, identity, changes: paths.length };
  const merging = { head, ...place };
  const foreign = came.merges.map((merge) =>
    foreignMergeFinding(ownership, { ...merging, agent: agent! }, merge),
  );
  const first = foreign.find(({ severity, hint }) => severity === 'error' && hint?.command);
  return {
    subjects: [subject],
    findings: sortFindings([...foreign, ...judged.findings, ...advice, ...besides, ...together]),
    remedy: first?.hint ?? judged.remedy ?? remedyIn(besides),
    control: controlPaths(ownership, paths),
    notices: [...forkNotices(pullRequest, agent), ...came.notices, ...proof.notices(judged.opened)],
  };
}

/** Where whoever reads the answer, in a clone of their own, can put it right. */
const placeOf = ({ branch, own }: PullRequest): PlaceOfBranch => ({
  place: branch === null || !own ? { kind: 'none' } : { kind: 'branch', branch },
  workTree: null,
});

/** Before there is a policy nothing can be judged, except that a first one is brought. */
export async function judgeFirstPolicy(
  gate: OpenGate,
  description: string,
  head: Oid,
  against: Against,
): Promise<GateVerdict> {
  const facts = await landingFacts(gate, head, against);
  const first = await firstPolicyFinding(gate.session.reader, facts.changes);
  if (first === null) requirePolicy(gate.session);
  const subject: Subject = {
    kind: 'branch',
    description,
    identity: { kind: 'human' },
    changes: facts.changes.length,
  };
  const findings = first === null ? [] : [first];
  return { subjects: [subject], findings, remedy: null, control: [], notices: [] };
}

const describe = ({ number, branch, head }: PullRequest, { name, tip }: Against): string =>
  `${number === 0 ? 'a push' : `#${number}`} (${branch ?? head.slice(0, 10)}) since ${name}@${tip.slice(0, 10)}`;
