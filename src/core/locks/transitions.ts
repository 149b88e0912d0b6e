import type { AgentId, LockName } from '../../domain/ids.ts';
import { CLOCK_GRACE, type Lease, type LeaseState } from '../../domain/lock.ts';
import type { LockAction } from '../../domain/reports/lock.ts';
import type { StateMoment, StateMove } from '../../domain/state-transition.ts';
import { LARGEST_FENCE, leaseState } from './lease.ts';

/** What one agent asks of one lock, at one moment. */
export interface LockRequest {
  readonly name: LockName;
  readonly agent: AgentId;
  readonly host: string;
  readonly branch: string | null;
  /** Null keeps what a renewed lease says. */
  readonly reason: string | null;
  /** Milliseconds the lease is to last from `now`. */
  readonly ttl: number;
  /** Milliseconds since 1970 on the asker's own clock. */
  readonly now: number;
  /** The remote could not be asked. */
  readonly offline: boolean;
}

/** What a request comes to: a new lease to write, nothing to do, or a refusal. */
export type LockTransition =
  | (StateMove<Lease> & { readonly action: LockAction })
  | { readonly kind: 'keep'; readonly state: Lease | null }
  /** `held` and `expired`: someone else's lease, running or over; `free`: nobody's. */
  | { readonly kind: 'refuse'; readonly because: 'expired' | 'free' | 'held' };

/**
 * Takes the lock when it is free, or when `steal` is set and another's lease is over. The holder
 * keeps what it has; its own lease that is over begins anew under the same fence.
 */
export function acquireLock(
  current: Lease | null,
  request: LockRequest,
  steal: boolean,
): LockTransition {
  const state = stateFor(current, request);
  const own = current?.holder === request.agent;
  if (own && state === 'held') return { kind: 'keep', state: current };
  if (own || state === 'free') return move('acquired', newLease(current, request));
  if (state === 'expired' && steal) return move('stolen', newLease(current, request));
  return { kind: 'refuse', because: state };
}

/** Makes the holder's lease last `ttl` from now, also when it is over and nobody took it since. */
export function renewLock(current: Lease | null, request: LockRequest): LockTransition {
  if (current?.holder !== request.agent)
    return { kind: 'refuse', because: stateFor(current, request) };
  const lease: Lease = {
    ...newLease(current, request),
    // Another host's clock may be behind the one that wrote `since`.
    since: Math.min(current.since, request.now),
    reason: request.reason ?? current.reason,
    takenFrom: current.takenFrom,
  };
  return move('renewed', lease);
}

/** Gives the holder's lease back. A lock that is free already stays as it is. */
export function releaseLock(current: Lease | null, request: LockRequest): LockTransition {
  if (current === null || current.holder === null) return { kind: 'keep', state: current };
  if (current.holder !== request.agent)
    return { kind: 'refuse', because: stateFor(current, request) };
  const lease = { ...newLease(current, request), holder: null, expires: request.now };
  return move('released', lease);
}

/** The state as the asker may act on it: another host's clock gets its grace, one's own needs none. */
function stateFor(lease: Lease | null, { agent, host, now }: LockRequest): LeaseState {
  const sameClock = lease?.holder === agent || lease?.host === host;
  return leaseState(lease, now, sameClock ? 0 : CLOCK_GRACE);
}

function move(action: LockAction, state: Lease): LockTransition {
  const who = state.holder === null ? '' : ` by ${state.holder}`;
  return { kind: 'move', action, state, subject: `lock ${state.name} ${action}${who}` };
}

/** The lease of a lock that nobody holds and whose past cannot be read. */
export const freeLease = (name: LockName, { now, offline }: StateMoment): Lease => ({
  name,
  holder: null,
  host: '',
  branch: null,
  since: now,
  expires: now,
  reason: '',
  fence: 1,
  offline,
  takenFrom: null,
});

function newLease(current: Lease | null, request: LockRequest): Lease {
  const fence = current?.fence ?? 0;
  const before = current?.holder ?? null;
  const sameHolder = before === request.agent;
  return {
    name: request.name,
    holder: request.agent,
    host: request.host,
    branch: request.branch,
    since: request.now,
    expires: request.now + request.ttl,
    reason: request.reason ?? '',
    fence: sameHolder ? fence : Math.min(fence + 1, LARGEST_FENCE),
    offline: request.offline,
    takenFrom: sameHolder ? null : before,
  };
}
