import type { AgentId } from '../ids.ts';
import type { SyncState } from '../lock.ts';
import type { RepoPath } from '../path.ts';
import type { BranchName } from '../refs.ts';
import type { ChangeRequest, RequestId, RequestStanding } from '../states/change-request.ts';

export type RequestVerb = 'accept' | 'decline' | 'list' | 'open' | 'reopen' | 'show' | 'withdraw';

/** What a command did to one request. */
export type RequestOutcome =
  | 'applied'
  | 'conflict'
  | 'declined'
  | 'granted'
  | 'opened'
  | 'refused'
  | 'reopened'
  | 'revoked'
  | 'unchanged'
  | 'withdrawn';

/** One request as a report shows it. */
export interface RequestRow {
  readonly request: ChangeRequest;
  readonly standing: RequestStanding;
  /** Whom the policy names now for its paths; none: people. */
  readonly asked: readonly AgentId[];
  /** Its place in the queue of each reserved part it waits for, from 1. */
  readonly queues: readonly {
    readonly part: string;
    readonly place: number;
    readonly of: number;
  }[];
  /** It has waited longer than `requests.remind`. */
  readonly overdue: boolean;
  /** Null when there is no remote, or it was not asked. */
  readonly sync: SyncState | null;
}

/** A request that waits for an answer, or whose grant runs, as an overview shows it. */
export interface WaitingRequest {
  readonly id: RequestId;
  readonly from: AgentId;
  /** Who may answer; none: people. */
  readonly asked: readonly AgentId[];
  readonly standing: Extract<RequestStanding, 'granted' | 'open'>;
  /** How many. */
  readonly paths: number;
  readonly message: string;
  /** Where the asker works. */
  readonly branch: BranchName | null;
  /** Milliseconds since 1970: when it was asked, and when the grant ends. */
  readonly since: number;
  readonly until: number | null;
  /** It has waited longer than `requests.remind`. */
  readonly overdue: boolean;
}

/** `data` of `request open`, `accept`, `decline`, `withdraw` and `reopen`. */
export interface RequestChangeData {
  readonly verb: Exclude<RequestVerb, 'list' | 'show'>;
  /** One each, in the order of their ids; `open` makes one for each set of owners. */
  readonly requests: readonly { readonly outcome: RequestOutcome; readonly row: RequestRow }[];
  /** Paths that left the index; the work tree has them as before. */
  readonly unstaged: readonly RepoPath[];
  /** Nothing was changed; the outcomes say what would have been. */
  readonly dryRun: boolean;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now: number;
  readonly notices: readonly string[];
}

/** `data` of `request list` and `request show`. */
export interface RequestListData {
  readonly verb: 'list' | 'show';
  /** The most urgent first, then the oldest, then by id. */
  readonly requests: readonly RequestRow[];
  /** The patch as git writes it; null unless it was asked for. */
  readonly patch: string | null;
  /** Refs that hold no request that could be read, and why. */
  readonly unreadable: readonly { readonly ref: string; readonly reason: string }[];
  readonly now: number;
  readonly notices: readonly string[];
}
