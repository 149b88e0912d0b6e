import { join } from 'node:path';
import { stopText } from '../../core/harness/stop-text.ts';
import { tasksNow } from '../../core/tasks/tasks-now.ts';
import { leaseState } from '../../core/locks/lease.ts';
import { Failure } from '../../domain/failure.ts';
import { agentOf } from '../../domain/identity.ts';
import type { AgentId, LockName } from '../../domain/ids.ts';
import type { LeaseReading } from '../../domain/lock.ts';
import { parseOid } from '../../domain/refs.ts';
import { worktreeStatePaths } from '../../git/worktree/state-paths.ts';
import { workTreeStatus } from '../../git/worktree/status.ts';
import { digest } from '../../host/digest.ts';
import { type Host, withoutRepository } from '../../host/host.ts';
import { programName } from '../../host/program.ts';
import type { WorktreeAt } from '../../host/worktree-at.ts';
import { knownBranches } from '../guard/work/follow-locks.ts';
import { openWork } from '../guard/work/locked-work.ts';
import { readWaiting } from '../proposals/read-waiting.ts';
import { readLeases } from '../locks/read-leases.ts';
import { identify } from '../session/identify.ts';
import { type PolicySession, requirePolicy, withSession } from '../session/session.ts';
import { readTasks } from '../tasks/read-tasks.ts';
import { judgeChanges } from '../status/judge-changes.ts';

/** What was said the last time, so that the same is never said twice in a row. */
const toldFile = (worktree: WorktreeAt): string => worktreeStatePaths(worktree).told;

/**
 * What an agent is told when it stops; null when there is nothing, or nothing new: a harness that
 * does not say that it was told before would otherwise never let it stop.
 */
export function describeLeftovers(host: Host, worktree: WorktreeAt): Promise<string | null> {
  const { top } = worktree;
  const inside = { ...host, cwd: top, environment: withoutRepository(host.environment) };
  return withSession(inside, async (session) => {
    if (session.policy === null) return null;
    const guarded = requirePolicy(session);
    const { repo, location } = session.workspace;
    const identity = identify(guarded, {});
    const agent = agentOf(identity);
    if (agent === null) return null;
    const [status, leases, head] = await Promise.all([
      workTreeStatus(repo),
      readLeases(session.reader, guarded.policy.ownership),
      session.reader.read('HEAD^{commit}'),
    ]);
    const merging = host.files.exists(join(location.gitDirectory, 'MERGE_HEAD'));
    const oid = head && parseOid(head.oid);
    const tree = { repo, location, status, identity, head: oid, merging };
    const { changes } = await judgeChanges(guarded, tree);
    const outside = changes.outside.filter(({ severity }) => severity === 'error');
    const text = stopText({
      agent,
      outside,
      locks: await unusedLocks(guarded, agent, heldBy(agent, leases, host.now())),
      waiting: (await readWaiting(guarded)).waiting,
      tasks: tasksNow((await readTasks(guarded)).tasks),
      program: programName({ ...host, cwd: top }),
    });
    return news(host, worktree, text);
  });
}

const heldBy = (
  agent: AgentId,
  leases: ReadonlyMap<LockName, LeaseReading>,
  now: number,
): LockName[] =>
  [...leases].flatMap(([name, lease]) =>
    lease !== null &&
    !(lease instanceof Failure) &&
    lease.holder === agent &&
    leaseState(lease, now, 0) === 'held'
      ? [name]
      : [],
  );

/** Those under which nothing was committed: what waits to land keeps its lock, and what has landed frees it. */
async function unusedLocks(
  session: PolicySession,
  agent: AgentId,
  held: readonly LockName[],
): Promise<LockName[]> {
  if (held.length === 0) return [];
  const { base, branches } = await knownBranches(session);
  if (base === null) return [...held];
  const unused: LockName[] = [];
  for (const part of session.policy.ownership.shared.filter(({ name }) => held.includes(name))) {
    const { open, done } = await openWork(session, {
      part,
      base,
      branches: branches.get(agent) ?? [],
    });
    if (open.length + done.length === 0) unused.push(part.name);
  }
  return unused;
}

function news({ files }: Host, worktree: WorktreeAt, text: string | null): string | null {
  const path = toldFile(worktree);
  const before = files.read(path)?.toString() ?? null;
  if (text === null) {
    if (before !== null) files.remove(path);
    return null;
  }
  const now = digest(text);
  if (before === now) return null;
  files.write(path, now);
  return text;
}
