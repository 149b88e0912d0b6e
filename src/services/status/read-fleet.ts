import { branchAgents } from '../../core/identity/branch-agent.ts';
import type { FleetBranch } from '../../core/status/status-subject.ts';
import { compare } from '../../domain/finding.ts';
import { type BranchName, branchOf, branchRef, type Oid, type RefName } from '../../domain/refs.ts';
import { type ListedRef, matchRefs } from '../../git/refs/match-refs.ts';
import { type LocatedWorktree, locateWorktrees } from '../layout/locate-worktrees.ts';
import type { PolicySession } from '../session/session.ts';

const REMOTE = 'refs/remotes/origin/';

/** Everything that may become a row, before it is looked at. */
export interface FleetReading {
  /** The main one first. */
  readonly worktrees: readonly LocatedWorktree[];
  /** Of the policy's agents, by name; the base is none of them. */
  readonly branches: readonly FleetBranch[];
  /** As git abbreviates it. */
  shortName(branch: BranchName): string;
  /** What `origin` has as the branch; undefined when there is no `origin`, null when it has none. */
  remoteTip(branch: BranchName): Oid | null | undefined;
  /** Refs that git cannot read. */
  readonly broken: readonly RefName[];
}

/** Lists worktrees and branches. */
export async function readFleet(session: PolicySession): Promise<FleetReading> {
  const { host, workspace, policy } = session;
  const { repo } = workspace;
  const { ownership } = policy;
  const [worktrees, { refs, broken }] = await Promise.all([
    locateWorktrees(host, workspace),
    matchRefs(repo, ['refs/heads/', REMOTE]),
  ]);
  const listed = new Map<RefName, ListedRef>(refs.map((each) => [each.ref, each]));
  const agentsOf = branchAgents(ownership);
  const branches = refs.flatMap(({ ref, oid }): FleetBranch[] => {
    const branch = branchOf(ref);
    const agents = branch === null || branch === ownership.base ? [] : agentsOf(branch);
    return branch === null || agents.length === 0 ? [] : [{ branch, oid, agents }];
  });
  const hasRemote = refs.some(({ ref }) => ref.startsWith(REMOTE));
  return {
    worktrees,
    branches: branches.sort((a, b) => compare(a.branch, b.branch)),
    shortName: (branch) => listed.get(branchRef(branch))?.short ?? branch,
    remoteTip: (branch) =>
      hasRemote ? (listed.get(`${REMOTE}${branch}` as RefName)?.oid ?? null) : undefined,
    broken,
  };
}
