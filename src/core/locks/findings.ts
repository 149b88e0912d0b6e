import { formatMoment } from '../../domain/text/duration.ts';
import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { CLOCK_GRACE, type Lease, type OpenWork } from '../../domain/lock.ts';
import type { SharedPart } from '../../domain/ownership.ts';
import type { LockRequest } from './transitions.ts';

/**
 * Why a request was refused, in words, with the one command that leads on.
 *
 * @param acquire the command that asks for this lock: `bailiwick lock acquire common --agent a1`
 */
export function refusedFinding(
  because: 'expired' | 'free' | 'held',
  lease: Lease | null,
  request: LockRequest,
  acquire: string,
): Finding {
  const { name, agent } = request;
  const common = { severity: 'error', agent, rule: `shared.${name}` } as const;
  if (lease === null || because === 'free')
    return {
      ...common,
      code: 'lock-needed',
      message: `${agent} does not hold the lock ${name}`,
      hint: hintTo('take it', acquire),
    };
  const ended = `the lease of ${lease.holder} on the lock ${name} ended at ${formatMoment(lease.expires)}`;
  if (because === 'expired')
    return {
      ...common,
      code: 'lock-expired',
      message: `${ended}${details(lease, agent)}`,
      hint: hintTo('take it over', `${acquire} --steal`),
    };
  if (request.now >= lease.expires)
    return {
      ...common,
      code: 'lock-held',
      message: `${ended}, and is left alone until ${formatMoment(lease.expires + CLOCK_GRACE)} because the clocks of two hosts may differ${details(lease, agent)}`,
      hint: hintTo('take it over as soon as that is over', `${acquire} --wait --steal`),
    };
  return {
    ...common,
    code: 'lock-held',
    message: `the lock ${name} is held by ${lease.holder} on ${lease.host || 'an unnamed host'} since ${formatMoment(lease.since)} until ${formatMoment(lease.expires)}${details(lease, agent)}`,
    hint: hintTo('take it as soon as it is free', `${acquire} --wait`),
  };
}

/** A lock is given back while what was changed under it has still to land. */
export function unlandedFinding(
  part: SharedPart,
  agent: AgentId,
  open: readonly OpenWork[],
  release: string,
): Finding {
  const names = open.map(({ branch }) => branch);
  return {
    code: 'lock-unlanded',
    severity: 'error',
    agent,
    rule: `shared.${part.name}`,
    message: `${[...new Set(names)].join(', ')} ${names.length === 1 ? 'has' : 'have'} changes of ${part.name} that have not landed: whoever takes the lock next may change the same files. The lock is free by itself once they have landed`,
    hint: hintTo('give it back all the same', `${release} --unlanded`),
  };
}

/** An agent that `ownership.yml` does not list for the shared part asked for its lock. */
export function notListedFinding(part: SharedPart, agent: AgentId): Finding {
  return {
    code: 'owned-by-other',
    severity: 'error',
    agent,
    owner: part.agents,
    rule: `shared.${part.name}.agents`,
    message: `the lock ${part.name} is for ${part.agents.join(', ')}; ${agent} is not among them`,
    hint: hintTo('see which paths it covers', 'bailiwick lock list'),
  };
}

/** A lease taken while the remote was out of reach does not hold: the remote says otherwise. */
export function overruledFinding(lost: Lease, decided: Lease | null): Finding {
  const holder = decided?.holder ?? null;
  const now = holder === null ? 'it is free there' : `${holder} holds it there`;
  return {
    code: holder === null ? 'lock-needed' : 'lock-held',
    severity: 'warning',
    agent: lost.holder,
    rule: `shared.${lost.name}`,
    message: `the lock ${lost.name} that ${lost.holder} took at ${formatMoment(lost.since)} while the remote was out of reach does not count: ${now}`,
    hint: hintTo('see all locks', 'bailiwick lock list'),
  };
}

const details = (lease: Lease, agent: AgentId): string =>
  (lease.reason === '' ? '' : `: ${lease.reason}`) +
  (lease.takenFrom === agent ? ` (taken over from ${agent}, whose lease had ended)` : '');
