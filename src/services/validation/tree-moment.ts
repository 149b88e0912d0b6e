import { join } from 'node:path';
import { encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import type { TreeMoment } from '../../domain/validation.ts';
import { workTreeStatus } from '../../git/worktree/status.ts';
import type { Files } from '../../host/files.ts';
import { hiddenChanges } from '../layout/hidden-changes.ts';

/** A checkout to look at. */
export interface WatchedCheckout {
  /** Where git is to run: the top of the work tree. */
  readonly repo: Repo;
  /** The worktree's own. */
  readonly gitDirectory: string;
}

/**
 * What is checked out now: the commit, the branch, and everything that differs from the commit, also
 * where git was told not to look. What git ignores is left out. A file that is changed and changed back
 * between two moments is not seen.
 */
export async function treeMoment(
  files: Files,
  { repo, gitDirectory }: WatchedCheckout,
): Promise<TreeMoment> {
  const [status, hidden] = await Promise.all([
    workTreeStatus(repo),
    hiddenChanges(files, repo, gitDirectory),
  ]);
  const stampOf = (path: string): string => {
    const name = Buffer.from(encodeRepoPath(path as RepoPath)).toString();
    return files.stamp(join(repo.directory, name)) ?? 'gone';
  };
  const changed = new Map<string, string>();
  for (const { path, index } of status.tracked)
    changed.set(path, `${index?.mode} ${index?.oid} ${stampOf(path)}`);
  for (const path of [...status.unmerged, ...status.untracked, ...hidden])
    changed.set(path, stampOf(path));
  return { head: status.head, branch: status.branch, changed };
}
