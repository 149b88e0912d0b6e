import { compare } from '../../domain/finding.ts';
import type { TaskNow } from '../../domain/reports/task.ts';
import type { Task } from '../../domain/states/task.ts';
import { taskRows } from './task-rows.ts';

/**
 * For each agent what it works on, or else what it can begin with first, or else what it waits for. In
 * the order of their ids.
 */
export function tasksNow(tasks: readonly Task[]): TaskNow[] {
  const found = new Map<string, TaskNow>();
  for (const { task, waits } of taskRows(tasks)) {
    const { id, title, agent, status, started, assigned } = task;
    if (status !== 'started' && status !== 'assigned') continue;
    const known = found.get(agent);
    // What is worked on comes first; of the rest, what waits for nothing.
    if (known && (known.status === 'started' || known.waits.length === 0 || waits.length > 0))
      continue;
    const at = status === 'started' ? started : null;
    found.set(agent, {
      agent,
      id,
      title,
      status,
      branch: at?.branch ?? null,
      since: at?.at ?? assigned.at,
      waits,
    });
  }
  return [...found.values()].sort((a, b) => compare(a.agent, b.agent));
}
