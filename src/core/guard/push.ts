import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { BranchName } from '../../domain/refs.ts';

/** An agent pushes to its own branches: not to the base, where work is merged, nor to another's. */
export function misplacedPush(
  ownership: Ownership,
  branch: BranchName,
  agent: AgentId | null,
  owners: readonly AgentId[],
): Finding | null {
  if (agent === null) return null;
  if (branch === ownership.base)
    return {
      code: 'base-branch-push',
      severity: 'error',
      agent,
      message: `${agent} may not push to ${branch}: what lands there is merged, not pushed`,
      hint: hintTo('propose the change, push a branch of the agent and open a pull request'),
    };
  if (owners.length === 0 || owners.includes(agent)) return null;
  return {
    code: 'foreign-branch-push',
    severity: 'error',
    agent,
    owner: owners,
    message: `${agent} may not push to ${branch}, a branch of ${owners.join(', ')}`,
    hint: hintTo(
      `hand the work over, push it to a branch of ${agent} and ask ${owners.join(' or ')} to take it`,
    ),
  };
}
