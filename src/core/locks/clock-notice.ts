import { CLOCK_GRACE, type Lease } from '../../domain/lock.ts';
import { formatDuration } from '../../domain/text/duration.ts';

/** Said when a lease begins in the future by more than clocks may differ; null otherwise. `now` in milliseconds. */
export function clockNotice(lease: Lease, now: number): string | null {
  const ahead = lease.since - now;
  if (lease.holder === null || ahead <= CLOCK_GRACE) return null;
  return `the clock of ${lease.host || 'an unnamed host'} was ${formatDuration(ahead)} ahead of this one when it changed the lock ${lease.name}; the lease lasts that much longer here`;
}
