import type { Hint } from '../hint.ts';
import type { LockName } from '../ids.ts';
import type { Lease, LeaseState, SyncState } from '../lock.ts';
import type { SharedPart } from '../ownership.ts';

export type LockVerb = 'acquire' | 'release' | 'renew';

/** What became of a lock. `stolen`: taken over after the other holder's lease had ended. */
export type LockAction = 'acquired' | 'released' | 'renewed' | 'stolen';

/** `reset`: it could not be read, and is again what it last said. */
export type LockOutcome = LockAction | 'refused' | 'reset' | 'unchanged';

/** One lock as a report shows it. */
export interface LockRow {
  readonly name: LockName;
  /** By this machine's clock, without any grace. */
  readonly state: LeaseState | 'unreadable';
  /** Null while the lock was never taken, and when it is not readable. */
  readonly lease: Lease | null;
  /** What `ownership.yml` says about it; null when it names no such shared part any more. */
  readonly part: LockedPart | null;
  /** Null when there is no remote, or it was not asked. */
  readonly standing: SyncState | null;
  /** Why it cannot be read, and what leads on; only when `state` says so. */
  readonly unreadable?: { readonly reason: string; readonly hint: Hint | null };
}

export interface LockedPart extends Pick<SharedPart, 'agents' | 'lock' | 'review' | 'ttl'> {
  readonly paths: readonly string[];
}

/** `data` of `lock acquire`, `renew`, `release` and `reset`. */
export interface LockChangeData {
  readonly verb: LockVerb | 'reset';
  readonly outcome: LockOutcome;
  /** Nothing was changed; `outcome` and `lock` say what would have been. */
  readonly dryRun: boolean;
  /** Null when it was refused before the lock was looked at. */
  readonly lock: LockRow | null;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now: number;
  readonly notices: readonly string[];
}

/** `data` of `lock list`. */
export interface LockListData {
  readonly verb: 'list';
  /** In the order of their names. */
  readonly locks: readonly LockRow[];
  readonly now: number;
  readonly notices: readonly string[];
}
