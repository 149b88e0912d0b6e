import { branchAgents } from '../../../core/identity/branch-agent.ts';
import { Failure } from '../../../domain/failure.ts';
import { compare } from '../../../domain/finding.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { type BranchName, branchOf, type Oid } from '../../../domain/refs.ts';
import type { CleanBranch } from '../../../domain/reports/clean.ts';
import { firstParents } from '../../../git/history/first-parents.ts';
import { mergeBases } from '../../../git/history/merge-bases.ts';
import { readCommitObject } from '../../../git/objects/commit.ts';
import { matchRefs } from '../../../git/refs/match-refs.ts';
import { isAncestor } from '../../../git/refs/refs.ts';
import { branchChanges } from '../../guard/branch-changes.ts';
import { requireBase } from '../../session/policy.ts';
import type { PolicySession } from '../../session/session.ts';

const TRACKING = 'refs/remotes/origin/';
/** Commits of the base's own line in which a branch that was never worked on is looked for. */
const MOST_STEPS = 5000;

/** A branch of an agent, here or as this clone knows the remote, of which the base has everything. */
export interface LandedBranch {
  readonly branch: BranchName;
  readonly agents: readonly AgentId[];
  readonly local: { readonly at: Oid; readonly how: CleanBranch['how'] } | null;
  readonly remote: { readonly at: Oid; readonly how: CleanBranch['how'] } | null;
}

/** What is not over, though history may look so. */
export interface NotLanded {
  /** Tips whose landing was undone. */
  readonly takenBack: ReadonlySet<Oid>;
  /** Branches that are checked out somewhere. */
  readonly checkedOut: ReadonlySet<BranchName | null>;
}

/**
 * The agents' branches that have landed: merged, or squashed or rebased so that landing them would change
 * nothing. A branch on which somebody is about to begin has not, and neither has one whose commits take
 * each other back: nothing of it is on the base.
 */
export async function findLanded(
  session: PolicySession,
  { takenBack, checkedOut }: NotLanded,
): Promise<LandedBranch[]> {
  const { workspace, policy } = session;
  const base = requireBase(policy);
  const agentsOf = branchAgents(policy.ownership);
  const { refs } = await matchRefs(workspace.repo, ['refs/heads/', TRACKING]);
  const line = new Set(await firstParents(workspace.repo, base.commit, MOST_STEPS));
  const known = new Map<Oid, CleanBranch['how'] | null>();
  const found = new Map<BranchName, LandedBranch>();
  for (const { ref, oid } of refs) {
    const isHere = !ref.startsWith(TRACKING);
    const branch = branchOf(isHere ? ref : `refs/heads/${ref.slice(TRACKING.length)}`);
    const agents = branch === null || branch === policy.ownership.base ? [] : agentsOf(branch);
    if (branch === null || agents.length === 0 || takenBack.has(oid)) continue;
    // At a commit of the base's own line it may be new. Without a worktree nobody is about to begin on it.
    const isNew = isHere
      ? checkedOut.has(branch) && !wasWorkedOn(session, branch)
      : found.get(branch)?.local?.at !== oid;
    if (line.has(oid) && isNew) continue;
    if (!known.has(oid)) known.set(oid, await howLanded(session, base, oid));
    const how = known.get(oid)!;
    if (how === null) continue;
    const before = found.get(branch) ?? { branch, agents, local: null, remote: null };
    found.set(branch, { ...before, [isHere ? 'local' : 'remote']: { at: oid, how } });
  }
  return [...found.values()].sort((a, b) => compare(a.branch, b.branch));
}

/** Whether the log of a branch of this clone tells of a commit, and not only of where it was begun. */
function wasWorkedOn({ host, workspace }: PolicySession, branch: BranchName): boolean {
  const log = host.files.read(`${workspace.location.commonDirectory}/logs/refs/heads/${branch}`);
  return /\t(?:commit|cherry-pick|am|rebase|revert)[ :(]/.test(log?.toString('latin1') ?? '');
}

async function howLanded(
  session: PolicySession,
  base: { readonly commit: Oid; readonly ref: string },
  head: Oid,
): Promise<CleanBranch['how'] | null> {
  const { workspace, reader } = session;
  if (await isAncestor(workspace.repo, head, base.commit)) return 'merged';
  try {
    const [fork] = await mergeBases(workspace.repo, base.commit, head, workspace.location.shallow);
    const [from, to] = await Promise.all(
      [fork, head].map((oid) => (oid ? readCommitObject(reader, oid) : null)),
    );
    if (!from || !to || from.tree === to.tree) return null;
    const { changes } = await branchChanges(session, { commit: base.commit, name: base.ref }, head);
    return changes.length === 0 ? 'taken-over' : null;
  } catch (error) {
    // What nobody can tell has not landed.
    if (error instanceof Failure) return null;
    throw error;
  }
}
