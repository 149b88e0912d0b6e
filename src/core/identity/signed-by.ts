import { agentNamed } from './resolve.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';

/** Whether the one who signed is the agent; of a person (null), whether it is nobody that the policy calls an agent. */
export function isSignedBy(ownership: Ownership, by: AgentId | null, signer: string): boolean {
  const agent = agentNamed(ownership, signer);
  return by === null ? agent === null : agent === by;
}
