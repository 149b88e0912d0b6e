import { parseTask, serialiseTask } from '../../core/tasks/parse-task.ts';
import { hintTo } from '../../domain/hint.ts';
import { err } from '../../domain/result.ts';
import { type Task, type TaskId, taskRef } from '../../domain/states/task.ts';
import type { StatePlace } from '../state/state-place.ts';

/** Where a task is kept. A task of another id is not this one, whoever put it there. */
export const taskPlace = (id: TaskId): StatePlace<Task> => ({
  ref: taskRef(id),
  noun: 'task',
  parse: (text) => {
    const task = parseTask(text);
    if (!task.ok || taskRef(task.value.id) === taskRef(id)) return task;
    return err(`it is another task, ${task.value.id}`);
  },
  serialise: serialiseTask,
  hints: [hintTo('see what was done to it', `git log -p ${taskRef(id)}`)],
});
