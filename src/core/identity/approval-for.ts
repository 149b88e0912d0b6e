import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { Account, Review } from '../../domain/pull-request.ts';
import type { Oid } from '../../domain/refs.ts';
import { agentsOfAccount } from './identify-pull-request.ts';

/** A pull request whose reviews are counted. */
export interface ReviewedHead {
  readonly head: Oid;
  readonly author: Account;
  /** Oldest first, as GitHub lists them. */
  readonly reviews: readonly Review[];
}

/**
 * The account that approved a commit for whoever accepted a request: one that the policy lists for that
 * agent, or for a person (null) one that may push and is no agent's. The last word of each account counts,
 * about this very commit, and nobody approves what they opened themselves.
 */
export function approvalFor(
  ownership: Ownership,
  by: AgentId | null,
  { head, author, reviews }: ReviewedHead,
): Account | null {
  const last = new Map(reviews.map((review) => [review.author.id, review]));
  for (const { author: account, state, commit, trusted } of last.values()) {
    if (state !== 'approved' || commit !== head || account.id === author.id) continue;
    const agents = agentsOfAccount(ownership, account);
    if (by === null ? trusted && agents.length === 0 : agents.includes(by)) return account;
  }
  return null;
}
