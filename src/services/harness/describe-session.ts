import { sessionText } from '../../core/harness/session-text.ts';
import { tasksNow } from '../../core/tasks/tasks-now.ts';
import { leaseState } from '../../core/locks/lease.ts';
import { Failure } from '../../domain/failure.ts';
import { agentOf } from '../../domain/identity.ts';
import { type Host, withoutRepository } from '../../host/host.ts';
import { programName } from '../../host/program.ts';
import type { WorktreeAt } from '../../host/worktree-at.ts';
import { leasesFor } from '../guard/work/follow-locks.ts';
import { readWaiting } from '../proposals/read-waiting.ts';
import { readLeases } from '../locks/read-leases.ts';
import { currentBranch, identify } from '../session/identify.ts';
import { readTasks } from '../tasks/read-tasks.ts';
import { requirePolicy, withSession } from '../session/session.ts';

/** What an agent is told at the start of a session; null where there is no policy. */
export function describeSession(host: Host, { top }: WorktreeAt): Promise<string | null> {
  const inside = { ...host, cwd: top, environment: withoutRepository(host.environment) };
  return withSession(inside, async (session) => {
    if (session.policy === null) return null;
    const guarded = requirePolicy(session);
    const { ownership, source } = guarded.policy;
    const { location } = session.workspace;
    const agent = agentOf(identify(guarded, {}));
    const leases = await leasesFor(guarded, agent, await readLeases(session.reader, ownership));
    const now = host.now();
    const held = [...leases].flatMap(([name, lease]) =>
      lease !== null && !(lease instanceof Failure) && leaseState(lease, now, 0) === 'held'
        ? [[name, lease] as const]
        : [],
    );
    return sessionText({
      ownership,
      source: source.ref,
      agent,
      worktree: top,
      branch: currentBranch(host, location),
      held: new Map(held),
      waiting: (await readWaiting(guarded)).waiting,
      tasks: tasksNow((await readTasks(guarded)).tasks),
      program: programName({ ...host, cwd: top }),
    });
  });
}
