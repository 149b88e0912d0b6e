import { foreignHeadFinding, type ForeignMerge } from '../../../core/guard/foreign-merge.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { branchOf, type Oid } from '../../../domain/refs.ts';
import { commitsAhead } from '../../../git/history/commits-ahead.ts';
import { isAncestor } from '../../../git/refs/refs.ts';
import type { PolicySession } from '../../session/session.ts';
import { builtOn } from './built-on.ts';
import type { CountRequests } from '../changes-to-judge.ts';
import { withRequests } from './with-requests.ts';
import { type LandedTip, landedTips } from '../landed-tips.ts';
import { ownerOf } from './owner-of.ts';

/** Merges looked into: each asks git which branches have what came in. */
const MOST = 20;

/** A branch that may have taken in commits of others. */
export interface BranchToSearch {
  readonly agent: AgentId;
  readonly branch: string | null;
  readonly base: Oid;
  readonly head: Oid;
  readonly landed: readonly LandedTip[];
  /** See `LandingBranch`. */
  readonly counts?: CountRequests | undefined;
}

/**
 * The commits of other agents' open branches that a branch has and that have not landed: by history, so
 * that taking their content back hides nothing. What came by a merge, newest merge first, then what the
 * branch is built on.
 */
export async function foreignMerges(
  session: PolicySession,
  { agent, branch, base, head, landed, counts }: BranchToSearch,
): Promise<ForeignMerge[]> {
  const { repo } = session.workspace;
  const parents = new Map<Oid, readonly Oid[]>();
  const known = landed.filter(({ oid, local }) => !(local && oid === head)).map(({ oid }) => oid);
  for (const [commit, ...of] of await commitsAhead(repo, base, [head], known))
    parents.set(commit, of);
  const found: ForeignMerge[] = [];
  let searched = 0;
  // What the agent merged of its own may have taken in others' work as well.
  const lines = new Map<Oid, ForeignMerge['later']>([[head, 'line']]);
  const seen = new Set<Oid>();
  for (const [start, since] of lines) {
    let later = since;
    for (let at: Oid | undefined = start; at && parents.has(at); at = parents.get(at)![0]) {
      if (seen.has(at)) break;
      seen.add(at);
      const [before, ...merged]: readonly Oid[] = parents.get(at)!;
      for (const brought of merged) {
        if (before === undefined || !parents.has(brought) || (searched += 1) > MOST) continue;
        const foreign = await ownerOf(session, { agent, branch }, brought);
        if (foreign === null) lines.set(brought, 'merges');
        else found.push({ ...foreign, at, before, brought, later, merged: true, certain: true });
      }
      if (merged.length > 0) later = 'merges';
    }
  }
  const below = await builtOn(session, { agent, branch, head }, parents);
  const all = below === null ? found : [...found, below];
  return withRequests(session, { agent, branch, counts }, all);
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
    const [merge] = await withRequests(session, { agent, branch }, [foreign], true);
    found.push(foreignHeadFinding(session.policy.ownership, agent, merge!));
  }
  return found;
}
