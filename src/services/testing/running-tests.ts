import type { WaitsFor } from '../../core/validation/schedule.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { ValidationVerdict } from '../../domain/validation.ts';

/** What is seen of one worktree while its commands wait, run or have ended. */
export interface RunningTest {
  readonly agent: AgentId;
  /** Absolute. */
  readonly path: string;
  state: ValidationVerdict | 'runs' | 'waits';
  waits: WaitsFor;
  /** It runs once more, with nothing beside it. */
  alone: boolean;
  /** When it came to this state, in milliseconds since 1970. */
  since: number;
  /** Milliseconds of processor time of commands that have ended, as far as they were seen. */
  ended: number;
  /** The same with the one that runs; null where the system does not say. */
  cpu: number | null;
  /** Bytes now, and the most that was seen. */
  memory: number | null;
  peak: number | null;
  /** The process group of the command that runs. */
  group: number | null;
  command: string;
  line: string;
}
