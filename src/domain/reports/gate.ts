import type { RepoPath } from '../path.ts';
import type { PullRequest } from '../pull-request.ts';
import type { CheckData } from './check.ts';
import type { LandingRecords } from './land.ts';

/** `data` of the gate. */
export interface GateData extends CheckData {
  readonly event: 'landed' | 'merge-group' | 'pull-request';
  /** What was judged: one pull request, or those that a merge group or a push is made of. */
  readonly pullRequests: readonly PullRequest[];
  /** Control files that the change touches, whoever may; sorted. */
  readonly control: readonly RepoPath[];
  /** How what landed came to the base; null where nothing has. */
  readonly landings: LandingRecords | null;
}
