import { decide, type Decision } from '../../core/guard/decide.ts';
import type { GuardFacts } from '../../core/guard/facts.ts';
import { remedyFor, type Situation, withHints } from '../../core/guard/remedy.ts';
import { identityFinding } from '../../core/identity/finding.ts';
import { type Change, sameEntry } from '../../domain/change.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import type { Identity } from '../../domain/identity.ts';
import type { AgentId } from '../../domain/ids.ts';
import { decodeRepoPath } from '../../domain/path.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { readLeases } from '../locks/read-leases.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import { findLinkEnds } from './link-ends.ts';
import { findLookAlikes } from './look-alikes.ts';

/** What is to be judged: the changes, and the tree they were made against. */
export interface ChangesToJudge {
  readonly changes: readonly Change[];
  readonly before: TreeReader | null;
  readonly situation: Situation;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly remedy: Hint | null;
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
  { changes, before, situation }: ChangesToJudge,
): Promise<Judgement> {
  const { host, reader, policy } = session;
  const strange = identityFinding(policy.ownership, identity);
  if (strange !== null) return { findings: [strange], remedy: null, locks: new Map() };
  const agent = identity.kind === 'agent' ? identity.agent : null;
  const judged = await withTargets(reader, changes);
  const context: GuardFacts = {
    leases: await readLeases(reader, policy.ownership),
    now: host.now(),
    lookAlikes: await findLookAlikes(before, judged),
    linkEnds: await findLinkEnds(reader, before, judged),
  };
  const decided = decide(policy.ownership, agent, judged, context);
  if (!decided.ok) throw decided.error;
  const changed = await policyDecision(session, agent, judged, context, decided.value);
  const found = [...decided.value.findings, ...changed.findings];
  const kept = situation.kind === 'paths' ? found : await withoutBaseState(session, found, changes);
  const findings = sortFindings(kept);
  const locks = new Map([...changed.locks, ...decided.value.locks]);
  return {
    findings: withHints(findings, situation, locks),
    remedy: remedyFor(findings, changes, situation, locks),
    locks,
  };
}

/** Reads YAML, which nobody has to load whose change leaves the policy alone. */
async function policyDecision(
  session: PolicySession,
  agent: AgentId | null,
  changes: readonly Change[],
  facts: GuardFacts,
  { findings }: Decision,
): Promise<Decision> {
  if (!changes.some(({ path }) => path === POLICY_FILE)) return { findings: [], locks: new Map() };
  const { policyChange } = await import('./policy-change.ts');
  return policyChange(session, agent, changes, facts, findings);
}

/** The targets of added and changed links, which only their blobs tell. */
function withTargets(reader: ObjectReader, changes: readonly Change[]): Promise<Change[]> {
  return Promise.all(
    changes.map(async (change) => {
      if (change.operation !== 'symlink' || change.after === null) return change;
      const blob = await reader.read(change.after.oid);
      return blob === null ? change : { ...change, target: decodeRepoPath(blob.data) };
    }),
  );
}

/**
 * A path that ends up exactly as the base branch has it changes nothing there, whoever put it so:
 * taking the base's side, or undoing one's own slip, must pass (the second clause of rule R2).
 */
async function withoutBaseState(
  { reader, policy }: PolicySession,
  findings: readonly Finding[],
  changes: readonly Change[],
): Promise<Finding[]> {
  if (policy.base === null || findings.length === 0) return [...findings];
  const tree = new TreeReader(reader, policy.base.tree);
  const after = new Map(changes.map((change) => [change.path, change.after]));
  const kept: Finding[] = [];
  for (const finding of findings) {
    const { path } = finding;
    const same = path !== undefined && sameEntry(after.get(path) ?? null, await tree.entry(path));
    if (!same) kept.push(finding);
  }
  return kept;
}
