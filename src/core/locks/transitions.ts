import type { AgentId, LockName } from '../../domain/ids.ts';
import type { Oid } from '../../domain/refs.ts';
import { CLOCK_GRACE, type Lease, type LeftWork, type OpenWork } from '../../domain/lock.ts';
import type { LockAction } from '../../domain/reports/lock.ts';
import type { StateMoment, StateMove } from '../../domain/state-transition.ts';
import { LARGEST_FENCE, leaseState, MOST_LEFT } from './lease.ts';

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
  /** The base as it is known here. */
  readonly base?: Oid | null;
  /** What the holder has done and not landed. */
  readonly open?: readonly OpenWork[];
  /** The holder's work has landed, so that the lock is free for whoever asks. */
  readonly landed?: boolean;
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
  if (request.landed === true) return move('acquired', newLease(asReleased(current), request));
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
    base: current.base ?? null,
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

/** Frees a lock whose work has landed, unless it moved on since that was found out. */
export function freeAfterLanding(
  current: Lease | null,
  seen: Lease,
  { now, offline }: StateMoment,
): LockTransition {
  if (current === null || current.holder === null) return { kind: 'keep', state: current };
  if (current.fence !== seen.fence || current.since !== seen.since)
    return { kind: 'keep', state: current };
  const fence = Math.min(current.fence + 1, LARGEST_FENCE);
  const free: Lease = { ...freeLease(current.name, { now, offline }), fence };
  return move('released', { ...free, left: current.left ?? [] });
}

/** The state as the asker may act on it: another host's clock gets its grace, one's own needs none. */
function stateFor(
  lease: Lease | null,
  { agent, host, now }: LockRequest,
): ReturnType<typeof leaseState> {
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

/** What nobody gave back, as if its holder had. */
const asReleased = (lease: Lease | null): Lease | null => lease && { ...lease, holder: null };

/** The branches that were begun under the lock, the newest last; a holder's own when it lets go. */
function leftWork(current: Lease | null, { agent, open = [] }: LockRequest): LeftWork[] {
  const before = current?.holder ?? agent;
  const known = current?.left ?? [];
  const more = open
    .filter(({ head }) => !known.some((one) => one.head === head && one.agent === before))
    .map(({ head }) => ({ agent: before, head }));
  return [...known, ...more].slice(-MOST_LEFT);
}

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
    base: request.base ?? null,
    left: leftWork(current, request),
  };
}
