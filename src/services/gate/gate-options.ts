import type { GateRequest } from '../../domain/options/gate-request.ts';
import type { PullRequest, Review } from '../../domain/pull-request.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { RemoteSource } from '../../domain/repo.ts';
import type { Result } from '../../domain/result.ts';

export interface GateOptions {
  readonly source: RemoteSource;
  /** The branch whose policy says what the base is: the default branch, unless told otherwise. */
  readonly anchor: BranchName;
  readonly request: GateRequest;
  /** The open pull requests, or why they cannot be had. Asked for only where git does not tell. */
  readonly openPullRequests: () => Promise<Result<readonly PullRequest[], string>>;
  /** The reviews of a pull request, or why they cannot be had. Asked for only where an acceptance needs one. */
  readonly reviewsOf: (number: number) => Promise<Result<readonly Review[], string>>;
  /** Those that a landed commit came by, or why they cannot be had. */
  readonly pullRequestsOf: (commit: Oid) => Promise<Result<readonly PullRequest[], string>>;
}
