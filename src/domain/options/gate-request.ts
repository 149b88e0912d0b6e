import type { Account, PullRequest } from '../pull-request.ts';
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
    }
  | {
      /** After the fact: what a push to the base brought. */
      readonly kind: 'landed';
      readonly target: BranchName;
      /** All zeros where the branch was made by it. */
      readonly before: Oid;
      readonly after: Oid;
      /** Who pushed, or pressed the button. */
      readonly sender: Account;
    };
