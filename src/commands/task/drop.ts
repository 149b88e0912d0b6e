import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { agentOf } from '../../domain/identity.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { TaskChangeData } from '../../domain/reports/task.ts';
import type { Host } from '../../host/host.ts';
import { identify } from '../../services/session/identify.ts';
import { withPolicy } from '../../services/session/session.ts';
import { changedTasks } from '../../services/tasks/changed-tasks.ts';
import { readTaskId } from '../../services/tasks/change-task.ts';
import { dropTasks } from '../../services/tasks/drop-tasks.ts';
import { listTasks } from '../../services/tasks/list-tasks.ts';

export interface TaskDropOptions {
  readonly id: string;
  readonly message?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** Nobody is to do a task any more; its id may be assigned again. @throws Failure when there is none */
export function runTaskDrop(host: Host, options: TaskDropOptions): Promise<Report<TaskChangeData>> {
  return withPolicy(host, async (session) => {
    const id = readTaskId(options.id);
    const { offline = false, dryRun = false, message = '' } = options;
    const { tasks } = await listTasks(session, offline);
    const task = tasks.find((each) => each.id.toLowerCase() === id.toLowerCase());
    if (task === undefined)
      throw new Failure('usage', `there is no task ${id}`, [
        hintTo('see every task', 'bailiwick task list'),
      ]);
    const agent = agentOf(identify(session, {}));
    const reason = message.slice(0, 2000);
    const { changes, failed } = await dropTasks(session, [task], {
      agent,
      reason,
      offline,
      dryRun,
    });
    if (failed[0]) throw failed[0].why;
    return reportOf('task drop', changedTasks(session, 'drop', agent, changes, { dryRun }));
  });
}
