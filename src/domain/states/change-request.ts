import type { Entry, Operation } from '../change.ts';
import type { Failure } from '../failure.ts';
import type { IdentityStrength } from '../identity.ts';
import type { AgentId } from '../ids.ts';
import type { RepoPath } from '../path.ts';
import { type BranchName, type Oid, parseRefName, type RefName } from '../refs.ts';

/** The id of a request: `q` and the first seven, or where those are taken more, hex digits of its proposal. */
export type RequestId = string & { readonly __brand: 'RequestId' };

/** What became of a request, as far as somebody decided it. What time or the policy make of it is `RequestStanding`. */
export const REQUEST_STATUSES = ['open', 'applied', 'granted', 'declined', 'withdrawn'] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** How a request stands now. `expired`: the grant has ended; `moot`: the asker may change all of it by now.
 * `landed`: what was applied is on the base. */
export type RequestStanding = RequestStatus | 'expired' | 'landed' | 'moot';

/** 0 is the most urgent, 3 the least. */
export const REQUEST_PRIORITIES = [0, 1, 2, 3] as const;
export type RequestPriority = (typeof REQUEST_PRIORITIES)[number];

/** One path of the patch. Null: the path is deleted; both are null where only leave is asked for. */
export interface AskedChange {
  readonly path: RepoPath;
  readonly operation: Operation;
  readonly after: Entry | null;
}

/** Who decided, when and how. */
export interface RequestDecision {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null: a person. */
  readonly by: AgentId | null;
  readonly strength: IdentityStrength | null;
  /** Why it was declined; '' where nothing was said. */
  readonly reason: string;
}

/** The patch as a commit on the decider's branch, and what its paths hold there. */
export interface AppliedPatch {
  readonly commit: Oid;
  readonly branch: BranchName | null;
  readonly changes: readonly AskedChange[];
  /** The tip of the asker's branch that it stands on, where the two go together. */
  readonly stackedOn: Oid | null;
}

/** That a patch came to the base. */
export interface LandedPatch {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What the base was then. */
  readonly commit: Oid;
}

/** Leave for other content on the paths of a request, on its branch, until it ends. */
export interface RequestGrant {
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** What `refs/bailiwick/requests/<id>` says: an agent asks the owners of paths for a change there. */
export interface ChangeRequest {
  readonly id: RequestId;
  readonly from: AgentId;
  /** The agents asked, any one of whom may decide; none: people. */
  readonly to: readonly AgentId[];
  readonly status: RequestStatus;
  readonly priority: RequestPriority;
  readonly message: string;
  /** Where the asker works; null when HEAD was detached. */
  readonly branch: BranchName | null;
  /** The commit with the patch. Its only parent is what the patch was made against. */
  readonly proposal: Oid;
  /** False: there is no patch, only leave to change the paths is asked for. */
  readonly patch: boolean;
  /** The change and the asker's branch are only right together. */
  readonly withBranch: boolean;
  readonly changes: readonly AskedChange[];
  readonly opened: { readonly at: number; readonly host: string };
  readonly decided: RequestDecision | null;
  readonly applied: AppliedPatch | null;
  readonly grant: RequestGrant | null;
  /** The base has what was applied; null until a landing has brought it there. Rights stay as they were. */
  readonly landed: LandedPatch | null;
  /** True when the remote could not be asked. */
  readonly offline: boolean;
}

/** A request as it was read; a failure is there and cannot be read, so it opens nothing. */
export type RequestReading = ChangeRequest | Failure;

export const REQUEST_REFS = 'refs/bailiwick/requests/';

const ID = /^q[0-9a-f]{7,64}$/;

export const parseRequestId = (text: string): RequestId | null =>
  ID.test(text) ? (text as RequestId) : null;

/** The ref that holds a request; every id is a valid last part of a ref name. */
export function requestRef(id: RequestId): RefName {
  const ref = parseRefName(`${REQUEST_REFS}${id}`);
  if (ref === null) throw new Error(`no ref name for request ${id}`);
  return ref;
}

/** Milliseconds a grant lasts when nothing else is said, and at most. */
export const USUAL_GRANT = 2 * 3_600_000;
export const LONGEST_GRANT = 24 * 3_600_000;
