import type { BoardFleet } from '../../core/board/fleet.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import { REQUEST_REFS } from '../../domain/states/change-request.ts';
import { type ListedRef, matchRefs } from '../../git/refs/match-refs.ts';
import type { Host } from '../../host/host.ts';
import { agentNames } from '../fleet/open/members.ts';
import { checked, pointAtAnchor, tipOf, trackingRef } from '../remote/anchor.ts';
import { fetchPolicies } from '../remote/contents.ts';
import { fetchFleetMigrations, fetchMergeContents } from '../remote/merge-contents.ts';
import { EVERY_RECEIPT, fetchReceipts } from '../remote/receipts.ts';
import { RECENT_RECEIPTS } from '../landing/landing-records.ts';
import { type RemoteCopy, type Wanted, withRemoteCopy } from '../remote/remote-copy.ts';
import type { Policy } from '../session/policy.ts';
import { withSession } from '../session/session.ts';
import type { BoardOptions } from './options.ts';
import { wantedHeads } from './wanted-heads.ts';

/** Everything the board is made of, fetched. */
export interface OpenBoard {
  readonly copy: RemoteCopy;
  readonly policy: Policy | null;
  /** Full names of the refs to look at, sorted. */
  readonly refs: readonly string[];
  /** What the remote did not have, each a sentence without a full stop. */
  readonly missing: readonly string[];
}

/** Fetches the base and the fleet in one go, then what merging them reads in another. */
export const withBoard = <T>(
  host: Host,
  { source, base, home, fleet: kind, land }: BoardOptions,
  fleet: BoardFleet,
  work: (board: OpenBoard) => Promise<T>,
): Promise<T> =>
  withRemoteCopy(host, source, async (copy) => {
    const every = kind === 'branches';
    const heads = wantedHeads(fleet).filter(({ to }) => !every || !to?.startsWith('refs/heads/'));
    const absent = await copy.fetch([
      { from: `refs/heads/${base}`, to: trackingRef(base) },
      ...(home === null || home === base ? [] : [optionalBase(home)]),
      ...(every ? [EVERY_BRANCH] : []),
      ...heads,
      { from: `${REQUEST_REFS}*`, to: `${REQUEST_REFS}*` },
      EVERY_RECEIPT,
    ]);
    pointAtAnchor(copy, base);
    const tip = await tipOf(copy, trackingRef(base));
    if (home !== null && home !== base) await fetchOtherBase(copy, base, home);
    const { refs: all } = await matchRefs(copy.repo, ['refs/heads/', 'refs/pull/']);
    const members = every ? await ofAgents(copy, base, tip, all, fleet) : all;
    const tips = [...new Set(members.map(({ oid }) => oid))];
    await copy.reach(tip, tips);
    await fetchMergeContents(copy, tip, tips, land);
    const policy = await withSession(copy.host, (session) =>
      Promise.resolve(checked(session, base).policy),
    );
    await fetchFleetMigrations(copy, tip, tips, policy?.ownership.migrations ?? []);
    await fetchReceipts(copy, base, RECENT_RECEIPTS);
    const refs = members.map(({ ref }) => ref).sort();
    const lost = absent.filter(({ to }) => fleet.members.has(to ?? ''));
    return work({ copy, policy, refs, missing: lost.map((one) => describe(one, fleet)) });
  });

const EVERY_BRANCH: Wanted = { from: 'refs/heads/*', to: 'refs/heads/*' };

const optionalBase = (branch: BranchName): Wanted => ({
  from: `refs/heads/${branch}`,
  to: trackingRef(branch),
  optional: true,
});

/** A board may be about another branch than the base that the policy names: the policy is read there. */
async function fetchOtherBase(copy: RemoteCopy, base: BranchName, home: BranchName): Promise<void> {
  const fetchHere = async (...branches: BranchName[]): Promise<void> => {
    const here = await matchRefs(copy.repo, branches.map(trackingRef));
    await fetchPolicies(
      copy,
      here.refs.map(({ oid }) => oid),
    );
  };
  await fetchHere(base, home);
  const named = await withSession(copy.host, ({ policy }) =>
    Promise.resolve(policy?.base === null ? policy.ownership.base : null),
  );
  if (named === null) return;
  await copy.fetch([optionalBase(named)]);
  await fetchHere(named);
}

/** Of all branches, those of agents, and those somebody has opened a pull request for. */
async function ofAgents(
  copy: RemoteCopy,
  base: BranchName,
  tip: Oid,
  all: readonly ListedRef[],
  { members }: BoardFleet,
): Promise<ListedRef[]> {
  await fetchPolicies(copy, [tip]);
  return withSession(copy.host, (session) => {
    const agents = agentNames(checked(session, base));
    const chosen = all.filter(({ ref }) => members.has(ref) || agents(ref).length > 0);
    return Promise.resolve(chosen);
  });
}

function describe({ to }: Wanted, { members }: BoardFleet): string {
  const [pullRequest] = members.get(to ?? '') ?? [];
  return `#${pullRequest?.number ?? '?'} is listed as open, and the remote does not have it`;
}
