import { LOCK_REFS } from '../../domain/lock.ts';
import { type BranchName, type Oid } from '../../domain/refs.ts';
import { REQUEST_REFS } from '../../domain/states/change-request.ts';
import { HANDOFF_REFS } from '../../domain/states/handoff.ts';
import { TURN_REFS } from '../../domain/states/turn.ts';
import type { Host } from '../../host/host.ts';
import { handoffPlace } from '../handoffs/handoff-place.ts';
import { checked, pointAtAnchor, tipOf, trackingRef } from '../remote/anchor.ts';
import { fetchPolicies } from '../remote/contents.ts';
import { EVERY_RECEIPT } from '../remote/receipts.ts';
import { type RemoteCopy, type Wanted, withRemoteCopy } from '../remote/remote-copy.ts';
import { type Session, withSession } from '../session/session.ts';
import { readState } from '../state/state-place.ts';
import type { GateOptions } from './gate-options.ts';
import { readTipTree } from '../../git/refs/read-tip.ts';

/** What judging in CI needs: the copy, and a session in it that has read the policy of the base. */
export interface OpenGate<S extends Session = Session> {
  readonly copy: RemoteCopy;
  readonly session: S;
  /** See `GateOptions`. */
  readonly reviewsOf: GateOptions['reviewsOf'];
}

/**
 * Fetches the branch the policy is on, the target, what is judged, the locks and the requests, all at once, and
 * opens a session there.
 *
 * @param commits what is judged, by id
 */
export const withGate = <T>(
  host: Host,
  { source, anchor, reviewsOf }: Pick<GateOptions, 'anchor' | 'reviewsOf' | 'source'>,
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
      { from: `${HANDOFF_REFS}*`, to: `${HANDOFF_REFS}*` },
      { from: `${TURN_REFS}*`, to: `${TURN_REFS}*` },
      EVERY_RECEIPT,
    ]);
    pointAtAnchor(copy, anchor);
    const tips = await Promise.all(branches.map((branch) => tipOf(copy, trackingRef(branch))));
    for (const tip of tips) await copy.reach(tip, commits);
    await fetchPolicies(copy, [...tips, ...commits]);
    return withSession(copy.host, async (session) => {
      const gate = { copy, session: checked(session, anchor), reviewsOf };
      await fetchPasses(gate);
      return work(gate);
    });
  });

/** The branches that agents have handed off which others come after: there their passes are looked for. */
async function fetchPasses({ copy, session }: OpenGate): Promise<void> {
  const { policy, reader } = session;
  if (policy === null) return;
  const before = new Set([...policy.ownership.agents.values()].flatMap(({ after }) => after));
  const reads = await Promise.all([...before].map((id) => readState(reader, handoffPlace(id))));
  const handoffs = reads.flatMap((read) => (read.ok && read.value?.passed ? [read.value] : []));
  if (handoffs.length === 0) return;
  await copy.fetch(
    handoffs.map(({ branch }) => ({
      from: `refs/heads/${branch}`,
      to: trackingRef(branch),
      optional: true,
    })),
  );
  for (const { branch, passed } of handoffs) {
    const tip = await readTipTree(reader, trackingRef(branch));
    if (tip !== null) await copy.reach(tip.commit, [passed!.commit]);
  }
}
