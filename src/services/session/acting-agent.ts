import { identityFinding } from '../../core/identity/finding.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { identify } from './identify.ts';
import type { PolicySession } from './session.ts';

/**
 * The agent a command acts for: a person must name one, because states belong to agents.
 *
 * @param command the command without its options, for the hint
 * @returns the finding when the places that say who is acting disagree
 * @throws Failure when nobody is named, or someone the policy does not know
 */
export function actingAgent(
  session: PolicySession,
  option: string | undefined,
  command: string,
): Result<AgentId, Finding> {
  const { ownership } = session.policy;
  const identity = identify(session, { option });
  if (identity.kind === 'agent') return ok(identity.agent);
  const finding = identityFinding(ownership, identity);
  if (finding !== null) return err(finding);
  throw new Failure('usage', 'no agent is acting here, and the change must be made by one', [
    hintTo('act for an agent', `${command} --agent <id>`),
  ]);
}
