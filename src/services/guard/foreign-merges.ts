import { foreignHeadFinding, type ForeignMerge } from '../../core/guard/foreign-merge.ts';
import { branchAgents } from '../../core/identity/branch-agent.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import { branchOf, type Oid, type RefName } from '../../domain/refs.ts';
import { commitsAhead } from '../../git/history/commits-ahead.ts';
import { refsContaining } from '../../git/refs/refs-containing.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import type { PolicySession } from '../session/session.ts';
import { type LandedTip, landedTips } from './landed-tips.ts';

/** Merges looked into: each asks git which branches have what came in. */
const MOST = 20;

/** A branch that may have taken in commits of others. */
export interface BranchToSearch {
  readonly agent: AgentId;
  readonly branch: string | null;
  readonly base: Oid;
  readonly head: Oid;
  readonly landed: readonly LandedTip[];
}

/**
 * The commits of other agents' open branches that a branch has and that have not landed: by history, so
 * that taking their content back hides nothing. What came by a merge, newest merge first; what came in
 * any other way is judged by what it changes.
 */
export async function foreignMerges(
  session: PolicySession,
  { agent, branch, base, head, landed }: BranchToSearch,
): Promise<ForeignMerge[]> {
  const { repo } = session.workspace;
  const parents = new Map<Oid, readonly Oid[]>();
  const known = landed.filter(({ oid, local }) => !(local && oid === head)).map(({ oid }) => oid);
  for (const [commit, ...of] of await commitsAhead(repo, base, [head], known))
    parents.set(commit, of);
  const found: ForeignMerge[] = [];
  let searched = 0;
  let later: ForeignMerge['later'] = 'line';
  for (let at: Oid | undefined = head; at && parents.has(at); at = parents.get(at)![0]) {
    const [before, ...merged]: readonly Oid[] = parents.get(at)!;
    for (const brought of merged) {
      if (before === undefined || !parents.has(brought) || (searched += 1) > MOST) continue;
      const foreign = await ownerOf(session, { agent, branch }, brought);
      if (foreign) found.push({ ...foreign, at, before, brought, later });
    }
    if (merged.length > 0) later = 'merges';
  }
  return found;
}

/** Whose open branch has a commit; null where another branch of the agent has it as well. */
export async function ownerOf(
  { workspace, policy }: PolicySession,
  { agent, branch }: Pick<BranchToSearch, 'agent' | 'branch'>,
  commit: Oid,
): Promise<{ readonly ref: RefName; readonly owners: readonly AgentId[] } | null> {
  const agentsOf = branchAgents(policy.ownership);
  const refs = await refsContaining(workspace.repo, commit);
  const owned = refs.flatMap((ref) => {
    const name = branchOf(ref.replace(/^refs\/remotes\/[^/]+\//, 'refs/heads/'));
    const owners = name === null || name === branch ? [] : agentsOf(name);
    return owners.length > 0 ? [{ ref, owners }] : [];
  });
  return owned.some(({ owners }) => owners.includes(agent)) ? null : (owned[0] ?? null);
}

/**
 * What is said of a merge in the making: whether a head is of another agent's open branch. Taking it out
 * is not committing it.
 */
export async function mergedForeign(
  session: PolicySession,
  agent: AgentId | null,
  heads: readonly Oid[],
): Promise<Finding[]> {
  if (agent === null || heads.length === 0) return [];
  const { repo, location } = session.workspace;
  const branch = location.head === null ? null : branchOf(location.head);
  const landed = await landedTips(session, branch);
  const tips = [...landed.map(({ oid }) => oid), session.policy.base?.commit ?? null];
  const found: Finding[] = [];
  for (const head of heads.slice(0, MOST)) {
    const checks = tips.map((tip) => tip !== null && isAncestor(repo, head, tip));
    if ((await Promise.all(checks)).includes(true)) continue;
    const foreign = await ownerOf(session, { agent, branch }, head);
    if (foreign === null) continue;
    found.push(foreignHeadFinding(session.policy.ownership, agent, foreign));
  }
  return found;
}
