import type { Lease, LeaseState, LockedWork } from '../../domain/lock.ts';
import type { SharedPart } from '../../domain/ownership.ts';
import { leaseState } from './lease.ts';

/** A lease as the work under it makes it: with the end that its holder's commits put off. */
export interface FollowedLease {
  /** As its state says it. */
  readonly read: Lease;
  readonly lease: Lease;
  readonly landed: boolean;
}

/**
 * A lock covers the work from its first change to its landing. So the holder's commits renew its
 * lease, for as long as a review takes while they wait to land; and once all of them are in the base
 * the lock is free for others, whoever forgot to give it back.
 */
export function followLease(
  lease: Lease,
  { open, landed }: LockedWork,
  { review, ttl }: Pick<SharedPart, 'review' | 'ttl'>,
): FollowedLease {
  const newest = Math.max(...open.map((work) => work.newest), Number.NEGATIVE_INFINITY);
  // A commit of before this lease is what another one covered.
  const counts = newest + 1000 > lease.since;
  const until = counts ? newest + Math.max(review, ttl) : lease.expires;
  return {
    read: lease,
    lease: { ...lease, expires: Math.max(lease.expires, until) },
    landed: landed && open.length === 0 && lease.holder !== null,
  };
}

/** How a followed lease stands for others than its holder. */
export const followedState = (
  { lease, landed }: FollowedLease,
  now: number,
  skew: number,
): LeaseState => (landed ? 'landed' : leaseState(lease, now, skew));

/** For whoever asks: a lock whose work has landed is nobody's, but its holder may go on with it. */
export const leaseFor = (agent: string | null, { lease, landed }: FollowedLease): Lease =>
  landed && lease.holder !== agent ? { ...lease, holder: null } : lease;
