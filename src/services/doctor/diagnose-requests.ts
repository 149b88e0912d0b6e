import { shellQuote } from '../../domain/text/quote.ts';
import { formatDuration } from '../../domain/text/duration.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Diagnosis } from '../../domain/reports/doctor.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';
import type { Repo } from '../../domain/repo.ts';
import { listRequests } from '../requests/list-requests.ts';
import type { Policy } from '../session/policy.ts';

/** Milliseconds after which somebody should have said something. */
const PATIENCE = 24 * 3_600_000;

type Found = Pick<Diagnosis, 'code' | 'hint' | 'message' | 'severity'>;

/** Requests that hang: nobody can read them, nobody is there to answer them, or nobody does. */
export async function diagnoseRequests(
  repo: Repo,
  policy: Policy | null,
  now: number,
): Promise<Diagnosis[]> {
  const { requests, unreadable } = await listRequests(repo, true);
  const found = [
    ...unreadable.map(({ ref, reason }): Found => ({
      code: 'request-unreadable',
      severity: 'fault',
      message: `${ref} cannot be read as a request, and opens nothing: ${reason}`,
      hint: hintTo('see what it holds', `git show --stat ${shellQuote(ref)}`),
    })),
    ...requests.flatMap(({ request }) =>
      request.status === 'open' ? openOne(request, policy, now) : [],
    ),
  ];
  return found.map((each) => ({ worktree: null, event: null, ours: false, ...each }));
}

function openOne(request: ChangeRequest, policy: Policy | null, now: number): Found[] {
  const { id, from, to, opened } = request;
  const agents = policy?.ownership.agents;
  if (agents && to.length > 0 && !to.some((each) => agents.has(each)))
    return [
      {
        code: 'request-unanswerable',
        severity: 'fault',
        message: `the request ${id} of ${from} asks ${to.join(' or ')}, whom the policy does not know any more, so nobody can answer it`,
        hint: hintTo('take it back, as its asker or a person', `bailiwick request withdraw ${id}`),
      },
    ];
  const waited = now - opened.at;
  if (waited < PATIENCE) return [];
  return [
    {
      code: 'request-waiting',
      severity: 'note',
      message: `the request ${id} of ${from} to ${to.join(' or ') || 'people'} has waited for an answer for ${formatDuration(waited)}`,
      hint: hintTo('see what is asked', `bailiwick request show ${id}`),
    },
  ];
}
