import { dropTask } from '../../core/tasks/transitions.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Task } from '../../domain/states/task.ts';
import type { PolicySession } from '../session/session.ts';
import { changeTask, type TaskChange } from './change-task.ts';

/** Drops tasks one after another, and gives back the turns of those that were worked on. */
export async function dropTasks(
  session: PolicySession,
  tasks: readonly Pick<Task, 'agent' | 'id'>[],
  { agent, reason, offline, dryRun }: DropTerms,
): Promise<TaskChange[]> {
  const changes: TaskChange[] = [];
  for (const { id, agent: of } of tasks)
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
  return changes;
}

/** Who drops, why, and where. */
export interface DropTerms {
  readonly agent: AgentId | null;
  readonly reason: string;
  readonly offline?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}
