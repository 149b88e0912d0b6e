import { join } from 'node:path';
import type { WatchedDirectory } from '../../host/change-watch.ts';
import type { Host } from '../../host/host.ts';

/** What changes with a commit, a stage, a switch, a merge; gitrepository-layout(5). */
const OWN = /^(?:HEAD|index|packed-refs|[A-Z]+_HEAD|rebase-merge|rebase-apply)$/;

/**
 * Where git writes when the fleet changes: the refs, and each worktree's own HEAD and index. Edits
 * of files are not among them. Read from the file system, because a watch asks again and again.
 *
 * @param commonDirectory what all worktrees share
 */
export function watchedPlaces({ files }: Host, commonDirectory: string): WatchedDirectory[] {
  const linked = join(commonDirectory, 'worktrees');
  const own = [commonDirectory, ...files.list(linked).map((name) => join(linked, name))];
  return [
    { path: join(commonDirectory, 'refs'), deep: true },
    { path: linked, deep: false },
    ...own.map((path) => ({ path, deep: false, only: OWN })),
  ];
}
