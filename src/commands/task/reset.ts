import { agentOf } from '../../domain/identity.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { TaskChangeData } from '../../domain/reports/task.ts';
import { isOpenTask } from '../../domain/states/task.ts';
import type { Host } from '../../host/host.ts';
import { identify } from '../../services/session/identify.ts';
import { namedAgent } from '../../services/session/named-agent.ts';
import { withPolicy } from '../../services/session/session.ts';
import { changedTasks } from '../../services/tasks/changed-tasks.ts';
import { dropTasks } from '../../services/tasks/drop-tasks.ts';
import { listTasks } from '../../services/tasks/list-tasks.ts';

export interface TaskResetOptions {
  /** Only what this agent has. */
  readonly of?: string | undefined;
  readonly message?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** Drops every task that is not done. Nothing is deleted, and each may be assigned again. */
export function runTaskReset(
  host: Host,
  options: TaskResetOptions,
): Promise<Report<TaskChangeData>> {
  return withPolicy(host, async (session) => {
    const { offline = false, dryRun = false, message = 'reset' } = options;
    const of = options.of === undefined ? null : namedAgent(session, options.of);
    const { tasks } = await listTasks(session, offline);
    const open = tasks.filter((task) => isOpenTask(task) && (of === null || task.agent === of));
    const agent = agentOf(identify(session, {}));
    const reason = message.slice(0, 2000);
    const { changes, failed } = await dropTasks(session, open, { agent, reason, offline, dryRun });
    const parts = changedTasks(session, 'reset', agent, changes, { dryRun });
    if (failed.length === 0) return reportOf('task reset', parts);
    const stay = failed.map(({ id, why }) => `task ${id} stays as it is: ${why.message}`);
    const notices = [...parts.data.notices, ...stay];
    return reportOf('task reset', {
      ...parts,
      verdict: 'undecided',
      data: { ...parts.data, notices },
    });
  });
}
