import type { BranchName } from '../refs.ts';
import type { RequestId } from './change-request.ts';

/** Two branches of which neither is right without the other: a change, and what it asked another's part for. */
export interface TogetherPair {
  readonly request: RequestId;
  /** The branch that asked. */
  readonly asker: BranchName;
  /** The branch with what was asked for, which stands on the other. */
  readonly owner: BranchName;
}
