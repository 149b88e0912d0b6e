import type { ForeignMerge } from '../../core/guard/foreign-merge.ts';
import { requestPending } from '../../core/requests/findings.ts';
import { resolveIdentity } from '../../core/identity/resolve.ts';
import type { Finding } from '../../domain/finding.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import { branchOf } from '../../domain/refs.ts';
import type { BranchChanges } from '../guard/branch-changes.ts';
import { judgeBranchChanges } from '../guard/judge-branch-changes.ts';
import { fetchContents } from '../remote/contents.ts';
import { readRequests } from '../requests/read-requests.ts';
import { missingIn } from '../requests/read-together.ts';
import type { PolicySession } from '../session/session.ts';
import type { OpenGate } from './open-gate.ts';
import { type Against, landingFacts } from './landing-facts.ts';

/**
 * What is wrong with the commits of others that a pull request brings along because the two go together:
 * they land with it, so each is judged as the branch that it is of.
 */
export async function judgeTogether(
  gate: OpenGate<PolicySession>,
  merges: readonly ForeignMerge[],
  against: Against,
): Promise<Finding[]> {
  const { session, copy } = gate;
  const found: Finding[] = [];
  for (const { ref, brought, together } of merges) {
    const branch = branchOf(ref.replace(/^refs\/remotes\/[^/]+\//, 'refs/heads/'));
    if (together === undefined || branch === null) continue;
    const { ownership } = session.policy;
    const identity = resolveIdentity(ownership, { binding: null, branch, environment: {} });
    if (!identity.ok) throw identity.error;
    const facts = await landingFacts(gate, brought, against);
    await fetchContents(copy, facts, brought, false);
    const { findings } = await judgeBranchChanges(session, identity.value, {
      against: { commit: against.tip, name: against.name },
      head: brought,
      branch,
      facts,
      placeOf: () => Promise.resolve({ place: { kind: 'branch', branch }, workTree: null }),
    });
    found.push(...findings);
  }
  return found;
}

/** What a pull request asked for with itself, and does not have. */
export async function pendingWith(
  session: PolicySession,
  { branch, own }: PullRequest,
  { changes, before }: BranchChanges,
): Promise<Finding[]> {
  if (branch === null || !own) return [];
  const { requests } = await readRequests(session);
  const bound = requests.filter((each) => each.withBranch && each.branch === branch);
  if (bound.length === 0) return [];
  const after = new Map(changes.map((change) => [change.path, change.after]));
  const missing = await missingIn(bound, (path) =>
    after.has(path) ? after.get(path)! : (before?.entry(path) ?? null),
  );
  return missing.map(requestPending);
}
