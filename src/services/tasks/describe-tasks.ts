import { taskCycles, taskRows, tasksOfAgents } from '../../core/tasks/task-rows.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { TaskListData, TaskRow } from '../../domain/reports/task.ts';
import type { PolicySession } from '../session/session.ts';
import { listTasks } from './list-tasks.ts';

/** The report of a command that shows tasks. `wanted` says which. */
export async function describeTasks(
  { policy, reader, workspace }: PolicySession,
  verb: TaskListData['verb'],
  agent: AgentId | null,
  offline: boolean,
  wanted: (row: TaskRow) => boolean,
): Promise<ReportParts<TaskListData>> {
  const { tasks, unreadable, silent } = await listTasks({ reader, workspace }, offline);
  const rows = taskRows(tasks).filter(wanted);
  const notices = silent === null ? [] : [`origin was not asked (${silent})`];
  return {
    agent,
    policy: policy.source,
    findings: [],
    ...(unreadable.length > 0 && { verdict: 'undecided' as const }),
    data: {
      verb,
      tasks: rows,
      agents: tasksOfAgents(rows),
      cycles: taskCycles(tasks),
      unreadable,
      notices: [...policy.notices, ...notices],
    },
  };
}
