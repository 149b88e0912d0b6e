import { agentNamed } from '../../../core/identity/resolve.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { type Oid, shortRef } from '../../../domain/refs.ts';
import { type Commit, readCommitObject } from '../../../git/objects/commit.ts';
import { workTreeStatus } from '../../../git/worktree/status.ts';
import { uncommittedTree } from '../../../git/worktree/uncommitted-tree.ts';
import { type LocatedWorktree, locateWorktrees } from '../../layout/locate-worktrees.ts';
import type { Session } from '../../session/session.ts';
import type { Lab } from '../lab/lab.ts';
import type { Base } from './base.ts';
import { agentNames, type Member, sortMembers } from './members.ts';

/** What is checked out in the worktrees, each with the work that is not committed yet. */
export async function listWorktreeMembers(
  session: Session,
  base: Base,
  lab: Lab,
): Promise<Member[]> {
  const located = await locateWorktrees(session.host, session.workspace);
  const present = located.filter(({ bare, missing, prunable }) => !bare && !missing && !prunable);
  const members: Member[] = [];
  for (const [at, worktree] of present.entries()) {
    session.host.progress('reading worktrees', at, present.length);
    const { head, ref } = worktree;
    if (head === null) continue;
    const member = await readMember(session, lab, { ...worktree, head });
    // The base checked out as it is has nothing to land.
    if (ref !== base.fullRef || member.uncommitted) members.push(member);
  }
  return sortMembers(members);
}

/** A worktree with a commit checked out. */
type Checkout = LocatedWorktree & { readonly head: Oid };

async function readMember(session: Session, lab: Lab, worktree: Checkout): Promise<Member> {
  const { head, ref } = worktree;
  const uncommitted = await readUncommitted(session, lab, worktree);
  return {
    ref: ref === null ? detachedRef(worktree) : shortRef(ref),
    oid: head,
    agent: agentIn(session, worktree),
    ...(uncommitted && { uncommitted }),
  };
}

/** How git names a HEAD that is on no branch; see gitrevisions(7) and git-worktree(1), "REFS". */
const detachedRef = ({ id }: LocatedWorktree): string =>
  id === null ? 'main-worktree/HEAD' : `worktrees/${id}/HEAD`;

/** A commit of everything, on top of HEAD; null when there is nothing to commit. */
async function readUncommitted(
  { host, reader }: Session,
  lab: Lab,
  { gitDirectory, head, repo }: Checkout,
): Promise<Commit | null> {
  const { tracked, unmerged, untracked } = await workTreeStatus(repo);
  if (tracked.length + unmerged.length + untracked.length === 0) return null;
  const index = `${lab.scratch.directory}/index`;
  // It holds what git knows of file times, so that only changed files are read.
  host.files.copy(`${gitDirectory}/index`, index);
  const tree = await uncommittedTree(repo, { ...lab.scratch.objects, GIT_INDEX_FILE: index });
  host.files.remove(index);
  const time = (await readCommitObject(reader, head))?.time ?? 0;
  const parents = [head];
  return { commit: lab.commit({ tree, parents, time }), tree, parents, time };
}

/** Whom the worktree is bound to, else whose branch it has. */
function agentIn(session: Session, { binding, ref }: LocatedWorktree): AgentId | null {
  const ownership = session.policy?.ownership;
  const bound = binding === null || !ownership ? null : agentNamed(ownership, binding);
  const agents = ref === null ? [] : agentNames(session)(ref);
  return bound ?? (agents.length === 1 ? agents[0]! : null);
}
