import { branchAgents } from '../../../core/identity/branch-agent.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { type BranchName, branchOf, type Oid, parseBranchName } from '../../../domain/refs.ts';
import { matchRefs } from '../../../git/refs/match-refs.ts';
import type { PolicySession } from '../../session/session.ts';

/** One branch of an agent as this clone or its remote has it. */
export interface AgentBranch {
  readonly branch: BranchName;
  readonly head: Oid;
}

const REMOTE = 'refs/remotes/origin/';

/** The branches of agents by what their names say, each tip once. One process. */
export async function agentBranches({
  policy,
  workspace,
}: PolicySession): Promise<ReadonlyMap<AgentId, readonly AgentBranch[]>> {
  const agentsOf = branchAgents(policy.ownership);
  const { refs } = await matchRefs(workspace.repo, ['refs/heads/', REMOTE]);
  const found = new Map<AgentId, AgentBranch[]>();
  for (const { ref, oid: head } of refs) {
    const branch = ref.startsWith(REMOTE)
      ? parseBranchName(ref.slice(REMOTE.length))
      : branchOf(ref);
    if (branch === null) continue;
    for (const agent of agentsOf(branch)) {
      const own = found.get(agent) ?? [];
      if (!own.some((one) => one.branch === branch && one.head === head))
        own.push({ branch, head });
      found.set(agent, own);
    }
  }
  return found;
}
