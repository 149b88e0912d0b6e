import { decide, type Decision } from '../../core/guard/decide.ts';
import type { GuardFacts } from '../../core/guard/facts.ts';
import { judgePolicyChange } from '../../core/guard/policy-change.ts';
import { decodePolicyText } from '../../core/policy/decode-policy-text.ts';
import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Result } from '../../domain/result.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readLeases } from '../locks/read-leases.ts';
import { parsePolicy } from '../session/parse-policy.ts';
import { POLICY_FILE } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';

/** What is judged, and what the policy in force says of it. */
export interface ChangeOfPolicy {
  readonly agent: AgentId | null;
  readonly changes: readonly Change[];
  readonly facts: GuardFacts;
  readonly found: readonly Finding[];
  /** See `ChangesToJudge`. */
  readonly made?: ReadonlyMap<Oid, Buffer> | undefined;
}

/** What is said when a change touches the policy itself; see `judgePolicyChange`. */
export async function policyChange(
  { reader, policy: { ownership, source } }: PolicySession,
  { agent, changes, facts, found, made }: ChangeOfPolicy,
): Promise<Decision> {
  const change = changes.find(({ path }) => path === POLICY_FILE);
  if (!change) return { findings: [], locks: new Map() };
  const text = change.after && (await policyText(reader, change.after.oid, made));
  const parsed = text === null ? null : await parsePolicy(text);
  const problems = parsed?.ok === false ? parsed.error : null;
  const anew = parsed?.ok ? await judgeAnew(reader, parsed.value, agent, changes, facts) : null;
  const inForce = { ownership, ref: source.ref, findings: found };
  return judgePolicyChange({ change, agent, problems, anew }, inForce);
}

/** @throws Failure when it is there and cannot be read: that must never look like "there is none". */
async function policyText(
  reader: ObjectReader,
  oid: Oid,
  made: ReadonlyMap<Oid, Buffer> = new Map(),
): Promise<string> {
  const data = made.get(oid) ?? (await reader.read(oid))?.data;
  if (data === undefined)
    throw new Failure('git', `the new ${POLICY_FILE} (${oid}) is missing here`);
  return decodePolicyText(data, POLICY_FILE);
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
