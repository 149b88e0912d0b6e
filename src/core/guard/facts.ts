import type { LockName } from '../../domain/ids.ts';
import type { LeaseReading } from '../../domain/lock.ts';
import type { RepoPath } from '../../domain/path.ts';

/** What the decision must know besides the policy and the changes. Plain values, read beforehand. */
export interface GuardFacts {
  /** The lease of every shared part of the policy that has a lock. */
  readonly leases: ReadonlyMap<LockName, LeaseReading>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * Added paths that some file system would take for a tracked one: path to the tracked spelling.
   * Only tracked paths that the change leaves in place count.
   */
  readonly lookAlikes: ReadonlyMap<RepoPath, string>;
}

export const NO_FACTS: GuardFacts = { leases: new Map(), now: 0, lookAlikes: new Map() };
