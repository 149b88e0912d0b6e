import { assignTask } from '../../core/tasks/transitions.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { TaskChangeData } from '../../domain/reports/task.ts';
import type { Host } from '../../host/host.ts';
import { withPolicy } from '../../services/session/session.ts';
import { changedTasks } from '../../services/tasks/changed-tasks.ts';
import { changeTask } from '../../services/tasks/change-task.ts';
import { judgeIntake } from '../../services/tasks/judge-intake.ts';
import { taskDraft, type WrittenTask } from '../../services/tasks/task-draft.ts';

export interface TaskAssignOptions extends WrittenTask {
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** Gives an agent a task. Of two who assign one id at once, one wins. @throws Failure for wrong words */
export function runTaskAssign(
  host: Host,
  options: TaskAssignOptions,
): Promise<Report<TaskChangeData>> {
  return withPolicy(host, async (session) => {
    const draft = taskDraft(session, options);
    const { offline, dryRun = false } = options;
    const change = await changeTask(session, {
      id: draft.id,
      agent: draft.agent,
      offline,
      dryRun,
      decide: (current, moment) => assignTask(current, draft, moment),
    });
    const findings = await judgeIntake(
      session,
      change.outcome === 'assigned' ? [change.row.task] : [],
    );
    const parts = changedTasks(session, 'assign', draft.agent, [change], { dryRun, findings });
    return reportOf('task assign', parts);
  });
}
