import type { Failure } from '../../domain/failure.ts';
import { parseTaskId, type Task, TASK_REFS } from '../../domain/states/task.ts';
import type { Session } from '../session/session.ts';
import { readKnownStates } from '../state/known-states.ts';
import { taskPlace } from './task-place.ts';

/** The tasks that this clone knows of, and those that cannot be read. */
export interface KnownTasks {
  readonly tasks: readonly Task[];
  readonly unreadable: readonly Failure[];
}

/** Every task as this clone has it. */
export async function readTasks(
  session: Pick<Session, 'host' | 'reader' | 'workspace'>,
): Promise<KnownTasks> {
  const { states, unreadable } = await readKnownStates(session, TASK_REFS, (name) => {
    const id = parseTaskId(name);
    return id && taskPlace(id);
  });
  return { tasks: states, unreadable };
}
