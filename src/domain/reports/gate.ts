import type { RepoPath } from '../path.ts';
import type { PullRequest } from '../pull-request.ts';
import type { CheckData } from './check.ts';

/** `data` of the gate. */
export interface GateData extends CheckData {
  readonly event: 'merge-group' | 'pull-request';
  /** What was judged: one pull request, or those a merge group is made of, by number. */
  readonly pullRequests: readonly PullRequest[];
  /** Control files that the change touches, whoever may; sorted. */
  readonly control: readonly RepoPath[];
}
