import { branchAgents } from '../../core/identity/branch-agent.ts';
import { agentNamed } from '../../core/identity/resolve.ts';
import type { AgentId } from '../../domain/ids.ts';
import { branchOf, type RefName } from '../../domain/refs.ts';
import type { Policy } from '../session/policy.ts';

/** Whose worktree it is by what it says itself; null for nobody's. */
export function agentOf(
  { ownership }: Policy,
  binding: string | null,
  ref: RefName | null,
): AgentId | null {
  const bound = binding === null ? null : agentNamed(ownership, binding);
  const branch = ref && branchOf(ref);
  const named = branch === null ? [] : branchAgents(ownership)(branch);
  return bound ?? (named.length === 1 ? named[0]! : null);
}
