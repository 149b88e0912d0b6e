import { decide, type Decision } from '../../core/guard/decide.ts';
import type { GuardFacts } from '../../core/guard/facts.ts';
import { judgePolicyChange } from '../../core/guard/policy-change.ts';
import { decodePolicyText } from '../../core/policy/decode-policy-text.ts';
import { parseOwnership } from '../../core/policy/parse.ts';
import type { Change } from '../../domain/change.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { Result } from '../../domain/result.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readLeases } from '../locks/read-leases.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';

/**
 * What is said when a change touches the policy itself; see `judgePolicyChange`.
 *
 * @param findings what the policy in force says of the same changes
 */
export async function policyChange(
  { reader, policy: { ownership, source } }: PolicySession,
  agent: AgentId | null,
  changes: readonly Change[],
  facts: GuardFacts,
  findings: readonly Finding[],
): Promise<Decision> {
  const change = changes.find(({ path }) => path === POLICY_FILE);
  if (!change) return { findings: [], locks: new Map() };
  const blob = change.after && (await reader.read(change.after.oid));
  const parsed = blob && parseOwnership(decodePolicyText(blob.data, POLICY_FILE));
  const problems = parsed?.ok === false ? parsed.error : null;
  const anew = parsed?.ok ? await judgeAnew(reader, parsed.value, agent, changes, facts) : null;
  const inForce = { ownership, ref: source.ref, findings };
  return judgePolicyChange({ change, agent, problems, anew }, inForce);
}

/** By the new policy. An agent it no longer knows is judged by the old one alone: null. */
async function judgeAnew(
  reader: ObjectReader,
  ownership: Ownership,
  agent: AgentId | null,
  changes: readonly Change[],
  facts: GuardFacts,
): Promise<Result<Decision, Failure> | null> {
  if (agent !== null && !ownership.agents.has(agent)) return null;
  const leases = await readLeases(reader, ownership);
  return decide(ownership, agent, changes, { ...facts, leases });
}
