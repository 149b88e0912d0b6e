import type { Ownership } from '../../domain/ownership.ts';
import { branchRef, type Oid, type RefName } from '../../domain/refs.ts';
import type { FleetReading, FleetBranch } from './read-fleet.ts';
import type { Tips } from './read-tips.ts';
import type { WorktreeSubject, WorktreeReading } from './read-worktree.ts';

/** Branches that have something to land: those of agents, and those in worktrees. Sorted. */
export function openRefs(
  { base }: Ownership,
  { worktrees, branches }: FleetReading,
  tips: Tips,
): RefName[] {
  const isOpen = (oid: Oid): boolean => (aheadOf(tips, oid) ?? 0) > 0;
  const own = branches.filter(({ oid }) => isOpen(oid)).map(({ branch }) => branchRef(branch));
  const inWorktrees = worktrees.flatMap(({ ref, head }) =>
    ref !== null && head !== null && isOpen(head) ? [ref] : [],
  );
  const refs = new Set([...own, ...inWorktrees]);
  refs.delete(branchRef(base));
  return [...refs].sort();
}

/** Agents' branches that are in no worktree; those with nothing left to land apart. */
export function branchesOutside(
  { branches }: FleetReading,
  worktrees: readonly WorktreeReading[],
  tips: Tips,
): { readonly open: readonly FleetBranch[]; readonly landed: readonly FleetBranch[] } {
  const taken = new Set(worktrees.map(({ branch }) => branch));
  const outside = branches.filter(({ branch }) => !taken.has(branch));
  const isLanded = ({ oid }: FleetBranch): boolean => aheadOf(tips, oid) === 0;
  return { open: outside.filter((each) => !isLanded(each)), landed: outside.filter(isLanded) };
}

/** Null when it could not be found out. */
function aheadOf(tips: Tips, oid: Oid): number | null {
  const tip = tips.get(oid);
  return tip === undefined || typeof tip === 'string' ? null : tip.ahead;
}

/** A branch as a row: nothing but its name says whose it is. */
export function branchSubject({ branch, oid, agents }: FleetBranch): WorktreeSubject {
  const claims = agents.map((agent) => {
    return { source: 'branch', from: `branch ${branch}`, agent } as const;
  });
  const [agent] = agents;
  const known = agents.length === 1 && agent !== undefined;
  return {
    worktree: null,
    branch,
    head: oid,
    identity: known
      ? { kind: 'agent', agent, strength: 'asserted', claims }
      : { kind: 'mismatch', claims },
    failure: null,
    strange: null,
    unstage: null,
  };
}
