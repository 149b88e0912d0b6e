import type { Failure } from '../../domain/failure.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Lease } from '../../domain/lock.ts';
import type { SharedPart } from '../../domain/ownership.ts';
import type { GuardFacts } from './facts.ts';
import { ALLOWED, type PathVerdict } from './path-verdict.ts';

/** Whether `agent`, one of the part's agents, may change it now: its lock decides. */
export function judgeLock(
  part: SharedPart,
  agent: AgentId,
  rule: string | null,
  context: GuardFacts,
): PathVerdict {
  if (part.lock === 'none') return ALLOWED;
  const lease = context.leases.get(part.name) ?? null;
  // What a hook loads late has a class of failures of its own.
  if (lease instanceof Error) return unreadableLock(part, rule, lease);
  const held = lease !== null && lease.holder !== null && context.now < lease.expires;
  if (held && lease.holder === agent) return ALLOWED;
  const severity = part.lock === 'required' ? 'error' : 'warning';
  const common = {
    kind: 'finding',
    severity,
    rule,
    owner: part.agents,
    lock: part.name,
  } as const;
  if (held) return { ...common, code: 'lock-held', message: `${describeHolder(part, lease)}` };
  if (lease?.holder === agent)
    return {
      ...common,
      code: 'lock-expired',
      message: `the lease of ${agent} on the lock ${part.name} ended at ${time(lease.expires)}`,
    };
  return {
    ...common,
    code: 'lock-needed',
    message: `a change needs the lock ${part.name}, and ${agent} does not hold it`,
  };
}

/** A lock that must be held decides, so nothing is decided without it; one that need not only warns. */
function unreadableLock(part: SharedPart, rule: string | null, failure: Failure): PathVerdict {
  if (part.lock === 'required') return { kind: 'undecided', failure };
  const { name, agents: owner } = part;
  const message = `the lock ${name} cannot be read: ${failure.message}`;
  const code = 'lock-needed';
  return { kind: 'finding', severity: 'warning', code, rule, owner, lock: name, message };
}

const describeHolder = (part: SharedPart, lease: Lease): string =>
  `the lock ${part.name} is held by ${lease.holder} since ${time(lease.since)} until ${time(lease.expires)}` +
  (lease.reason ? `: ${lease.reason}` : '');

const time = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
