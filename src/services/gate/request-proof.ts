import { approvalFor } from '../../core/identity/approval-for.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { Oid } from '../../domain/refs.ts';
import type { RequestId } from '../../domain/states/change-request.ts';
import type { CountRequests } from '../guard/changes-to-judge.ts';
import type { PolicySession } from '../session/session.ts';
import type { OpenGate } from './open-gate.ts';

/** What counted, and what did not, said once the gate has judged. */
export interface RequestProof {
  readonly counts: CountRequests;
  /** @param opened the requests that opened a path */
  readonly notices: (opened: ReadonlySet<RequestId>) => readonly string[];
}

/**
 * Who may push may write the ref of a request. Where the policy wants a review, an acceptance therefore
 * counts only with an approving review of the very commit by an account of whoever accepted.
 *
 * @param reviewed the commit that people saw: of a merge group, its pull request's own head
 */
export function requestProof(
  { session, reviewsOf }: OpenGate<PolicySession>,
  { number, author }: Pick<PullRequest, 'author' | 'number'>,
  reviewed: Oid,
): RequestProof {
  const { ownership } = session.policy;
  const said = new Map<RequestId, string>();
  const unmet: string[] = [];
  if (ownership.requests.proof === 'none')
    return {
      counts: () => Promise.resolve(() => true),
      notices: (opened) =>
        [...opened].map((id) => `request ${id} counts by its ref, as requests.proof: none says`),
    };
  return {
    counts: async (requests) => {
      const reviews = number === 0 ? null : await reviewsOf(number);
      for (const { id, decided } of requests) {
        const who = decided?.by ?? 'a person';
        const found =
          decided === null || !reviews?.ok
            ? null
            : approvalFor(ownership, decided.by, {
                head: reviewed,
                author,
                reviews: reviews.value,
              });
        if (found !== null)
          said.set(
            id,
            `request ${id} counts: ${found.login} has approved ${reviewed.slice(0, 10)} for ${who}`,
          );
        else
          unmet.push(
            `request ${id} does not count: it says that ${who} has accepted, and no account of ${who} has approved ${reviewed.slice(0, 10)}` +
              (reviews?.ok === false ? ` (reviews could not be read: ${reviews.error})` : ''),
          );
      }
      return ({ id }) => said.has(id);
    },
    notices: (opened) => [...[...opened].flatMap((id) => said.get(id) ?? []), ...unmet],
  };
}
