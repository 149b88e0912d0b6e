import type { Identity } from '../identity.ts';
import type { AgentId, LockName } from '../ids.ts';
import type { SharedPart } from '../ownership.ts';
import type { PlannedStep } from '../plan.ts';
import type { BranchName } from '../refs.ts';

/** `data` of `whoami`: who is acting here, how that is known, and what it lets them change. */
export interface WhoamiData {
  readonly identity: Identity;
  /** Absolute top of the worktree; null in a bare repository. */
  readonly worktree: string | null;
  /** The branch checked out; null when HEAD is detached. */
  readonly branch: BranchName | null;
  /** What the worktree is bound to, as written; null when it is not bound. */
  readonly binding: string | null;
  /** What binding or unbinding did, or would do in a dry run; empty when nothing was asked. */
  readonly steps: readonly PlannedStep[];
  /** Null when no agent is acting. */
  readonly part: AgentPart | null;
}

/** What one agent may change, as the policy writes it. Globs, in the order of the policy. */
export interface AgentPart {
  readonly title: string | null;
  readonly owns: readonly string[];
  readonly except: readonly string[];
  readonly forbidden: readonly string[];
  /** Only those the agent is one of, by name. */
  readonly shared: readonly SharedAccess[];
  /** Only those the agent is one of, by name. */
  readonly reserved: readonly ReservedAccess[];
}

export interface SharedAccess {
  readonly name: LockName;
  readonly paths: readonly string[];
  readonly lock: SharedPart['lock'];
  /** Who holds the lock now; null when nobody does, or the lease has run out. */
  readonly holder: AgentId | null;
  /** When the holder's lease ends, in milliseconds since 1970; null without a holder. */
  readonly expires: number | null;
  /** Why it is not known who holds the lock; left out when it is. */
  readonly unreadable?: string;
}

export interface ReservedAccess {
  readonly name: string;
  readonly paths: readonly string[];
  readonly reason: string | null;
}
