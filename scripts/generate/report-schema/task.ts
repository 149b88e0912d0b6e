import type {
  TaskChangeData,
  TaskListData,
  TaskOutcome,
} from '../../../src/domain/reports/task.ts';
import { MOST_FILES, TASK_STATUSES } from '../../../src/domain/states/task.ts';
import { branch, hostName, notices, unreadable } from './states.ts';
import {
  agentId,
  count,
  flag,
  list,
  object,
  oid,
  oneOf,
  orNull,
  path,
  text,
  time,
} from './words.ts';

const id = text('As it was given; two that differ by case only are the same.');
const hours = { type: 'number', minimum: 0, description: 'Hours.' };

const asked = object({
  id,
  title: text('What is to be done.'),
  agent: agentId,
  status: { enum: TASK_STATUSES },
  estimate: orNull(hours),
  spent: orNull(hours),
  paths: list(text('A glob.')),
  after: list(id),
  assigned: object({ at: time, by: orNull(agentId), host: hostName }),
  started: orNull(object({ at: time, host: hostName, branch: orNull(branch) })),
  completed: orNull(
    object({
      at: time,
      commit: orNull(oid),
      files: { ...list(path), maxItems: MOST_FILES },
      count,
    }),
  ),
  reason: text('Why it was dropped; empty where nothing was said.'),
  offline: flag,
});

const row = object({ task: asked, waits: list(id), hours: orNull(hours) });

const change = object({
  verb: oneOf<TaskChangeData['verb']>({
    assign: true,
    complete: true,
    drop: true,
    import: true,
    reset: true,
    start: true,
  }),
  tasks: list(
    object({
      outcome: oneOf<TaskOutcome>({
        assigned: true,
        completed: true,
        dropped: true,
        landed: true,
        refused: true,
        reopened: true,
        started: true,
        unchanged: true,
      }),
      row,
    }),
  ),
  dryRun: flag,
  notices,
});

const listed = object({
  verb: oneOf<TaskListData['verb']>({ list: true, show: true }),
  tasks: list(row),
  agents: list(
    object({
      agent: agentId,
      current: orNull(id),
      branch: orNull(branch),
      total: count,
      done: count,
      estimate: hours,
      spent: hours,
    }),
  ),
  cycles: list(list(id)),
  unreadable,
  notices,
});

/** Of `task assign`, `start`, `complete`, `drop`, `reset`, `import`, `list` and `show`. */
export const task = { anyOf: [change, listed] };
