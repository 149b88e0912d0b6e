import { runTaskAssign } from '../../commands/task/assign.ts';
import { runTaskComplete } from '../../commands/task/complete.ts';
import { runTaskList } from '../../commands/task/list.ts';
import { runTaskShow } from '../../commands/task/show.ts';
import { runTaskStart } from '../../commands/task/start.ts';
import { Failure } from '../../domain/failure.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';
import { briefTask } from '../../render/brief/task.ts';
import type { TASK_TAKES } from '../takes.ts';
import { viewFor } from '../view-for.ts';

/** @throws Failure `usage` when no task is named where one is meant. */
export async function callTask(
  host: Host,
  { verb, id, title, of, hours, paths, after, agent }: OptionValues<typeof TASK_TAKES>,
): Promise<Brief> {
  const view = viewFor(host);
  if (verb === 'list' || verb === undefined)
    return briefTask(await runTaskList(host, { agent: of }), view);
  if (id === undefined) throw new Failure('usage', `${verb} needs the id of a task`);
  switch (verb) {
    case 'assign': {
      if (of === undefined || title === undefined)
        throw new Failure('usage', 'assign needs an agent, in of, and a title');
      const task = { agent: of, id, title, hours, paths, after };
      return briefTask(await runTaskAssign(host, task), view);
    }
    case 'start':
      return briefTask(await runTaskStart(host, { id, agent }), view);
    case 'complete':
      return briefTask(await runTaskComplete(host, { id, hours, agent }), view);
    case 'show':
      return briefTask(await runTaskShow(host, { id }), view);
  }
}
