import type { Failure } from './failure.ts';
import type { AgentId, LockName } from './ids.ts';
import { type BranchName, type Oid, parseRefName, type RefName } from './refs.ts';

/** What `refs/bailiwick/locks/<name>` says: one lease and its history's running number. */
export interface Lease {
  readonly name: LockName;
  /** Null once released. */
  readonly holder: AgentId | null;
  readonly host: string;
  readonly branch: string | null;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly expires: number;
  readonly reason: string;
  /** Grows by one with each change of holder; a stale holder shows by its lower number. */
  readonly fence: number;
  /** True when the remote could not be asked, so another machine may hold the lock as well. */
  readonly offline: boolean;
  /** Whose expired lease this one replaced; the commit's parent has that lease in full. */
  readonly takenFrom: AgentId | null;
  /** The base when the lock was taken, as far as it was known; not in states of older versions. */
  readonly base?: Oid | null;
  /** What agents had done under it and not landed when they gave it back, or lost it. */
  readonly left?: readonly LeftWork[];
}

/** A branch with changes that were made while its agent held a lock. */
export interface LeftWork {
  readonly agent: AgentId;
  readonly head: Oid;
}

/** What an agent has changed of a shared part on one of its branches, and not landed. */
export interface OpenWork {
  readonly branch: BranchName;
  readonly head: Oid;
  /** Milliseconds since 1970: when its newest commit there was made. */
  readonly newest: number;
}

/** How far the work is that a lock covers, as git shows it. */
export interface LockedWork {
  readonly open: readonly OpenWork[];
  /** The holder has changed the part since it took the lock, and all of that is in the base. */
  readonly landed: boolean;
}

/** A lock as it was read: null was never taken; a failure is there and cannot be read, so not free. */
export type LeaseReading = Failure | Lease | null;

/** `landed`: nobody gave it back, but what it covered is in the base, so it is as free. */
export type LeaseState = 'expired' | 'free' | 'held' | 'landed';

/** How this clone's state of something stands to the remote's. `diverged`: the remote's counts. */
export type SyncState = 'ahead' | 'behind' | 'diverged' | 'same';

/**
 * How far the clocks of two machines may be apart, in milliseconds: an expired lease from another
 * host is left alone for this long.
 */
export const CLOCK_GRACE = 60_000;

export const LOCK_REFS = 'refs/bailiwick/locks/';

/** The ref that holds a lock; every lock name is a valid last part of a ref name. */
export function lockRef(name: LockName): RefName {
  const ref = parseRefName(`${LOCK_REFS}${name}`);
  if (ref === null) throw new Error(`no ref name for lock ${name}`);
  return ref;
}
