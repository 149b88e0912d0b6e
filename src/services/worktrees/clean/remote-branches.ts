import { type BranchName, branchRef, type Oid } from '../../../domain/refs.ts';
import { Remote } from '../../../git/remote/remote.ts';
import { isAncestor } from '../../../git/refs/refs.ts';
import { requireBase } from '../../session/policy.ts';
import type { PolicySession } from '../../session/session.ts';
import { REMOTE } from '../../state/push-refs.ts';
import type { LandedBranch } from './find-landed.ts';

/** The branches that may go from the remote, and why the others stay. */
export interface RemoteBranches {
  readonly remote: Remote | null;
  readonly going: ReadonlyMap<BranchName, Oid>;
  /** By branch. */
  readonly kept: ReadonlyMap<BranchName, string>;
}

/**
 * Asks the remote itself: its base has to have everything that was judged by, and a branch has to be
 * where it was judged.
 */
export async function remoteBranches(
  session: PolicySession,
  landed: readonly LandedBranch[],
): Promise<RemoteBranches> {
  const { workspace, policy } = session;
  const wanted = landed.filter(({ remote }) => remote !== null);
  const remote = wanted.length === 0 ? null : await Remote.open(workspace.repo, REMOTE);
  if (remote === null) return { remote, going: new Map(), kept: new Map() };
  const base = branchRef(policy.ownership.base);
  const listed = await remote.list(base, ...wanted.map(({ branch }) => branchRef(branch)));
  const keepAll = (why: string): RemoteBranches => ({
    remote,
    going: new Map(),
    kept: new Map(wanted.map(({ branch }) => [branch, why])),
  });
  if (!listed.ok) return keepAll(`${REMOTE} does not answer (${listed.error})`);
  const tip = listed.value.get(base);
  const judged = requireBase(policy).commit;
  if (tip === undefined || !(await isAncestor(workspace.repo, judged, tip).catch(() => false)))
    return keepAll(`${REMOTE} has another ${policy.ownership.base} than this clone knows`);
  const going = new Map<BranchName, Oid>();
  const kept = new Map<BranchName, string>();
  for (const { branch, remote: at } of wanted) {
    const now = listed.value.get(branchRef(branch));
    if (now === at!.at) going.set(branch, now);
    else if (now !== undefined) kept.set(branch, `${branch} has moved on ${REMOTE}`);
  }
  return { remote, going, kept };
}
