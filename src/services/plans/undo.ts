/** Takes back one step. */

import type { Step } from '../../domain/plan.ts';

export type Undo = () => Promise<void> | void;

/** Takes back a whole plan, last step first; gives what could not be taken back. */
export type TakeBack = () => Promise<readonly string[]>;

/** Who wants to see the work, and may end it. */
export interface Watch {
  readonly signal?: AbortSignal;
  onStep?(step: Step): void;
  /** What a command of the plan prints. */
  onLine?(line: string): void;
}
