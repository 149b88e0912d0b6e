import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { TaskNow } from '../../domain/reports/task.ts';
import { hintLine } from './hint-line.ts';

/** What an agent works on or is to begin with, in a line; none where it has nothing to do. */
export function taskLines(agent: AgentId, tasks: readonly TaskNow[], program: string): string[] {
  const now = tasks.find((task) => task.agent === agent);
  if (now === undefined) return [];
  const { id, title, status, waits } = now;
  if (status === 'started') {
    const done = hintLine(hintTo('say that it is done', `bailiwick task complete ${id}`), program);
    return [`${agent} works on the task ${id}: ${title}. ${done}`];
  }
  const what = `${agent} is to do the task ${id}: ${title}`;
  if (waits.length > 0) return [`${what}, after ${waits.join(', ')}.`];
  return [`${what}. ${hintLine(hintTo('begin it', `bailiwick task start ${id}`), program)}`];
}
