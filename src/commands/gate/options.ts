import type { PullRequest } from '../../domain/pull-request.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { RemoteSource } from '../../domain/repo.ts';
import type { Result } from '../../domain/result.ts';

/** What the gate is asked to judge. */
export type GateRequest =
  | { readonly kind: 'pull-request'; readonly pullRequest: PullRequest }
  | {
      readonly kind: 'merge-group';
      readonly target: BranchName;
      /** What the group lands on: the target, or the group before it in the queue. */
      readonly base: Oid;
      readonly head: Oid;
      /** The number of the pull request the queue named the group after; null when it names none. */
      readonly number: number | null;
    };

export interface GateOptions {
  readonly source: RemoteSource;
  /** The branch whose policy says what the base is: the default branch, unless told otherwise. */
  readonly anchor: BranchName;
  readonly request: GateRequest;
  /** The open pull requests, or why they cannot be had. Asked for only where git does not tell. */
  readonly openPullRequests: () => Promise<Result<readonly PullRequest[], string>>;
}
