import type { Change } from '../../../domain/change.ts';
import type { SharedPart } from '../../../domain/ownership.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import { commitsWithChanges, type DatedCommit } from '../../../git/history/commit-changes.ts';
import type { PolicySession } from '../../session/session.ts';

export const isOfPart = ({ paths }: Pick<SharedPart, 'paths'>, path: RepoPath): boolean =>
  paths.some((glob) => glob.matches(path));

/** What the commits that lead to `tip` and not to `base` changed of a part, newest first; none where a commit is missing. */
export async function partChanges(
  { workspace }: PolicySession,
  part: Pick<SharedPart, 'paths'>,
  base: Oid,
  tip: Oid,
): Promise<DatedCommit[]> {
  const commits = await commitsWithChanges(workspace.repo, base, tip);
  return commits.flatMap((commit) => {
    const changes = commit.changes.filter(({ path }) => isOfPart(part, path));
    return changes.length === 0 ? [] : [{ ...commit, changes }];
  });
}

/** What a change made of its path, to find the same again: mode and content. */
export const outcomeOf = ({ path, after }: Change): string =>
  `${path}\0${after === null ? '' : `${after.mode} ${after.oid}`}`;

/** What the newest of several commits made of each path. */
export function newestOutcomes(commits: readonly DatedCommit[]): ReadonlyMap<RepoPath, Change> {
  const found = new Map<RepoPath, Change>();
  for (const { changes } of commits)
    for (const change of changes) if (!found.has(change.path)) found.set(change.path, change);
  return found;
}
