import { sameEntry, type Entry } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';
import type { TogetherPair } from '../../domain/states/together-pair.ts';

/** The branches that land only together: those of accepted requests that go with their branch. Sorted by request. */
export const togetherPairs = (requests: readonly ChangeRequest[]): TogetherPair[] =>
  requests
    .flatMap(({ id, withBranch, branch, applied }) =>
      withBranch && branch !== null && applied?.branch && applied.branch !== branch
        ? [{ request: id, asker: branch, owner: applied.branch }]
        : [],
    )
    .sort((a, b) => (a.request < b.request ? -1 : 1));

/**
 * The requests without which their branch is not right: asked with it, and not answered, or answered by
 * a change that is not there.
 *
 * @param held what is there at a path
 */
export const missingTo = (
  requests: readonly ChangeRequest[],
  held: (path: RepoPath) => Entry | null,
): ChangeRequest[] =>
  requests.filter(
    ({ withBranch, branch, status, applied }) =>
      withBranch &&
      branch !== null &&
      (status === 'open' ||
        (applied !== null &&
          applied.changes.some(({ path, after }) => !sameEntry(after, held(path))))),
  );
