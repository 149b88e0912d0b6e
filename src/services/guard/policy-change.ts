import { decide } from '../../core/guard/decide.ts';
import type { GuardFacts } from '../../core/guard/facts.ts';
import { decodePolicyText } from '../../core/policy/decode-policy-text.ts';
import { parseOwnership } from '../../core/policy/parse.ts';
import type { Change } from '../../domain/change.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readLeases } from '../locks/read-leases.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';

/**
 * What is said when a change touches the policy itself. It is always named. A new policy that nobody
 * could be judged by is refused, and what the new one forbids is refused as well: of two policies in
 * one change the stricter counts.
 *
 * @param found what the policy in force says of the same changes
 */
export async function policyChange(
  { reader, policy }: PolicySession,
  agent: AgentId | null,
  changes: readonly Change[],
  context: GuardFacts,
  found: readonly Finding[],
): Promise<Finding[]> {
  const change = changes.find(({ path }) => path === POLICY_FILE);
  if (!change) return [];
  const finding = {
    code: 'policy-changed',
    path: change.path,
    ops: [change.operation],
    agent,
  } as const;
  const blob = change.after && (await reader.read(change.after.oid));
  const parsed = blob && parseOwnership(decodePolicyText(blob.data, POLICY_FILE));
  if (parsed && !parsed.ok) {
    const [first] = parsed.error;
    const message = `the new policy cannot be used: line ${first?.line}: ${first?.message}`;
    return [
      { ...finding, severity: 'error', message, hint: 'To see every problem, run bailiwick lint' },
    ];
  }
  const message = `the policy itself changes; this was judged by the one of ${policy.source.ref}`;
  const notice: Finding = { ...finding, severity: 'notice', message };
  if (!parsed) return [notice];
  const refused = found.filter(isError).map(({ path }) => path);
  const anew = await judgeAnew(reader, parsed.value, agent, changes, context);
  if (anew.ok) return [notice, ...anew.value.filter(({ path }) => !refused.includes(path))];
  // What the policy in force refuses is reason enough, and said more clearly.
  if (refused.length > 0) return [notice];
  return [{ ...finding, severity: 'error', message: `the new policy: ${anew.error.message}` }];
}

/** What the new policy refuses. An agent it no longer knows is judged by the old one alone. */
async function judgeAnew(
  reader: ObjectReader,
  ownership: Ownership,
  agent: AgentId | null,
  changes: readonly Change[],
  context: GuardFacts,
): Promise<Result<Finding[], Failure>> {
  if (agent !== null && !ownership.agents.has(agent)) return ok([]);
  const leases = await readLeases(reader, ownership);
  const decided = decide(ownership, agent, changes, { ...context, leases });
  if (!decided.ok) return decided;
  const errors = decided.value.filter(isError);
  return ok(errors.map((each) => ({ ...each, message: `by the new policy: ${each.message}` })));
}

const isError = ({ severity }: Finding): boolean => severity === 'error';
