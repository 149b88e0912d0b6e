import { type BranchName, branchRef, type Oid, type RefName } from '../../domain/refs.ts';
import type { FleetBranch } from './status-subject.ts';
import { tipExtent, type Tips } from './tip-extent.ts';

/** What a worktree has checked out; null for what a bare one or an unborn branch does not have. */
export interface CheckedOut {
  readonly ref: RefName | null;
  readonly head: Oid | null;
}

/** Branches that have something to land: those of agents, and those in worktrees. Sorted. */
export function openRefs(
  base: BranchName,
  worktrees: readonly CheckedOut[],
  branches: readonly FleetBranch[],
  tips: Tips,
): RefName[] {
  const isOpen = (oid: Oid): boolean => (tipExtent(tips.get(oid))?.ahead ?? 0) > 0;
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
  branches: readonly FleetBranch[],
  inWorktrees: ReadonlySet<BranchName | null>,
  tips: Tips,
): { readonly open: readonly FleetBranch[]; readonly landed: readonly FleetBranch[] } {
  const outside = branches.filter(({ branch }) => !inWorktrees.has(branch));
  const isLanded = ({ oid }: FleetBranch): boolean => tipExtent(tips.get(oid))?.ahead === 0;
  return { open: outside.filter((each) => !isLanded(each)), landed: outside.filter(isLanded) };
}
