import { decide, type Decision } from '../../core/guard/decide.ts';
import type { GuardFacts } from '../../core/guard/facts.ts';
import { remedyFor, withHints } from '../../core/guard/remedy.ts';
import type { Situation } from '../../core/guard/take-out.ts';
import { identityFinding } from '../../core/identity/finding.ts';
import { hasPhase } from '../../core/phases/phase-blocker.ts';
import { phaseFinding } from '../../core/phases/findings.ts';
import type { Change } from '../../domain/change.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import type { Identity } from '../../domain/identity.ts';
import type { AgentId } from '../../domain/ids.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { renameHalves, stagedRenames } from '../../git/diff/renames.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import type { RequestId } from '../../domain/states/change-request.ts';
import { currentBranch } from '../session/identify.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import { findLinkFacts, LONGEST_TARGET } from './facts/link-facts.ts';
import { findLookAlikes } from './facts/look-alikes.ts';
import type { ChangesToJudge, LandingBranch } from './changes-to-judge.ts';
import { openByRequests } from './open-by-requests.ts';
import type { ChangeOfPolicy } from './policy-change.ts';
import { withoutBaseState } from './without-base-state.ts';

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly remedy: Hint | null;
  /** The requests that opened a path, each once. */
  readonly opened: ReadonlySet<RequestId>;
  /** The lock that opens a path, for paths that only want one. */
  readonly locks: Decision['locks'];
}

/**
 * Reads what the decision needs besides the changes, decides, and says what helps. The one way from
 * facts to findings, for every hook, command and CI.
 */
export async function judge(
  session: PolicySession,
  identity: Identity,
  { changes, before, situation, made, landing }: ChangesToJudge,
): Promise<Judgement> {
  const { host, reader, policy } = session;
  const strange = identityFinding(policy.ownership, identity);
  if (strange !== null)
    return { findings: [strange], remedy: null, opened: new Set(), locks: new Map() };
  const agent = identity.kind === 'agent' ? identity.agent : null;
  const judged = await withTargets(reader, changes);
  const [lookAlikes, links] = await Promise.all([
    findLookAlikes(before, judged),
    findLinkFacts(reader, before, judged),
  ]);
  const first: GuardFacts = {
    leases: new Map(),
    now: host.now(),
    lookAlikes,
    ...links,
  };
  const { decided, facts: context } = await decideWithWork(session, agent, judged, first, landing);
  if (!decided.ok) throw decided.error;
  const found = decided.value.findings;
  const changed = await changeOfPolicy(session, {
    agent,
    changes: judged,
    facts: context,
    found,
    made,
  });
  const all = [...found, ...changed.findings];
  const kept = await withoutBaseState(session, all, changes, situation);
  const branch = landing ? landing.branch : currentBranch(host, session.workspace.location);
  const opening = { changes: judged, facts: context, situation, branch, ...landing };
  const opened = await openByRequests(session, agent, kept, opening);
  const closed = await phaseClosed(session, agent, judged, situation);
  const findings = sortFindings([...opened.findings, ...closed]);
  const locks = new Map([...changed.locks, ...decided.value.locks]);
  const renames = await renamesIn(session, situation, findings);
  const why = agent && `needed for ${branch ?? agent}`;
  return {
    findings: withHints(findings, situation, { locks, renames, why }),
    remedy: remedyFor(findings, changes, situation, { locks, renames, why }),
    opened: opened.by,
    locks,
  };
}

/** Loaded where the policy is changed: whoever waits for a verdict waits for all that is loaded. */
async function changeOfPolicy(session: PolicySession, change: ChangeOfPolicy): Promise<Decision> {
  if (!change.changes.some(({ path }) => path === POLICY_FILE)) return NO_CHANGE;
  const { policyChange } = await import('./policy-change.ts');
  return policyChange(session, change);
}

const NO_CHANGE: Decision = { findings: [], locks: new Map() };

/** Whether it is the turn of an agent to change its own part. Bringing others' work in is always its turn. */
async function phaseClosed(
  session: PolicySession,
  agent: AgentId | null,
  changes: readonly Change[],
  situation: Situation,
): Promise<Finding[]> {
  const { ownership } = session.policy;
  const part = agent === null ? undefined : ownership.agents.get(agent);
  if (part === undefined || situation.kind === 'merge' || !hasPhase(ownership, part.id)) return [];
  const isOwn = ({ path }: Change): boolean => part.owns.some((glob) => glob.matches(path));
  if (!changes.some(isOwn)) return [];
  const { phaseBlockers } = await import('../phases/phase-blockers.ts');
  const finding = phaseFinding(ownership, part.id, await phaseBlockers(session, part.id));
  return finding === null ? [] : [finding];
}

/**
 * Decides. Without leases every lock is in the way; where one is, it is decided once more with them, and
 * again with the work that they cover: see `followLocks`.
 */
async function decideWithWork(
  session: PolicySession,
  agent: AgentId | null,
  changes: readonly Change[],
  without: GuardFacts,
  landing: LandingBranch | undefined,
): Promise<{ readonly decided: ReturnType<typeof decide>; readonly facts: GuardFacts }> {
  const { ownership } = session.policy;
  const first = decide(ownership, agent, changes, without);
  if (!first.ok || first.value.locks.size === 0) return { decided: first, facts: without };
  const { readLeases } = await import('../locks/read-leases.ts');
  const facts = { ...without, leases: await readLeases(session.reader, ownership) };
  const decided = decide(ownership, agent, changes, facts);
  if (!decided.ok || agent === null || decided.value.locks.size === 0) return { decided, facts };
  const { followLocks } = await import('./work/follow-locks.ts');
  const names = new Set(decided.value.locks.values());
  const followed = await followLocks(session, agent, { facts, names, landing: landing ?? null });
  return { decided: decide(ownership, agent, changes, followed), facts: followed };
}

/** The targets of added and changed links, which only their blobs tell. */
function withTargets(reader: ObjectReader, changes: readonly Change[]): Promise<Change[]> {
  return Promise.all(
    changes.map(async (change) => {
      if (change.operation !== 'symlink' || change.after === null) return change;
      const blob = await reader.read(change.after.oid, LONGEST_TARGET);
      const known = blob !== null && blob.size <= LONGEST_TARGET;
      return known ? { ...change, target: decodeRepoPath(blob.data) } : change;
    }),
  );
}

/** The renames in a commit, where it matters: one of their halves may be refused. */
async function renamesIn(
  { workspace }: PolicySession,
  situation: Situation,
  findings: readonly Finding[],
): Promise<ReadonlyMap<RepoPath, RepoPath>> {
  const halves = findings.some(
    ({ severity, ops = [] }) =>
      severity === 'error' && (ops.includes('delete') || ops.includes('add')),
  );
  if (situation.kind !== 'commit' || !situation.born || !halves) return new Map();
  return renameHalves(await stagedRenames(workspace.repo));
}
