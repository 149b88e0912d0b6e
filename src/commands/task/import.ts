import { agentNamed } from '../../core/identity/resolve.ts';
import { assignTask, type TaskDraft } from '../../core/tasks/transitions.ts';
import { type ListedTask, readTaskList } from '../../core/tasks/read-task-list.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { TaskChangeData } from '../../domain/reports/task.ts';
import type { Host } from '../../host/host.ts';
import { type PolicySession, withPolicy } from '../../services/session/session.ts';
import { changedTasks } from '../../services/tasks/changed-tasks.ts';
import { changeTask, type TaskChange } from '../../services/tasks/change-task.ts';
import { judgeIntake } from '../../services/tasks/judge-intake.ts';
import { taskDraft } from '../../services/tasks/task-draft.ts';

export interface TaskImportOptions {
  /** Whose they are where the list does not say. */
  readonly agent?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Assigns the tasks of a list on standard input. Those that are there already stay as they are, so that
 * the same list may come again.
 *
 * @throws Failure for a list that cannot be read, or one task in it that cannot be; nothing was done then
 */
export function runTaskImport(
  host: Host,
  options: TaskImportOptions,
): Promise<Report<TaskChangeData>> {
  return withPolicy(host, async (session) => {
    const list = readTaskList((await host.input()).toString());
    if (!list.ok)
      throw new Failure('usage', `the list cannot be read: ${list.error}`, [
        hintTo('give one', 'gh issue list --json number,title,labels | bailiwick task import'),
      ]);
    const drafts = list.value.map((task) => draftOf(session, task, options.agent));
    const { offline, dryRun = false } = options;
    const changes: TaskChange[] = [];
    for (const draft of drafts) {
      const { id, agent } = draft;
      const change = await changeTask(session, {
        id,
        agent,
        offline,
        dryRun,
        decide: (current, moment) => assignTask(current, draft, moment),
      });
      changes.push(
        change.outcome === 'refused' ? { ...change, outcome: 'unchanged', findings: [] } : change,
      );
    }
    const assigned = changes.filter(({ outcome }) => outcome === 'assigned');
    const findings = await judgeIntake(
      session,
      assigned.map(({ row }) => row.task),
    );
    const parts = changedTasks(session, 'import', null, changes, { dryRun, findings });
    return reportOf('task import', parts);
  });
}

function draftOf(session: PolicySession, task: ListedTask, usual: string | undefined): TaskDraft {
  const { ownership } = session.policy;
  const named = task.names.find((name) => agentNamed(ownership, name) !== null) ?? usual;
  if (named === undefined)
    throw new Failure('usage', `task ${JSON.stringify(task.id)} of the list names no agent`, [
      hintTo('give them to one, add --agent <id>'),
    ]);
  return taskDraft(session, { ...task, agent: named });
}
