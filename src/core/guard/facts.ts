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
  /** Paths of shared parts that the branch changed only while its agent held the lock. */
  readonly covered?: ReadonlySet<RepoPath>;
  /** Where the changed links lead; one that is not here leads where its target's text says. */
  readonly linkEnds?: ReadonlyMap<RepoPath, readonly LinkEnd[]>;
  /** Links that stay as they are and lead elsewhere, by the change of a link on their way. */
  readonly movedLinks?: ReadonlyMap<RepoPath, readonly MovedLink[]>;
}

/** A link that leads elsewhere although nobody changed it. */
export interface MovedLink {
  readonly link: RepoPath;
  readonly ends: readonly LinkEnd[];
}

export const NO_FACTS: GuardFacts = { leases: new Map(), now: 0, lookAlikes: new Map() };

/** Where a link leads when all links on the way are followed. */
export type LinkEnd =
  | {
      readonly kind: 'inside';
      readonly path: RepoPath;
      /** The links that were followed, itself first. */
      readonly through: readonly RepoPath[];
    }
  /** Out of the repository, or to its top, which is everything. */
  | { readonly kind: 'outside' }
  /** Through more links than a system follows. */
  | { readonly kind: 'endless' };
