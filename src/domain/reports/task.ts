import type { AgentId } from '../ids.ts';
import type { BranchName } from '../refs.ts';
import type { Task, TaskId } from '../states/task.ts';

export type TaskVerb = 'assign' | 'complete' | 'drop' | 'import' | 'reset' | 'start';

export type TaskOutcome =
  | 'assigned'
  | 'completed'
  | 'dropped'
  | 'landed'
  | 'refused'
  | 'reopened'
  | 'started'
  | 'unchanged';

/** One task as a report shows it. */
export interface TaskRow {
  readonly task: Task;
  /** Tasks it comes after that are not done. */
  readonly waits: readonly TaskId[];
  /** Spent; null where it is not done. */
  readonly hours: number | null;
}

/** What an agent works on, or is to begin with. */
export interface TaskNow {
  readonly agent: AgentId;
  readonly id: TaskId;
  readonly title: string;
  readonly status: 'assigned' | 'started';
  /** Where it works on it; null where it has not begun, or HEAD was detached. */
  readonly branch: BranchName | null;
  /** When it was begun, or else assigned; milliseconds since 1970. */
  readonly since: number;
  /** Tasks that have to be done first. */
  readonly waits: readonly TaskId[];
}

/** What an agent has to do and has done, in sums. */
export interface AgentTasks {
  readonly agent: AgentId;
  /** The task it works on. */
  readonly current: TaskId | null;
  readonly branch: BranchName | null;
  readonly total: number;
  readonly done: number;
  /** Hours. */
  readonly estimate: number;
  readonly spent: number;
}

/** `data` of `task assign`, `start`, `complete`, `drop`, `reset` and `import`. */
export interface TaskChangeData {
  readonly verb: TaskVerb;
  readonly tasks: readonly { readonly outcome: TaskOutcome; readonly row: TaskRow }[];
  readonly dryRun: boolean;
  readonly notices: readonly string[];
}

/** `data` of `task list` and `task show`. */
export interface TaskListData {
  readonly verb: 'list' | 'show';
  /** What is worked on first, then what waits. */
  readonly tasks: readonly TaskRow[];
  readonly agents: readonly AgentTasks[];
  /** Tasks that wait for each other in a circle. */
  readonly cycles: readonly (readonly TaskId[])[];
  readonly unreadable: readonly { readonly ref: string; readonly reason: string }[];
  readonly notices: readonly string[];
}
