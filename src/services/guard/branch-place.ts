import { relative } from 'node:path';
import type { RenamePlace } from '../../core/migrations/collision-words.ts';
import type { BranchPlace } from '../../core/guard/remedies/put-back.ts';
import { agentOf, type Identity } from '../../domain/identity.ts';
import { type BranchName, branchOf, branchRef, type Oid, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { locateWorktrees } from '../layout/locate-worktrees.ts';
import { identify } from '../session/identify.ts';
import type { PolicySession } from '../session/session.ts';
import { readTipTree } from '../../git/refs/read-tip.ts';

/** How a branch was named that is judged. */
export interface BranchNamed {
  readonly head: Oid;
  /** Whose branch the name says it is; null for what is not a branch. */
  readonly branch: BranchName | null;
  /** The ref it was named by: `HEAD`, a full ref, or null for an expression. */
  readonly local: RefName | 'HEAD' | null;
}

/** Where a branch can be changed, and with which work tree; asked for only where something is refused. */
export interface PlaceOfBranch {
  readonly place: BranchPlace;
  /** Where it is checked out; null where that is nowhere. */
  readonly workTree: Repo | null;
}

/**
 * Finds where the branch that was judged is checked out: a remedy must act on it and on no other. One
 * that another agent works on is that agent's to change.
 */
export async function branchPlace(
  session: PolicySession,
  identity: Identity,
  { head, branch, local }: BranchNamed,
): Promise<PlaceOfBranch> {
  const { host, reader, workspace } = session;
  const judged = agentOf(identity);
  const acting = agentOf(identify(session, {}));
  if (acting !== null && judged !== null && acting !== judged)
    return { place: { kind: 'foreign', agents: [judged] }, workTree: null };
  const commitOf = async (ref: string): Promise<Oid | undefined> =>
    (await readTipTree(reader, ref))?.commit;
  const { top, head: checkedOut } = workspace.location;
  const here = { place: { kind: 'here' }, workTree: workspace.repo } as const;
  const none = { place: { kind: 'none' }, workTree: null } as const;
  if (local === 'HEAD' || local === null)
    return top !== null && (await commitOf('HEAD')) === head ? here : none;
  const name = branchOf(local) ?? branch;
  if (name === null) return none;
  const at = await commitOf(branchRef(name));
  // git makes the branch from the only remote that has it.
  if (at === undefined) return { place: { kind: 'branch', branch: name }, workTree: null };
  if (at !== head) return none;
  if (top !== null && checkedOut === branchRef(name)) return here;
  const worktrees = await locateWorktrees(host, workspace);
  const found = worktrees.find(
    ({ ref, missing, bare }) => ref === branchRef(name) && !missing && !bare,
  );
  if (found === undefined) return { place: { kind: 'branch', branch: name }, workTree: null };
  const from = relative(host.files.resolve(host.cwd), found.path) || '.';
  return { place: { kind: 'worktree', relative: from }, workTree: found.repo };
}

/** Where files of a branch can be renamed, from where the branch is. */
export function renamePlace({ place }: PlaceOfBranch): RenamePlace {
  if (place.kind === 'worktree') return { kind: 'worktree', directory: place.relative };
  return place.kind === 'branch' || place.kind === 'here' ? place : { kind: 'none' };
}
