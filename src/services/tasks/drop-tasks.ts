import { dropTask } from '../../core/tasks/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Task, TaskId } from '../../domain/states/task.ts';
import type { PolicySession } from '../session/session.ts';
import { changeTask, type TaskChange } from './change-task.ts';

/** What became of each; one that cannot be moved keeps none of the others. */
export interface DroppedTasks {
  readonly changes: readonly TaskChange[];
  readonly failed: readonly { readonly id: TaskId; readonly why: Failure }[];
}

/** Drops tasks one after another, and gives back the turns of those that were worked on. */
export async function dropTasks(
  session: PolicySession,
  tasks: readonly Pick<Task, 'agent' | 'id'>[],
  { agent, reason, offline, dryRun }: DropTerms,
): Promise<DroppedTasks> {
  const changes: TaskChange[] = [];
  const failed: { id: TaskId; why: Failure }[] = [];
  for (const { id, agent: of } of tasks) {
    try {
      changes.push(
        await changeTask(session, {
          id,
          agent,
          offline,
          dryRun,
          turns: { of, way: 'give' },
          decide: (task, moment) => dropTask(task, reason, moment),
        }),
      );
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed.push({ id, why: error });
    }
  }
  return { changes, failed };
}

/** Who drops, why, and where. */
export interface DropTerms {
  readonly agent: AgentId | null;
  readonly reason: string;
  readonly offline?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}
