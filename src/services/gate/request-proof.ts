import { approvalFor } from '../../core/identity/approval-for.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { Oid } from '../../domain/refs.ts';
import type { ChangeRequest, RequestId } from '../../domain/states/change-request.ts';
import type { CountRequests } from '../guard/changes-to-judge.ts';
import type { PolicySession } from '../session/session.ts';
import type { OpenGate } from './open-gate.ts';
import { bySignature } from './by-signature.ts';

/** What counted, and what did not, said once the gate has judged. */
export interface RequestProof {
  readonly counts: CountRequests;
  /** @param opened the requests that opened a path */
  readonly notices: (opened: ReadonlySet<RequestId>) => readonly string[];
}

/**
 * Who may push may write the ref of a request. Where the policy wants more, an acceptance counts only with
 * an approving review of the very commit by an account of whoever accepted, or with their signature.
 *
 * @param reviewed the commit that people saw: of a merge group, its pull request's own head
 */
export function requestProof(
  gate: OpenGate<PolicySession>,
  pullRequest: Pick<PullRequest, 'author' | 'number'>,
  reviewed: Oid,
): RequestProof {
  switch (gate.session.policy.ownership.requests.proof) {
    case 'none':
      return {
        counts: () => Promise.resolve(() => true),
        notices: (opened) =>
          [...opened].map((id) => `request ${id} counts by its ref, as requests.proof: none says`),
      };
    case 'review':
      return counting(async (requests) => {
        const { number, author } = pullRequest;
        const reviews = number === 0 ? null : await gate.reviewsOf(number);
        return requests.map((request) => byReview(gate, request, { author, reviewed, reviews }));
      });
    case 'signature':
      return counting((requests) => bySignature(gate, requests));
  }
}

/** Whether a request counts, and the words that say why. */
interface Counted {
  readonly counts: boolean;
  readonly words: string;
}

function counting(
  judge: (requests: readonly ChangeRequest[]) => Promise<readonly Counted[]>,
): RequestProof {
  const said = new Map<RequestId, string>();
  const unmet: string[] = [];
  return {
    counts: async (requests) => {
      const judged = await judge(requests);
      for (const [at, { id }] of requests.entries()) {
        const { counts, words } = judged[at]!;
        if (counts) said.set(id, words);
        else unmet.push(words);
      }
      return ({ id }) => said.has(id);
    },
    notices: (opened) => [...[...opened].flatMap((id) => said.get(id) ?? []), ...new Set(unmet)],
  };
}

interface Reviewed {
  readonly author: PullRequest['author'];
  readonly reviewed: Oid;
  readonly reviews: Awaited<ReturnType<OpenGate['reviewsOf']>> | null;
}

function byReview(
  { session }: OpenGate<PolicySession>,
  { id, decided }: ChangeRequest,
  { author, reviewed, reviews }: Reviewed,
): Counted {
  const who = decided?.by ?? 'a person';
  const of = reviewed.slice(0, 10);
  const found =
    decided === null || !reviews?.ok
      ? null
      : approvalFor(session.policy.ownership, decided.by, {
          head: reviewed,
          author,
          reviews: reviews.value,
        });
  if (found !== null)
    return {
      counts: true,
      words: `request ${id} counts: ${found.login} has approved ${of} for ${who}`,
    };
  return {
    counts: false,
    words:
      `request ${id} does not count: it says that ${who} has accepted, and no account of ${who} has approved ${of}` +
      (reviews?.ok === false ? ` (reviews could not be read: ${reviews.error})` : ''),
  };
}
