import { join, relative } from 'node:path';
import { resolveIdentity } from '../../core/identity/resolve.ts';
import type { StatusSubject } from '../../core/status/status-subject.ts';
import { Failure } from '../../domain/failure.ts';
import { branchOf } from '../../domain/refs.ts';
import type { HookProof } from '../../domain/reports/init.ts';
import type { StatusRow, StatusWorktree } from '../../domain/reports/status.ts';
import { workTreeStatus } from '../../git/worktree/status.ts';
import { type HookCanary, statusesOf } from '../install/canary/hook-canary.ts';
import { worktreeHooks } from '../install/worktree-hooks.ts';
import type { HooksDirectories } from '../layout/hooks-directories.ts';
import type { LocatedWorktree } from '../layout/locate-worktrees.ts';
import { currentBranch, identify } from '../session/identify.ts';
import type { PolicySession } from '../session/session.ts';
import { judgeChanges } from './judge-changes.ts';
import { countChanges } from './tracked-change.ts';

/** What was found out about one worktree. */
export interface WorktreeReading extends StatusSubject {
  readonly worktree: StatusWorktree;
}

/** Reads one worktree. What cannot be decided there is said of it, and of no other. */
export async function readWorktree(
  session: PolicySession,
  located: LocatedWorktree,
  hooksOf: HooksDirectories,
  canary: HookCanary,
): Promise<WorktreeReading> {
  let reading = placeOf(session, located);
  if (located.missing) return reading;
  const { here, path, gitDirectory, ref, repo } = located;
  // What another shell has in its environment is not known here.
  const { host } = session;
  const inside = { ...host, environment: here ? host.environment : {} };
  try {
    const [hooks, status] = await Promise.all([
      hookProofs(session, located, hooksOf, canary),
      workTreeStatus(repo),
    ]);
    const location = { ...session.workspace.location, top: path, gitDirectory, head: ref };
    const worktree: StatusWorktree = {
      ...reading.worktree,
      hooks: statusesOf(hooks),
      changes: countChanges(status),
    };
    const branch = currentBranch(host, location);
    // From here on the worktree itself says who acts there, or nobody does.
    reading = { ...reading, worktree, branch, identity: { kind: 'human' } };
    const there = { ...session, host: inside, workspace: { repo, location } };
    reading = { ...reading, identity: identify(there, {}) };
    const { identity, head } = reading;
    const tree = {
      status,
      identity,
      head,
      // Also inside a rebase: what is committed next is a merge.
      merging: host.files.exists(join(gitDirectory, 'MERGE_HEAD')),
    };
    const { changes, strange, unstage } = await judgeChanges(there, tree);
    return { ...reading, worktree: { ...worktree, changes }, strange, unstage };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...reading, failure: error };
  }
}

async function hookProofs(
  { host: { files }, workspace }: PolicySession,
  { path, repo, gitDirectory, here }: LocatedWorktree,
  hooksOf: HooksDirectories,
  canary: HookCanary,
): Promise<readonly HookProof[]> {
  const found = worktreeHooks(
    files,
    { path },
    workspace.location,
    await hooksOf({ path, repo, here }),
  );
  return canary.proofs({ path, repo, gitDirectory, ...found });
}

/** What the list of worktrees says by itself. */
function placeOf(
  session: PolicySession,
  { path, head, here, ref, locked, main, missing, operation }: LocatedWorktree,
): WorktreeReading {
  const { host } = session;
  const branch = ref && branchOf(ref);
  const named = resolveIdentity(session.policy.ownership, {
    binding: null,
    branch,
    environment: {},
  });
  return {
    worktree: {
      path,
      relative: relative(host.files.resolve(host.cwd), path) || '.',
      main,
      here,
      gone: missing,
      lockedFor: locked,
      operation,
      hooks: [],
      changes: null,
    },
    branch,
    head,
    identity: named.ok ? named.value : { kind: 'human' },
    failure: null,
    strange: null,
    unstage: null,
  };
}

/** One row to be: a worktree, or a branch that is in none. */
export type WorktreeSubject = Omit<WorktreeReading, 'worktree'> & {
  readonly worktree: StatusRow['worktree'];
};
