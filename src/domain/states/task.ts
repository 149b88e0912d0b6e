import type { AgentId } from '../ids.ts';
import type { RepoPath } from '../path.ts';
import { type BranchName, type Oid, parseRefName, type RefName } from '../refs.ts';

/** The id of a task, as somebody gave it: `16`, `api-auth`. Two that differ by case only are the same. */
export type TaskId = string & { readonly __brand: 'TaskId' };

export const TASK_STATUSES = ['assigned', 'started', 'done', 'landed', 'dropped'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** What `refs/bailiwick/tasks/<id>` says. A task never gives a right to change anything. */
export interface Task {
  readonly id: TaskId;
  readonly title: string;
  readonly agent: AgentId;
  readonly status: TaskStatus;
  /** Hours it was thought to take; null where nobody said. */
  readonly estimate: number | null;
  /** Hours that whoever completed it said it took; null: from its start to its end. */
  readonly spent: number | null;
  /** Globs of what it is about. */
  readonly paths: readonly string[];
  /** Tasks that come before it. */
  readonly after: readonly TaskId[];
  /** Times are milliseconds since 1970. `by` null: a person. */
  readonly assigned: { readonly at: number; readonly by: AgentId | null; readonly host: string };
  readonly started: {
    readonly at: number;
    readonly host: string;
    readonly branch: BranchName | null;
  } | null;
  readonly completed: {
    readonly at: number;
    readonly commit: Oid | null;
    /** What its branch changes against the base, at most `MOST_FILES` of them. */
    readonly files: readonly RepoPath[];
    readonly count: number;
  } | null;
  /** Why it was dropped; '' where nothing was said. */
  readonly reason: string;
  /** True when the remote could not be asked. */
  readonly offline: boolean;
}

export const MOST_FILES = 200;
export const TASK_REFS = 'refs/bailiwick/tasks/';

const ID = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){0,63}$/;

/** Null for what cannot be an id: also what could not be the last part of a ref. */
export const parseTaskId = (text: string): TaskId | null =>
  ID.test(text) && !/\.(?:lock)?$/i.test(text) ? (text as TaskId) : null;

/** The ref that holds a task: in lower case, so that `API` and `api` are one task in every file system. */
export function taskRef(id: TaskId): RefName {
  const ref = parseRefName(`${TASK_REFS}${id.toLowerCase()}`);
  if (ref === null) throw new Error(`no ref name for task ${id}`);
  return ref;
}

/** True for one that somebody still has to do, or to land. */
export const isOpenTask = ({ status }: Pick<Task, 'status'>): boolean =>
  status === 'assigned' || status === 'started';
