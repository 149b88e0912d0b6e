import * as v from 'valibot';
import { err, type Result } from '../../domain/result.ts';
import {
  MOST_FILES,
  parseTaskId,
  type Task,
  TASK_STATUSES,
  type TaskId,
} from '../../domain/states/task.ts';
import { readWrittenState, writtenState } from '../text/written-state.ts';
import {
  Agent,
  Branch,
  Moment,
  momentText,
  ObjectId,
  parsedBy,
  PathBytes,
  pathBytes,
} from '../text/written-values.ts';

export const LONGEST_TITLE = 200;
/** Hours; more than this is not one task. */
export const MOST_HOURS = 10_000;

/** `state.json` of a task, times in ISO 8601 UTC, paths as git's bytes in latin1. */
export const serialiseTask = ({ assigned, started, completed, ...rest }: Task): string =>
  writtenState({
    ...rest,
    assigned: { ...assigned, at: momentText(assigned.at) },
    started: started && { ...started, at: momentText(started.at) },
    completed: completed && {
      ...completed,
      at: momentText(completed.at),
      files: completed.files.map(pathBytes),
    },
  });

/** Reads it back. What `serialiseTask` could not have written is refused with the reason. */
export function parseTask(text: string): Result<Task, string> {
  const read = readWrittenState(text, { noun: 'a task', schema: WrittenTask });
  if (!read.ok) return read;
  const { status, started, completed } = read.value;
  if (status === 'started' && started === null) return err('its status and start disagree');
  if ((status === 'done' || status === 'landed') && completed === null)
    return err('its status and end disagree');
  return read;
}

const Hours = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(MOST_HOURS)));

const WrittenTask = v.object({
  id: parsedBy<TaskId>(parseTaskId),
  title: v.pipe(v.string(), v.maxLength(LONGEST_TITLE)),
  agent: Agent,
  status: v.picklist(TASK_STATUSES),
  estimate: Hours,
  spent: Hours,
  paths: v.pipe(v.array(v.string()), v.maxLength(100)),
  after: v.pipe(v.array(parsedBy<TaskId>(parseTaskId)), v.maxLength(100)),
  assigned: v.object({ at: Moment, by: v.nullable(Agent), host: v.string() }),
  started: v.nullable(
    v.object({
      at: Moment,
      host: v.string(),
      branch: v.nullable(Branch),
    }),
  ),
  completed: v.nullable(
    v.object({
      at: Moment,
      commit: v.nullable(ObjectId),
      files: v.pipe(v.array(PathBytes), v.maxLength(MOST_FILES)),
      count: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
  ),
  reason: v.pipe(v.string(), v.maxLength(2000)),
  offline: v.boolean(),
});
