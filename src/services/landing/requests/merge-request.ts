import type { Oid } from '../../../domain/refs.ts';
import type { GitHubAnswer } from '../../../host/github/client.ts';
import type { MergeOrder, PullRequestDesk } from '../../../host/github/pull-request-desk.ts';
import { pause } from '../../../host/pause.ts';

/** Milliseconds to wait for the host to find out whether it can merge something; it does so in the background. */
const FINDING_OUT = [0, 1000, 2000, 4000, 8000];
/** What it says where its base has just been moved. */
const TOO_EARLY = /base branch was modified/i;

/** Merges a pull request as soon as the host knows whether it can. Gives the commit the base was moved to. */
export async function mergeRequest(
  desk: PullRequestDesk,
  number: number,
  order: MergeOrder,
  signal: AbortSignal,
): Promise<GitHubAnswer<Oid>> {
  let last: GitHubAnswer<Oid> | null = null;
  for (const wait of FINDING_OUT) {
    await pause(wait);
    signal.throwIfAborted();
    const standing = await desk.standing(number);
    if (!standing.ok) return standing;
    if (standing.value.state === 'open' && standing.value.mergeable === null) continue;
    last = await desk.merge(number, order);
    if (last.ok || !TOO_EARLY.test(last.error.message)) return last;
  }
  // It may know at the moment when it is told to.
  return last ?? desk.merge(number, order);
}
