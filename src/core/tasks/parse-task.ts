import * as v from 'valibot';
import { type AgentId, parseAgentId } from '../../domain/ids.ts';
import { decodeRepoPath, encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { type BranchName, type Oid, parseBranchName, parseOid } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import {
  MOST_FILES,
  parseTaskId,
  type Task,
  TASK_STATUSES,
  type TaskId,
} from '../../domain/states/task.ts';

/** The version of the form; a reader that knows only this one must not guess at another. */
const VERSION = 1;
/** Characters; more is not a task, and not worth parsing. */
const LONGEST_TEXT = 1_000_000;
export const LONGEST_TITLE = 200;
/** Hours; more than this is not one task. */
export const MOST_HOURS = 10_000;

/** `state.json` of a task, times in ISO 8601 UTC, paths as git's bytes in latin1. */
export function serialiseTask({ assigned, started, completed, ...rest }: Task): string {
  const state = {
    version: VERSION,
    ...rest,
    assigned: { ...assigned, at: time(assigned.at) },
    started: started && { ...started, at: time(started.at) },
    completed: completed && {
      ...completed,
      at: time(completed.at),
      files: completed.files.map((path) => Buffer.from(encodeRepoPath(path)).toString('latin1')),
    },
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}

/** Reads it back. What `serialiseTask` could not have written is refused with the reason. */
export function parseTask(text: string): Result<Task, string> {
  if (text.length > LONGEST_TEXT) return err('it is too long to be a task');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('it is not JSON');
  }
  if (!v.is(v.object({ version: v.literal(VERSION) }), json))
    return err('its "version" is missing or wrong');
  const read = v.safeParse(WrittenTask, json, { abortEarly: true });
  if (!read.success) {
    const key = read.issues[0].path?.[0]?.key;
    return err(key === undefined ? 'it is not an object' : `its "${String(key)}" is wrong`);
  }
  const { status, started, completed } = read.output;
  if (status === 'started' && started === null) return err('its status and start disagree');
  if ((status === 'done' || status === 'landed') && completed === null)
    return err('its status and end disagree');
  return ok(read.output);
}

const time = (moment: number): string => new Date(moment).toISOString();

const Moment = v.pipe(
  v.string(),
  v.check((text) => {
    const at = Date.parse(text);
    return !Number.isNaN(at) && new Date(at).toISOString() === text;
  }),
  v.transform((text) => Date.parse(text)),
);

/** Text that a parser accepts, as what it makes of it. */
const parsed = <Output>(parse: (text: string) => Output | null) =>
  v.pipe(
    v.string(),
    v.transform(parse),
    v.custom<Output>((value) => value !== null),
  );

const Agent = parsed<AgentId>(parseAgentId);
const Hours = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(MOST_HOURS)));
const Path = v.pipe(
  v.string(),
  v.regex(/^[\x01-\xff]+$/),
  v.transform((text): RepoPath => decodeRepoPath(Buffer.from(text, 'latin1'))),
);

const WrittenTask = v.object({
  id: parsed<TaskId>(parseTaskId),
  title: v.pipe(v.string(), v.maxLength(LONGEST_TITLE)),
  agent: Agent,
  status: v.picklist(TASK_STATUSES),
  estimate: Hours,
  spent: Hours,
  paths: v.pipe(v.array(v.string()), v.maxLength(100)),
  after: v.pipe(v.array(parsed<TaskId>(parseTaskId)), v.maxLength(100)),
  assigned: v.object({ at: Moment, by: v.nullable(Agent), host: v.string() }),
  started: v.nullable(
    v.object({
      at: Moment,
      host: v.string(),
      branch: v.nullable(parsed<BranchName>(parseBranchName)),
    }),
  ),
  completed: v.nullable(
    v.object({
      at: Moment,
      commit: v.nullable(parsed<Oid>(parseOid)),
      files: v.pipe(v.array(Path), v.maxLength(MOST_FILES)),
      count: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
  ),
  reason: v.pipe(v.string(), v.maxLength(2000)),
  offline: v.boolean(),
});
