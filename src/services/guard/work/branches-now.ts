import { branchAgents } from '../../../core/identity/branch-agent.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { branchOf, branchRef, type Oid, type RefName } from '../../../domain/refs.ts';
import { Remote } from '../../../git/remote/remote.ts';
import type { PolicySession } from '../../session/session.ts';
import { REMOTE } from '../../state/push-refs.ts';
import type { AgentBranch } from './agent-branches.ts';
import { type KnownBranches, knownBranches } from './follow-locks.ts';

/**
 * The base and the branches of some agents as the remote has them now, besides what this clone knows: a
 * lock that somebody waits for is free once the work has landed, whoever has fetched that. Moves no
 * ref; where the remote cannot be asked, what this clone knows counts.
 */
export async function branchesNow(
  session: PolicySession,
  agents: readonly AgentId[],
): Promise<KnownBranches> {
  const { policy, reader, workspace } = session;
  const known = await knownBranches(session);
  const remote = await Remote.open(workspace.repo, REMOTE);
  const listed = await remote?.list('refs/heads/*');
  if (!remote || !listed?.ok) return known;
  const baseRef = branchRef(policy.ownership.base);
  const agentsOf = branchAgents(policy.ownership);
  const branches = new Map([...known.branches].map(([agent, own]) => [agent, [...own]]));
  const wanted: [RefName, Oid][] = [];
  for (const [ref, head] of listed.value) {
    const branch = branchOf(ref);
    const owners = branch === null ? [] : agentsOf(branch).filter((id) => agents.includes(id));
    if (ref === baseRef || owners.length > 0) wanted.push([ref, head]);
    for (const agent of branch === null ? [] : owners)
      addTo(branches, agent, { branch: branch!, head });
  }
  const missing: RefName[] = [];
  for (const [ref, head] of wanted) if ((await reader.read(head, 0)) === null) missing.push(ref);
  const fetched = missing.length === 0 ? null : await remote.fetchObjects(missing);
  if (fetched?.ok === false) return known;
  return { base: listed.value.get(baseRef) ?? known.base, branches };
}

function addTo(branches: Map<AgentId, AgentBranch[]>, agent: AgentId, branch: AgentBranch): void {
  const own = branches.get(agent) ?? [];
  if (own.some((one) => one.branch === branch.branch && one.head === branch.head)) return;
  branches.set(agent, [...own, branch]);
}
