import { agentNamed } from '../../core/identity/resolve.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { PolicySession } from './session.ts';

/** The agent of this id or alias. @throws Failure `usage` when the policy has none */
export function namedAgent({ policy }: Pick<PolicySession, 'policy'>, name: string): AgentId {
  const agent = agentNamed(policy.ownership, name);
  if (agent !== null) return agent;
  const known = [...policy.ownership.agents.keys()].slice(0, 12).join(', ');
  throw new Failure('usage', `no agent of the policy is called ${JSON.stringify(name)}`, [
    hintTo(`name one, choose from ${known}`),
  ]);
}
