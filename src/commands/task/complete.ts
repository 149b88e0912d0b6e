import { completeTask } from '../../core/tasks/transitions.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { TaskChangeData } from '../../domain/reports/task.ts';
import type { Host } from '../../host/host.ts';
import { actingAgent } from '../../services/session/acting-agent.ts';
import { withPolicy } from '../../services/session/session.ts';
import { changedTasks } from '../../services/tasks/changed-tasks.ts';
import { changeTask, readTaskId } from '../../services/tasks/change-task.ts';
import { readHours } from '../../services/tasks/task-draft.ts';
import { branchResult } from '../../services/tasks/task-result.ts';

export interface TaskCompleteOptions {
  readonly id: string;
  /** How many it took; else the time since its start. */
  readonly hours?: string | undefined;
  readonly agent?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/**
 * The agent of a task has done it: what its branch changes is written down. It counts as landed only
 * when the base has all of that.
 *
 * @throws Failure when there is no such task
 */
export function runTaskComplete(
  host: Host,
  options: TaskCompleteOptions,
): Promise<Report<TaskChangeData>> {
  return withPolicy(host, async (session) => {
    const id = readTaskId(options.id);
    const spent = options.hours === undefined ? null : readHours(options.hours);
    const acting = actingAgent(session, options.agent, `bailiwick task complete ${id}`);
    const { offline, dryRun = false } = options;
    if (!acting.ok) {
      const nothing = { dryRun, findings: [acting.error] };
      return reportOf('task complete', changedTasks(session, 'complete', null, [], nothing));
    }
    const agent = acting.value;
    const result = await branchResult(session);
    const change = await changeTask(session, {
      id,
      agent,
      offline,
      dryRun,
      turns: { of: agent, way: 'give' },
      decide: (task, moment) => completeTask(task, { agent, spent, ...result }, moment),
    });
    return reportOf(
      'task complete',
      changedTasks(session, 'complete', agent, [change], { dryRun }),
    );
  });
}
