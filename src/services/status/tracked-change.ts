import { type Change, type Entry, type Mode, operationOf } from '../../domain/change.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { parseOid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { StatusChanges } from '../../domain/reports/status.ts';
import type { TrackedEntry, WorkTreeStatus } from '../../git/worktree/status.ts';
import { linkTarget } from '../../host/link-target.ts';
import { bytesOf, withoutSlash } from './untracked.ts';

/** What git prints for content nobody has hashed; no object has it. */
export const NOT_HASHED = parseOid('0'.repeat(40))!;

/**
 * A tracked path as it would be committed: as the work tree has it where that differs from the index,
 * else as the index has it.
 */
export function trackedChange(repo: Repo, entry: TrackedEntry): Change {
  const { path, head, index, unstaged } = entry;
  const after = unstaged && !vanished(entry) ? workTreeEntry(entry) : index;
  return withTarget(repo, { path, operation: operationOf(head, after), before: head, after });
}

/** Added to the index and then deleted from the work tree: only the index knows it. */
const vanished = ({ head, workTreeMode }: TrackedEntry): boolean =>
  head === null && workTreeMode === null;

const workTreeEntry = ({ workTreeMode }: TrackedEntry): Entry | null =>
  workTreeMode === null ? null : { mode: workTreeMode, oid: NOT_HASHED };

/** An untracked path as it would be added. */
export function untrackedChange(repo: Repo, listed: RepoPath): Change {
  const path = withoutSlash(listed);
  if (path !== listed) return added(path, '160000');
  const target = linkTarget(bytesOf(repo, path));
  if (target === null) return added(path, '100644');
  return { ...added(path, '120000'), target: decodeRepoPath(target) };
}

function added(path: RepoPath, mode: Mode): Change {
  const after = { mode, oid: NOT_HASHED };
  return { path, operation: operationOf(null, after), before: null, after };
}

/** Where a link in the work tree points; what is in the index is read by whoever judges it. */
function withTarget(repo: Repo, change: Change): Change {
  if (change.operation !== 'symlink' || !isNotHashed(change)) return change;
  const target = linkTarget(bytesOf(repo, change.path));
  return target === null ? change : { ...change, target: decodeRepoPath(target) };
}

/** True when only the work tree has the content. */
export const isNotHashed = ({ after }: Change): boolean => after?.oid === NOT_HASHED;

/** How much is not committed, before anything of it is judged; directories count as one file. */
export function countChanges({ tracked, unmerged, untracked }: WorkTreeStatus): StatusChanges {
  return {
    total: tracked.length + unmerged.length + untracked.length,
    staged: tracked.filter(({ staged }) => staged).length,
    unstaged: tracked.filter(({ unstaged }) => unstaged).length,
    untracked: untracked.length,
    untrackedMore: false,
    unmerged: unmerged.length,
    judged: false,
    outside: [],
  };
}
