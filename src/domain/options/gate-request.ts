import type { PullRequest } from '../pull-request.ts';
import type { BranchName, Oid } from '../refs.ts';

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
