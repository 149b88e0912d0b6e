import type { Change } from '../../domain/change.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Result } from '../../domain/result.ts';
import type { Decision } from './decide.ts';

/** A change of the policy itself. */
export interface PolicyChange {
  readonly change: Change;
  readonly agent: AgentId | null;
  /** What is wrong with the new policy; null when nothing is, or when the change deletes it. */
  readonly problems: readonly Problem[] | null;
  /** What the new policy says of the same changes; null when nobody could be judged by it. */
  readonly anew: Result<Decision, Failure> | null;
}

/** The policy in force: what it is, where it was read from, and what it found in the same changes. */
export interface PolicyInForce {
  readonly ownership: Ownership;
  readonly ref: string;
  readonly findings: readonly Finding[];
}

/**
 * What is said when a change touches the policy itself. It is always named. A new policy that nobody
 * could be judged by is refused, and what the new one forbids is refused as well: of two policies in
 * one change the stricter counts.
 */
export function judgePolicyChange(
  { change, agent, problems, anew }: PolicyChange,
  inForce: PolicyInForce,
): Decision {
  const finding = {
    code: 'policy-changed',
    path: change.path,
    ops: [change.operation],
    agent,
  } as const;
  if (problems !== null) {
    const [first] = problems;
    const message = `the new policy cannot be used: line ${first?.line}: ${first?.message}`;
    const hint = hintTo('see every problem', 'bailiwick lint');
    return only([{ ...finding, severity: 'error', message, hint }]);
  }
  const message = `the policy itself changes; this was judged by the one of ${inForce.ref}`;
  const notice: Finding = { ...finding, severity: 'notice', message };
  if (anew === null) return only([notice]);
  const refused = inForce.findings.filter(isError).map(({ path }) => path);
  if (anew.ok) {
    const more = anew.value.findings.filter(
      (each) => isError(each) && !refused.includes(each.path),
    );
    const findings = [notice, ...more.map(byTheNew)];
    return { findings, locks: locksInForce(anew.value, inForce.ownership) };
  }
  // What the policy in force refuses is reason enough, and said more clearly.
  if (refused.length > 0) return only([notice]);
  const unclear = `the new policy: ${anew.error.message}`;
  return only([{ ...finding, severity: 'error', message: unclear }]);
}

/** A lock that only the new policy has cannot be taken before that policy is in force. */
const locksInForce = ({ locks }: Decision, { shared }: Ownership): Decision['locks'] =>
  new Map([...locks].filter(([, lock]) => shared.some(({ name }) => name === lock)));

const only = (findings: readonly Finding[]): Decision => ({ findings, locks: new Map() });

const byTheNew = (finding: Finding): Finding => ({
  ...finding,
  message: `by the new policy: ${finding.message}`,
});

const isError = ({ severity }: Finding): boolean => severity === 'error';
