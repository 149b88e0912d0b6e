import type { ForeignMerge } from '../../../core/guard/foreign-merge.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { branchOf } from '../../../domain/refs.ts';
import type { ChangeRequest } from '../../../domain/states/change-request.ts';
import { readRequests } from '../../requests/read-requests.ts';
import type { PolicySession } from '../../session/session.ts';
import type { CountRequests } from '../changes-to-judge.ts';

/** Who merges whose branch. */
interface Merging {
  readonly agent: AgentId;
  readonly branch: string | null;
  /** Whether a request counts; the gate may want more than its ref says. */
  readonly counts?: CountRequests | undefined;
}

/**
 * Marks the commits that an agent has taken in because their owner asked it for a change with them. Read
 * only where something was found, on the way to a refusal.
 *
 * @param open whether a request that waits for this agent is enough: who merges is about to answer it
 */
export async function withRequests<Merge extends Pick<ForeignMerge, 'owners' | 'ref'>>(
  session: PolicySession,
  { agent, branch, counts }: Merging,
  merges: readonly Merge[],
  open = false,
): Promise<Merge[]> {
  if (merges.length === 0) return [...merges];
  const { requests } = await readRequests(session);
  const fits = requests.filter(
    ({ withBranch, applied, status, to }) =>
      withBranch &&
      (applied !== null
        ? applied.branch === branch
        : open && status === 'open' && to.includes(agent)),
  );
  // Whose commits they are has to agree: it is the asker whose word counts here, not the decider's.
  const asked = fits.map((request): ChangeRequest => ({
    ...request,
    decided: request.decided && { ...request.decided, by: request.from },
  }));
  const isCounted = counts && fits.length > 0 ? await counts(asked) : () => true;
  return merges.map((merge) => {
    const name = branchOf(merge.ref.replace(/^refs\/remotes\/[^/]+\//, 'refs/heads/'));
    const request = fits.find(
      (each) => each.branch === name && merge.owners.includes(each.from) && isCounted(each),
    );
    return request === undefined ? merge : { ...merge, together: request.id };
  });
}
