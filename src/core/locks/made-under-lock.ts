import type { AgentId } from '../../domain/ids.ts';
import { CLOCK_GRACE, type Lease } from '../../domain/lock.ts';
import type { SharedPart } from '../../domain/ownership.ts';

/** When a commit was made: milliseconds since 1970, in whole seconds as git keeps them. */
export interface CommitMoment {
  /** When it was written, and when its change was: a rebase keeps the latter. */
  readonly committed: number;
  readonly authored: number;
}

/** A time in which an agent held a lock; the end may be put off by commits up to `limit`. */
interface Held {
  readonly from: number;
  readonly until: number;
  /** When another state followed that took it away. */
  readonly limit: number;
}

/**
 * Which of an agent's commits were made while it held the lock, told by the states of the lock.
 *
 * @param history the states of the lock, newest first
 * @param moments the agent's commits in the part, in any order
 */
export function madeUnderLock<Moment extends CommitMoment>(
  history: readonly Lease[],
  agent: AgentId,
  moments: readonly Moment[],
  { review, ttl }: Pick<SharedPart, 'review' | 'ttl'>,
): ReadonlySet<Moment> {
  const times = timesOf(history, agent);
  const made = new Set<Moment>();
  const ends = times.map(({ until }) => until);
  const oldestFirst = [...moments].sort((a, b) => a.committed - b.committed);
  for (const moment of oldestFirst)
    for (const [at, { from, limit }] of times.entries()) {
      const held = (when: number): boolean =>
        when + 1000 > from - CLOCK_GRACE &&
        when <= Math.min(ends[at]! + CLOCK_GRACE, limit) &&
        when < limit;
      // A rebase writes commits anew; what it writes was made then if nobody else had the lock since.
      if (!held(moment.committed) && !(held(moment.authored) && moment.committed < limit)) continue;
      made.add(moment);
      ends[at] = Math.max(ends[at]!, moment.committed + Math.max(review, ttl));
    }
  return made;
}

/** The times in which the agent held it. A lease that ran out and that nobody took ends by itself. */
function timesOf(history: readonly Lease[], agent: AgentId): Held[] {
  const times: Held[] = [];
  // Renewed or taken again, it is still the agent's: what ends all of these is the next of another.
  let limit = Infinity;
  for (const lease of history) {
    if (lease.holder === agent) times.push({ from: lease.since, until: lease.expires, limit });
    else limit = lease.since;
  }
  return times;
}
