import { Failure } from '../../domain/failure.ts';
import type { LockName } from '../../domain/ids.ts';
import type { LeaseReading, SyncState } from '../../domain/lock.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { LockRow } from '../../domain/reports/lock.ts';
import { type FollowedLease, followedState } from './follow-lease.ts';
import { leaseState } from './lease.ts';

/** What a report says about one lock. */
export function lockRow(
  ownership: Ownership,
  name: LockName,
  reading: LeaseReading,
  now: number,
  standing: SyncState | null,
  followed: FollowedLease | null = null,
): LockRow {
  const part = ownership.shared.find((candidate) => candidate.name === name);
  const [failure, lease] = reading instanceof Failure ? [reading, null] : [null, reading];
  return {
    name,
    state: failure
      ? 'unreadable'
      : followed
        ? followedState(followed, now, 0)
        : leaseState(lease, now, 0),
    lease: followed?.lease ?? lease,
    part: part
      ? {
          lock: part.lock,
          agents: part.agents,
          ttl: part.ttl,
          review: part.review,
          paths: part.paths.map(({ text }) => text),
        }
      : null,
    standing,
    ...(failure && { unreadable: { reason: failure.message, hint: failure.hints[0] ?? null } }),
  };
}
