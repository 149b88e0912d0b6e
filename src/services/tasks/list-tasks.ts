import { Failure } from '../../domain/failure.ts';
import { parseTaskId, type Task, TASK_REFS } from '../../domain/states/task.ts';
import type { Session } from '../session/session.ts';
import { listStates } from '../state/list-states.ts';
import { parseState } from '../state/state-place.ts';
import { taskPlace } from './task-place.ts';

export interface TaskList {
  readonly tasks: readonly Task[];
  readonly unreadable: readonly { readonly ref: string; readonly reason: string }[];
  /** Why the remote was not asked; null when it was, or there is none. */
  readonly silent: string | null;
}

/** Every task there is, here and, unless `offline`, on the remote. Moves no ref. */
export async function listTasks(
  { reader, workspace }: Pick<Session, 'reader' | 'workspace'>,
  offline: boolean,
): Promise<TaskList> {
  const { states, silent } = await listStates(workspace.repo, TASK_REFS, offline, reader);
  const tasks: Task[] = [];
  const unreadable: { ref: string; reason: string }[] = [];
  for (const [ref, { text }] of states) {
    const id = parseTaskId(ref.slice(TASK_REFS.length));
    if (id === null) unreadable.push({ ref, reason: 'its name is not that of a task' });
    else if (text instanceof Failure) unreadable.push({ ref, reason: text.message });
    else {
      const read = parseState(taskPlace(id), text);
      if (read.ok) tasks.push(read.value);
      else unreadable.push({ ref, reason: read.error.message });
    }
  }
  return { tasks, unreadable, silent };
}
