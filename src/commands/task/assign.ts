import { overlapFindings } from '../../core/tasks/findings.ts';
import { assignTask } from '../../core/tasks/transitions.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { TaskChangeData } from '../../domain/reports/task.ts';
import type { Host } from '../../host/host.ts';
import { withPolicy } from '../../services/session/session.ts';
import { changedTasks } from '../../services/tasks/changed-tasks.ts';
import { changeTask } from '../../services/tasks/change-task.ts';
import { listTasks } from '../../services/tasks/list-tasks.ts';
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
    const about = draft.paths.length > 0 && change.outcome === 'assigned';
    const others = about ? (await listTasks(session, true)).tasks : [];
    const findings = overlapFindings(change.row.task, others);
    const parts = changedTasks(session, 'assign', draft.agent, [change], { dryRun, findings });
    return reportOf('task assign', parts);
  });
}
