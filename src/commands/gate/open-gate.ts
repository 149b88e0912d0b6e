import { Failure } from '../../domain/failure.ts';
import { LOCK_REFS } from '../../domain/lock.ts';
import { type BranchName, type Oid, parseOid } from '../../domain/refs.ts';
import { resolveCommit } from '../../git/resolve.ts';
import type { Host } from '../../host/host.ts';
import { type RemoteCopy, type Wanted, withRemoteCopy } from '../shared/remote-copy.ts';
import { type Session, withSession } from '../shared/session.ts';
import { fetchPolicies } from './blobs.ts';
import type { GateOptions } from './options.ts';

/** What judging in CI needs: the copy, and a session in it that has read the policy of the base. */
export interface Gate {
  readonly copy: RemoteCopy;
  readonly session: Session;
}

export const trackingRef = (branch: BranchName): string => `refs/remotes/origin/${branch}`;

/**
 * Fetches the branch the policy is on, the target, what is judged, and the locks, all at once, and
 * opens a session there.
 *
 * @param commits what is judged, by id
 */
export const withGate = <T>(
  host: Host,
  { source, anchor }: Pick<GateOptions, 'anchor' | 'source'>,
  target: BranchName,
  commits: readonly Oid[],
  work: (gate: Gate) => Promise<T>,
): Promise<T> =>
  withRemoteCopy(host, source, async (copy) => {
    const branches = [...new Set([anchor, target])];
    await copy.fetch([
      ...branches.map((branch): Wanted => ({
        from: `refs/heads/${branch}`,
        to: trackingRef(branch),
      })),
      ...commits.map((commit): Wanted => ({ from: commit, to: null })),
      { from: `${LOCK_REFS}*`, to: `${LOCK_REFS}*` },
    ]);
    pointAtAnchor(copy, anchor);
    const tips = await Promise.all(branches.map((branch) => tipOf(copy, trackingRef(branch))));
    for (const tip of tips) await copy.reach(tip, commits);
    await fetchPolicies(copy, [...tips, ...commits]);
    return withSession(copy.host, (session) => work({ copy, session: checked(session, anchor) }));
  });

/** Whose policy counts must not depend on which branches happen to be here. */
export const pointAtAnchor = (copy: RemoteCopy, anchor: BranchName): void =>
  copy.host.files.write(
    `${copy.repo.directory}/refs/remotes/origin/HEAD`,
    `ref: ${trackingRef(anchor)}\n`,
  );

export async function tipOf(copy: RemoteCopy, ref: string): Promise<Oid> {
  const tip = parseOid(ref) ?? (await resolveCommit(copy.repo, ref));
  if (tip === null) throw new Failure('git', `${ref} was fetched and is not here`);
  return tip;
}

/** @throws Failure when the policy names a base that was not looked at. */
export function checked(session: Session, anchor: BranchName): Session {
  const { policy } = session;
  if (policy === null || policy.base !== null) return session;
  const { base } = policy.ownership;
  throw new Failure(
    'policy',
    `the policy of ${anchor} names the base ${base}, which was not fetched`,
    [`To judge by the policy of ${base}, set the input base to ${base}`],
  );
}
