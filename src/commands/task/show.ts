import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { TaskListData } from '../../domain/reports/task.ts';
import type { Host } from '../../host/host.ts';
import { withPolicy } from '../../services/session/session.ts';
import { readTaskId } from '../../services/tasks/change-task.ts';
import { describeTasks } from '../../services/tasks/describe-tasks.ts';

/** One task, with its files. @throws Failure when there is none, or it cannot be read */
export function runTaskShow(
  host: Host,
  options: { readonly id: string; readonly offline?: boolean },
): Promise<Report<TaskListData>> {
  return withPolicy(host, async (session) => {
    const id = readTaskId(options.id).toLowerCase();
    const offline = options.offline === true;
    const parts = await describeTasks(
      session,
      'show',
      null,
      offline,
      ({ task }) => task.id.toLowerCase() === id,
    );
    const broken = parts.data.unreadable.find(({ ref }) => ref.endsWith(`/${id}`));
    if (broken) throw new Failure('policy', broken.reason);
    if (parts.data.tasks.length === 0)
      throw new Failure('usage', `there is no task ${options.id}`, [
        hintTo('see every task', 'bailiwick task list --all'),
      ]);
    return reportOf('task show', { ...parts, verdict: 'allowed' });
  });
}
