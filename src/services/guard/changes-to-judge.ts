import type { Situation } from '../../core/guard/take-out.ts';
import type { Change } from '../../domain/change.ts';
import type { AgentId, LockName } from '../../domain/ids.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';
import type { TreeReader } from '../../git/objects/trees.ts';

/** What is to be judged: the changes, and the tree they were made against. */
export interface ChangesToJudge {
  readonly changes: readonly Change[];
  readonly before: TreeReader | null;
  readonly situation: Situation;
  /** Contents that are in no repository: a merge tried out has made them. */
  readonly made?: ReadonlyMap<Oid, Buffer>;
  /** The branch that is to land; without it, what is checked out. */
  readonly landing?: LandingBranch;
}

/** Brings what is not in a copy of the remote: the branches of agents, and the past of their locks. */
export type BringWork = (agents: readonly AgentId[], locks: readonly LockName[]) => Promise<void>;

/** Tells which of the requests of the one that is judged count, whatever their states say. */
export type CountRequests = (
  requests: readonly ChangeRequest[],
) => Promise<(request: ChangeRequest) => boolean>;

/** A branch that is to land, besides what landing it would change. */
export interface LandingBranch {
  /** Null for what is no branch: an oid, a tag. */
  readonly branch: BranchName | null;
  readonly head: Oid;
  /** What it is to land on. */
  readonly base: Oid;
  readonly bring?: BringWork;
  /** Which acceptances count, asked only where there are some; by default what their states say is enough. */
  readonly counts?: CountRequests;
}
