import { missingTo, togetherPairs } from '../../core/requests/together.ts';
import type { Entry } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';
import type { TogetherPair } from '../../domain/states/together-pair.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import type { Session } from '../session/session.ts';
import { readRequests } from './read-requests.ts';

/** What of a fleet lands only together. */
export interface TogetherFacts {
  readonly pairs: readonly TogetherPair[];
  /** Branches that are not right without a request that nobody has answered. */
  readonly waiting: readonly { readonly branch: BranchName; readonly request: ChangeRequest }[];
}

/**
 * What requests say of branches that land only together, as this clone knows them: one process. What the
 * base has already is no matter any more. A request that cannot be read binds nobody.
 */
export async function readTogether(
  session: Pick<Session, 'host' | 'reader' | 'workspace'>,
  baseTree: Oid,
): Promise<TogetherFacts> {
  const { requests } = await readRequests(session);
  const bound = requests.filter(({ withBranch, branch }) => withBranch && branch !== null);
  if (bound.length === 0) return { pairs: [], waiting: [] };
  const base = new TreeReader(session.reader, baseTree);
  const missing = await missingIn(bound, (path) => base.entry(path));
  return {
    pairs: togetherPairs(missing),
    waiting: missing.flatMap((request) =>
      request.status === 'open' ? [{ branch: request.branch!, request }] : [],
    ),
  };
}

/**
 * The requests without which their branch is not right.
 *
 * @param entryAt what is there at a path
 */
export async function missingIn(
  requests: readonly ChangeRequest[],
  entryAt: (path: RepoPath) => Entry | Promise<Entry | null> | null,
): Promise<ChangeRequest[]> {
  const paths = requests.flatMap(({ applied }) => applied?.changes.map(({ path }) => path) ?? []);
  const held = new Map<RepoPath, Entry | null>();
  for (const path of new Set(paths)) held.set(path, await entryAt(path));
  return missingTo(requests, (path) => held.get(path) ?? null);
}
