import { branchAgents } from '../../../core/identity/branch-agent.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { branchOf, type Oid, type RefName } from '../../../domain/refs.ts';
import { refsContaining } from '../../../git/refs/refs-containing.ts';
import type { PolicySession } from '../../session/session.ts';

/** Whose open branch has a commit; null where another branch of the agent has it as well. */
export async function ownerOf(
  { workspace, policy }: PolicySession,
  { agent, branch }: { readonly agent: AgentId; readonly branch: string | null },
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
