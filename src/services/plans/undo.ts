import type { Step } from '../../domain/plan.ts';

/** Undoes one step that was done. */
export type Undo = () => Promise<void> | void;

/** Takes back a whole plan, last step first; gives what could not be taken back. */
export type TakeBack = () => Promise<readonly string[]>;

/** Lets a caller see the work, and end it. */
export interface Watch {
  readonly signal?: AbortSignal;
  onStep?(step: Step): void;
  /** What a command of the plan prints. */
  onLine?(line: string): void;
}
