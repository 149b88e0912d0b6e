import { identifyPullRequest } from '../../core/identity/identify-pull-request.ts';
import type { Finding } from '../../domain/finding.ts';
import { agentOf } from '../../domain/identity.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { Oid } from '../../domain/refs.ts';
import type { BranchChanges } from '../guard/branch-changes.ts';
import { type PlaceOfBranch, renamePlace } from '../guard/branch-place.ts';
import { judgeBumps } from '../semantics/judge-bumps.ts';
import { judgeHistory } from '../semantics/judge-history.ts';
import { judgeMigrations } from '../semantics/judge-migrations.ts';
import { judgeNames } from '../semantics/judge-names.ts';
import { judgeVersions } from '../semantics/judge-versions.ts';
import type { BringContents } from '../semantics/search-names.ts';
import type { PolicySession } from '../session/session.ts';

/** A pull request that is judged, and where it can be put right. */
export interface JudgedRequest {
  readonly pullRequest: PullRequest;
  readonly against: { readonly name: string; readonly tip: Oid };
  readonly when: 'landed' | 'open';
  readonly place: PlaceOfBranch;
  /** Fetches contents that are not here. */
  readonly bring: BringContents;
}

/** What breaks although it merges, and the form; of what has landed only the first. */
export async function judgeBesides(
  session: PolicySession,
  { changes, before, made, mergeBase }: BranchChanges,
  { pullRequest, against, when, place, bring }: JudgedRequest,
): Promise<Finding[]> {
  const { branch, head } = pullRequest;
  const agent = agentOf(identifyPullRequest(session.policy.ownership, pullRequest).identity);
  const names = { agent, branch: branch ?? head, base: against.name };
  const migrations = await judgeMigrations(
    session,
    { changes, before, ...(made && { made }) },
    { ...names, placeOf: () => Promise.resolve(renamePlace(place)) },
  );
  if (when === 'landed') return migrations;
  const request = pullRequest.number > 0 ? pullRequest : null;
  let began: Promise<Oid> | null = null;
  const since = { fork: () => (began ??= mergeBase()), base: against.tip, head, bring };
  const history = { base: against.tip, head, branch, changes, request };
  return [
    ...migrations,
    ...(await judgeHistory(session, history, names)),
    ...(await judgeNames(session, since, names)),
    ...(await judgeVersions(session, since, agent)),
    ...(await judgeBumps(
      session,
      { changes, before, ...(made && { made }) },
      { agent, branch: names.branch, base: against.tip, bring },
    )),
  ];
}
