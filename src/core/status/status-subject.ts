import type { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Identity } from '../../domain/identity.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { StatusRow } from '../../domain/reports/status.ts';

/** A branch whose name says that an agent works on it. */
export interface FleetBranch {
  readonly branch: BranchName;
  readonly oid: Oid;
  /** More than one when the templates are ambiguous for the name. */
  readonly agents: readonly AgentId[];
}

/** What becomes one row: a worktree, or a branch that is in none. */
export interface StatusSubject {
  readonly worktree: StatusRow['worktree'];
  readonly identity: Identity;
  readonly branch: BranchName | null;
  readonly head: Oid | null;
  /** Why something could not be decided; null when all could. */
  readonly failure: Failure | null;
  /** About who acts there rather than a path. */
  readonly strange: Finding | null;
  /** Takes what is staged and would be refused back out of the index; null when nothing is. */
  readonly unstage: string | null;
  /** What a push of its commits would be told; null or left out when nothing. */
  readonly committed?: RefusedCommits | null;
  /** Its commits that no hook has passed: advice. */
  readonly bypassed?: readonly Finding[];
}

/** Commits that a push would refuse. */
export interface RefusedCommits {
  readonly findings: readonly Finding[];
  readonly hint: Hint;
}

/** A branch as a row: nothing but its name says whose it is. */
export function branchSubject({ branch, oid, agents }: FleetBranch): StatusSubject {
  const claims = agents.map((agent) => {
    return { source: 'branch', from: `branch ${branch}`, agent } as const;
  });
  const [agent] = agents;
  const known = agents.length === 1 && agent !== undefined;
  return {
    worktree: null,
    branch,
    head: oid,
    identity: known
      ? { kind: 'agent', agent, strength: 'asserted', claims }
      : { kind: 'mismatch', claims },
    failure: null,
    strange: null,
    unstage: null,
  };
}
