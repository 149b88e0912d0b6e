import type { Hint } from '../hint.ts';
import type { AgentId, LockName } from '../ids.ts';
import type { Oid, RefName } from '../refs.ts';

/**
 * `overruled`: both sides had gone on from the same state, and this clone gave in. `undecided`: the
 * remote has something there that is not a state; it is left alone.
 */
export type SyncOutcome = 'fetched' | 'overruled' | 'pushed' | 'same' | 'undecided';

/** One ref below `refs/bailiwick/`, and what was done to bring both sides together. */
export interface SyncRow {
  readonly ref: RefName;
  readonly outcome: SyncOutcome;
  /** What this clone and the remote had before; null where there was no such ref. */
  readonly local: Oid | null;
  readonly remote: Oid | null;
  /** Why it is undecided, and what leads on. */
  readonly problem?: { readonly reason: string; readonly hint: Hint | null };
}

/** A lock that was given back in its holder's name. */
export interface FreedLock {
  readonly name: LockName;
  readonly holder: AgentId;
}

/** `data` of `sync`. */
export interface SyncData {
  /** The remote's name. */
  readonly remote: string;
  /** Nothing was changed; `refs` says what would have been done. */
  readonly dryRun: boolean;
  /** In the order of their names. */
  readonly refs: readonly SyncRow[];
  /** Locks that are free again because what their holders changed has landed. */
  readonly freed: readonly FreedLock[];
}
