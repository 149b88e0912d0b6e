import { phaseFinding } from '../../core/phases/findings.ts';
import { taskBlocked } from '../../core/tasks/findings.ts';
import { taskRows } from '../../core/tasks/task-rows.ts';
import { startTask } from '../../core/tasks/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { TaskChangeData } from '../../domain/reports/task.ts';
import type { Host } from '../../host/host.ts';
import { noteRefusal } from '../../services/metrics/note-refusal.ts';
import { phaseBlockers } from '../../services/phases/phase-blockers.ts';
import { actingAgent } from '../../services/session/acting-agent.ts';
import { currentBranch } from '../../services/session/identify.ts';
import { withPolicy } from '../../services/session/session.ts';
import { changedTasks } from '../../services/tasks/changed-tasks.ts';
import { changeTask, readTaskId } from '../../services/tasks/change-task.ts';
import { listTasks } from '../../services/tasks/list-tasks.ts';

export interface TaskStartOptions {
  readonly id: string;
  readonly agent?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/**
 * The agent of a task begins with it, if it is its turn, it works on nothing else and what comes before
 * is done. With it, it takes its turn among those it must not work with.
 *
 * @throws Failure when there is no such task
 */
export function runTaskStart(
  host: Host,
  options: TaskStartOptions,
): Promise<Report<TaskChangeData>> {
  return withPolicy(host, async (session) => {
    const id = readTaskId(options.id);
    const acting = actingAgent(session, options.agent, `bailiwick task start ${id}`);
    const { offline = false, dryRun = false } = options;
    const nothing = { dryRun, findings: acting.ok ? [] : [acting.error] };
    if (!acting.ok)
      return reportOf('task start', changedTasks(session, 'start', null, [], nothing));
    const agent = acting.value;
    const { ownership } = session.policy;
    const { tasks } = await listTasks(session, offline);
    const row = taskRows(tasks).find(({ task }) => task.id.toLowerCase() === id.toLowerCase());
    if (row === undefined)
      throw new Failure('usage', `there is no task ${id}`, [
        hintTo('see every task', 'bailiwick task list'),
      ]);
    const current = tasks.find(
      (task) => task.agent === agent && task.status === 'started' && task.id !== row.task.id,
    );
    const own = row.task.agent === agent;
    const blocked = own ? taskBlocked(id, agent, current?.id ?? null, row.waits) : null;
    const early = await phaseBlockers(session, agent);
    const closed = phaseFinding(ownership, agent, early);
    const told = [...(blocked ? [blocked] : []), ...(closed ? [closed] : [])];
    if (told.some(({ severity }) => severity === 'error')) {
      if (!dryRun) noteRefusal(host, 'task', { agent, findings: told }, session.workspace.location);
      return reportOf(
        'task start',
        changedTasks(session, 'start', agent, [], { dryRun, findings: told }),
      );
    }
    const change = await changeTask(session, {
      id: row.task.id,
      agent,
      offline,
      dryRun,
      // Where the policy only advises, nobody waits for a turn.
      ...(ownership.phases.enforce === 'require' && { turns: { of: agent, way: 'take' as const } }),
      decide: (task, moment) =>
        startTask(
          task,
          {
            agent,
            branch: currentBranch(host, session.workspace.location),
            host: host.hostname().slice(0, 255),
          },
          moment,
        ),
    });
    const late = phaseFinding(ownership, agent, change.blockers);
    const findings = [...told, ...(late ? [late] : [])];
    return reportOf(
      'task start',
      changedTasks(session, 'start', agent, [change], { dryRun, findings }),
    );
  });
}
