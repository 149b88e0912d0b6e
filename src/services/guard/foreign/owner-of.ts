import { branchAgents } from '../../../core/identity/branch-agent.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { type BranchName, branchOf, type Oid, type RefName } from '../../../domain/refs.ts';
import { commitsAhead } from '../../../git/history/commits-ahead.ts';
import { commonAncestors } from '../../../git/history/merge-bases.ts';
import { readTip } from '../../../git/refs/read-tip.ts';
import { refsContaining } from '../../../git/refs/refs-containing.ts';
import type { PolicySession } from '../../session/session.ts';
import { isWorkOf } from './is-work-of.ts';
import { whoMade } from './who-made.ts';

/** Branches of the agent that history is asked of; past them, the commit counts as the other's. */
const MOST = 20;

interface Owned {
  readonly ref: RefName;
  readonly name: BranchName;
  readonly owners: readonly AgentId[];
}

/**
 * Whose open branch has a commit; null where it is the agent's own work, on another branch of the agent, on which
 * the other may have built. That a branch of the agent has it is not enough: whoever copies or merges a branch has
 * everything of it. git's log of the branch says who made the commit; where it does not, the commit is the agent's
 * when it is in the line of that branch and stays out of the others' parts.
 */
export async function ownerOf(
  session: PolicySession,
  { agent, branch }: { readonly agent: AgentId; readonly branch: string | null },
  commit: Oid,
): Promise<{ readonly ref: RefName; readonly owners: readonly AgentId[] } | null> {
  const agentsOf = branchAgents(session.policy.ownership);
  const refs = await refsContaining(session.workspace.repo, commit);
  const owned = refs.flatMap((ref): Owned[] => {
    const name = branchOf(ref.replace(/^refs\/remotes\/[^/]+\//, 'refs/heads/'));
    const owners = name === null || name === branch ? [] : agentsOf(name);
    return name === null || owners.length === 0 ? [] : [{ ref, name, owners }];
  });
  const others = owned.filter(({ owners }) => !owners.includes(agent));
  const [first] = others;
  if (first === undefined) return null;
  const theirs = [...new Set(others.flatMap(({ owners }) => owners))];
  const own = owned.filter(({ owners }) => owners.includes(agent));
  const logs = own.map(({ name }) => whoMade(session, name));
  if (logs.some(({ made }) => made.has(commit))) return null;
  const unsaid = own.filter((_own, at) => !logs[at]!.came.has(commit));
  for (const { ref } of unsaid.slice(0, MOST))
    if (await isInItsLine(session, ref, commit))
      return (await isTheirs(session, agent, { commit, theirs })) ? first : null;
  return first;
}

/** Whether a branch has a commit otherwise than by a merge. */
async function isInItsLine(session: PolicySession, ref: RefName, commit: Oid): Promise<boolean> {
  const base = session.policy.base?.commit;
  const tip = base && (await readTip(session.reader, ref));
  if (!tip) return false;
  const parents = new Map<Oid, readonly Oid[]>();
  for (const [each, ...of] of await commitsAhead(session.workspace.repo, base, [tip]))
    parents.set(each, of);
  let at: Oid | undefined = tip;
  while (at && at !== commit && parents.has(at)) at = parents.get(at)![0];
  return at === commit;
}

/** Whether the commits up to this one are of the others by what they change. */
async function isTheirs(
  session: PolicySession,
  agent: AgentId,
  { commit, theirs }: { readonly commit: Oid; readonly theirs: readonly AgentId[] },
): Promise<boolean> {
  const base = session.policy.base?.commit;
  const [begun] = base ? await commonAncestors(session.workspace.repo, base, commit) : [];
  return begun === undefined || isWorkOf(session, theirs, agent, [begun, commit]);
}
