import type { PullRequest } from '../../domain/pull-request.ts';
import { branchRef, type BranchName } from '../../domain/refs.ts';

/**
 * A branch of this repository keeps its name, which says whose it is. One of a fork says nothing, and
 * may have the name of another.
 */
export function localRef({ own, branch, number }: PullRequest): string {
  return own && branch !== null && !UNCLEAR.test(branch) ? branchRef(branch) : pullRef(number);
}

/** What a short name that begins like this stands for would have to be guessed. */
const UNCLEAR = /^(?:HEAD$|heads\/|origin\/|pull\/|refs\/|remotes\/|tags\/)/;

export const pullRef = (number: number): string => `refs/pull/${number}/head`;

/** The full name of a ref that git abbreviated; here there are no others than these two kinds. */
export const fullRef = (short: string): string =>
  /^pull\/\d+\/head$/.test(short) ? `refs/${short}` : `refs/heads/${short.replace(/^heads\//, '')}`;

/** The pull requests to look at, and where each is kept here. */
export interface BoardFleet {
  /** By the full name of the ref here. More than one where a branch is to land on several. */
  readonly members: ReadonlyMap<string, readonly PullRequest[]>;
  readonly elsewhere: readonly PullRequest[];
}

/**
 * Sorts the open pull requests: those that land on the base, or on one that does, are the fleet.
 */
export function boardFleet(open: readonly PullRequest[], base: BranchName): BoardFleet {
  const landing = new Set<string>([base]);
  const chosen = new Set<PullRequest>();
  for (let before = -1; before < chosen.size;) {
    before = chosen.size;
    for (const pullRequest of open) {
      const { target, own, branch } = pullRequest;
      if (!landing.has(target) || (own && branch === base)) continue;
      chosen.add(pullRequest);
      if (own && branch !== null) landing.add(branch);
    }
  }
  const members = new Map<string, PullRequest[]>();
  for (const pullRequest of open) {
    if (!chosen.has(pullRequest)) continue;
    const ref = localRef(pullRequest);
    members.set(ref, [...(members.get(ref) ?? []), pullRequest]);
  }
  return { members, elsewhere: open.filter((pullRequest) => !chosen.has(pullRequest)) };
}
