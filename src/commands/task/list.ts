import { type Report, reportOf } from '../../domain/report.ts';
import type { TaskListData } from '../../domain/reports/task.ts';
import type { Host } from '../../host/host.ts';
import { namedAgent } from '../../services/session/named-agent.ts';
import { withPolicy } from '../../services/session/session.ts';
import { describeTasks } from '../../services/tasks/describe-tasks.ts';

export interface TaskListOptions {
  readonly agent?: string | undefined;
  /** Also what was dropped or has landed. */
  readonly all?: boolean;
  readonly offline?: boolean;
}

/** The tasks of the fleet and the totals of each agent. One that cannot be read makes it undecided. */
export function runTaskList(host: Host, options: TaskListOptions): Promise<Report<TaskListData>> {
  return withPolicy(host, async (session) => {
    const agent = options.agent === undefined ? null : namedAgent(session, options.agent);
    const parts = await describeTasks(
      session,
      'list',
      agent,
      options.offline === true,
      ({ task }) =>
        (agent === null || task.agent === agent) &&
        (options.all === true || !['dropped', 'landed'].includes(task.status)),
    );
    return reportOf('task list', parts);
  });
}
