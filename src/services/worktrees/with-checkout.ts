import { join } from 'node:path';
import type { Oid } from '../../domain/refs.ts';
import { removeWorktree } from '../../git/worktree/add-remove.ts';
import { addDetached, checkOutExactly } from '../../git/worktree/detached.ts';
import { integrationPaths } from '../../git/worktree/state-paths.ts';
import { isAlive, ownProcessMark } from '../../host/process/process-mark.ts';
import { repoAt } from '../session/repo-at.ts';
import type { Session } from '../session/session.ts';
import type { WatchedCheckout } from '../validation/tree-moment.ts';

/**
 * Does something in a worktree that has nothing but a commit in it and is nobody's, and takes it away
 * again. What a run that was killed has left is removed by the next one of the same purpose.
 *
 * @param purpose what it is for, and of whom: `handoff-a1`
 * @throws Failure `git` when there is nowhere to check it out
 */
export async function withCheckout<T>(
  { host: { files }, workspace: { repo, location } }: Session,
  purpose: string,
  commit: Oid,
  act: (checkout: WatchedCheckout) => Promise<T>,
): Promise<T> {
  const all = integrationPaths(location);
  const { host, pid } = ownProcessMark();
  const isLeft = (name: string): boolean => {
    const [, of, maker] = /^(.+)-(\d+)$/.exec(name) ?? [];
    return of === purpose && !isAlive({ pid: Number(maker), host, started: null });
  };
  for (const name of files.list(all).filter(isLeft)) await remove(join(all, name));
  const path = join(all, `${purpose}-${pid}`);
  await addDetached(repo, path, commit, `${purpose}, until it is done`);
  try {
    const there = repoAt(repo, path);
    await checkOutExactly(there, commit);
    const link = files.read(join(path, '.git'))?.toString() ?? '';
    const gitDirectory = /^gitdir: (.+)\n*$/.exec(link)?.[1] ?? '';
    return await act({ repo: there, gitDirectory });
  } finally {
    await remove(path);
  }

  async function remove(old: string): Promise<void> {
    // Of one that was killed while git made it, git may know nothing.
    await removeWorktree(repo, old, true).catch(() => files.remove(old));
  }
}
