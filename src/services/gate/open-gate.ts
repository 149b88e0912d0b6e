import { LOCK_REFS } from '../../domain/lock.ts';
import { type BranchName, type Oid } from '../../domain/refs.ts';
import { REQUEST_REFS } from '../../domain/states/change-request.ts';
import type { Host } from '../../host/host.ts';
import { checked, pointAtAnchor, tipOf, trackingRef } from '../remote/anchor.ts';
import { fetchPolicies } from '../remote/contents.ts';
import { type RemoteCopy, type Wanted, withRemoteCopy } from '../remote/remote-copy.ts';
import { type Session, withSession } from '../session/session.ts';
import type { GateOptions } from './gate-options.ts';

/** What judging in CI needs: the copy, and a session in it that has read the policy of the base. */
export interface OpenGate<S extends Session = Session> {
  readonly copy: RemoteCopy;
  readonly session: S;
}

/**
 * Fetches the branch the policy is on, the target, what is judged, the locks and the requests, all at once, and
 * opens a session there.
 *
 * @param commits what is judged, by id
 */
export const withGate = <T>(
  host: Host,
  { source, anchor }: Pick<GateOptions, 'anchor' | 'source'>,
  target: BranchName,
  commits: readonly Oid[],
  work: (gate: OpenGate) => Promise<T>,
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
      { from: `${REQUEST_REFS}*`, to: `${REQUEST_REFS}*` },
    ]);
    pointAtAnchor(copy, anchor);
    const tips = await Promise.all(branches.map((branch) => tipOf(copy, trackingRef(branch))));
    for (const tip of tips) await copy.reach(tip, commits);
    await fetchPolicies(copy, [...tips, ...commits]);
    return withSession(copy.host, (session) => work({ copy, session: checked(session, anchor) }));
  });
