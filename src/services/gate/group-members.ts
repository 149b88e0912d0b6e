import { pullRequestIn, type PullRequest } from '../../domain/pull-request.ts';
import type { Oid } from '../../domain/refs.ts';
import type { LineStep } from '../../git/history/first-parent-steps.ts';
import { mergeOnce } from '../../git/merge/merge-once.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { withTrialRepository } from '../guard/trial-repository.ts';
import { fetchLandingContents } from '../remote/merge-contents.ts';
import type { PolicySession } from '../session/session.ts';
import type { OpenGate } from './open-gate.ts';

/** One pull request as it lands: on the tip of what is in front of it. */
export interface LandingMember {
  readonly pullRequest: PullRequest;
  readonly before: Oid;
  readonly commit: Oid;
}

/**
 * Which steps of a merge group land which of its pull requests. The words of a commit only say which to
 * look at: a step counts as a pull request's when it merges that one's head, or comes to the very tree that
 * merging it does. So nobody lands work in the name of another.
 *
 * @returns the members in the order they land; those whose steps were not found are left out
 */
export async function groupMembers(
  gate: OpenGate<PolicySession>,
  steps: readonly LineStep[],
  pullRequests: readonly PullRequest[],
): Promise<LandingMember[]> {
  const members: LandingMember[] = [];
  const open = new Set(pullRequests);
  // A queue that rebases makes several commits of one pull request, none of which names it.
  let start = 0;
  for (const [at, step] of steps.entries()) {
    const { before } = steps[start]!;
    for (const pullRequest of [...open].sort(namedFirst(step))) {
      const merges = step.merged.includes(pullRequest.head);
      if (!merges && !(await comesTo(gate, before, pullRequest.head, step.commit))) continue;
      members.push({ pullRequest, before: merges ? step.before : before, commit: step.commit });
      open.delete(pullRequest);
      start = at + 1;
      break;
    }
  }
  return members;
}

const namedFirst =
  ({ subject }: LineStep) =>
  (a: PullRequest, b: PullRequest): number => {
    const named = pullRequestIn(subject);
    return Number(b.number === named) - Number(a.number === named) || a.number - b.number;
  };

/** Whether merging `head` into `before` makes the tree of `commit`. */
async function comesTo(
  { copy, session }: OpenGate<PolicySession>,
  before: Oid,
  head: Oid,
  commit: Oid,
): Promise<boolean> {
  const wanted = await readCommitTree(session.reader, commit);
  await fetchLandingContents(copy, before, head);
  return withTrialRepository(session, before, async (trial) => {
    const { tree, clean } = await mergeOnce(trial, { ours: before, theirs: head });
    return clean && tree === wanted?.tree;
  });
}
