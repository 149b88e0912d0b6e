import type { FollowedLease } from '../../../core/locks/follow-lease.ts';
import {
  acquireLock,
  type LockRequest,
  type LockTransition,
  releaseLock,
  renewLock,
} from '../../../core/locks/transitions.ts';
import type { Lease } from '../../../domain/lock.ts';
import type { SharedPart } from '../../../domain/ownership.ts';
import type { LockVerb } from '../../../domain/reports/lock.ts';
import { leasePlace } from '../../locks/lease-place.ts';
import type { PolicySession } from '../../session/session.ts';
import { changeState, type StateChange } from '../../state/change-state.ts';
import type { StateStore } from '../../state/state-store.ts';
import { followedLease } from './follow-locks.ts';
import { branchesNow } from './branches-now.ts';

/** One request for a lock, but for what is only known when it is decided. */
export interface LockMove {
  readonly part: SharedPart;
  readonly verb: LockVerb;
  readonly terms: Omit<LockRequest, 'landed' | 'now' | 'offline'>;
  readonly steal?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** What it came to, and the lease as the work under it makes it, where that was looked at. */
export interface LockMoved extends StateChange<Lease | null, LockTransition> {
  readonly request: LockRequest;
  readonly followed: FollowedLease | null;
}

/** Others go on moving the lock meanwhile; then it is looked at again. */
const MOST_LOOKS = 3;

/**
 * Moves a lock. Where another holds it, or its own holder takes it again, the work under it is looked at
 * first: it may have landed, or the holder's commits have put off the end of its lease.
 */
export async function moveLock(
  session: PolicySession,
  store: StateStore,
  { part, verb, terms, steal = false, dryRun = false }: LockMove,
): Promise<LockMoved> {
  let followed: FollowedLease | null = null;
  for (let look = 0; ; look += 1) {
    const known = followed;
    const requestOf = (lease: Lease | null): Pick<LockRequest, 'landed'> =>
      isSame(lease, known) && known?.landed === true ? { landed: true } : {};
    const change: StateChange<Lease | null, LockTransition> = await changeState(store, {
      ...leasePlace(part.name),
      dryRun,
      decide: (read: Lease | null, moment): LockTransition => {
        const lease = isSame(read, known) ? known!.lease : read;
        const request = { ...terms, ...moment, ...requestOf(read) };
        if (verb === 'renew') return renewLock(lease, request);
        if (verb === 'release') return releaseLock(lease, request);
        // A lease is taken over only once it is known that no commit has put off its end.
        return acquireLock(lease, request, steal && isSame(read, known));
      },
    });
    const { before, transition, moment } = change;
    const request = { ...terms, ...moment, ...requestOf(before) };
    const done = { ...change, request, followed: isSame(before, known) ? known : null };
    if (verb !== 'acquire' || transition.kind === 'move') return done;
    if (before === null || before.holder === null) return done;
    if (isSame(before, known) || look === MOST_LOOKS) return done;
    const branches = await branchesNow(session, [before.holder]);
    followed = await followedLease(session, part, before, branches);
  }
}

/** Whether a lease is the one that was looked at. */
const isSame = (lease: Lease | null, followed: FollowedLease | null): boolean =>
  lease !== null &&
  followed !== null &&
  lease.fence === followed.read.fence &&
  lease.since === followed.read.since &&
  lease.expires === followed.read.expires &&
  lease.holder === followed.read.holder;
