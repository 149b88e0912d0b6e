import type { AgentId } from '../../../domain/ids.ts';
import { type Oid, type RefName, shortRef } from '../../../domain/refs.ts';
import type { Repo } from '../../../domain/repo.ts';
import { type Commit, readCommitObject } from '../../../git/objects/commit.ts';
import { listWorktrees, type WorktreeEntry } from '../../../git/worktree/list.ts';
import { worktreePlaces } from '../../../git/worktree/places.ts';
import { workTreeStatus } from '../../../git/worktree/status.ts';
import { uncommittedTree } from '../../../git/worktree/uncommitted-tree.ts';
import { withoutRepository } from '../../../host/host.ts';
import { readBinding } from '../../session/identify.ts';
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
  const entries = (await listWorktrees(session.workspace.repo)).filter(
    ({ bare, head, prunable }) => !bare && head !== null && prunable === null,
  );
  const members: Member[] = [];
  for (const [at, entry] of entries.entries()) {
    session.host.progress('reading worktrees', at, entries.length);
    const member = await readWorktree(session, lab, entry, entry.head!);
    // The base checked out as it is has nothing to land.
    if (entry.branch !== base.fullRef || member.uncommitted) members.push(member);
  }
  return sortMembers(members);
}

async function readWorktree(
  session: Session,
  lab: Lab,
  entry: WorktreeEntry,
  head: Oid,
): Promise<Member> {
  const repo: Repo = {
    directory: entry.path,
    environment: withoutRepository(session.host.environment),
  };
  const { gitDirectory } = await worktreePlaces(repo);
  const ref = entry.branch === null ? detachedRef(session, gitDirectory) : shortRef(entry.branch);
  const uncommitted = await readUncommitted(session, lab, repo, gitDirectory, head);
  const agent = agentIn(session, gitDirectory, entry.branch);
  return { ref, oid: head, agent, ...(uncommitted && { uncommitted }) };
}

/** How git names a HEAD that is on no branch; see gitrevisions(7) and git-worktree(1), "REFS". */
function detachedRef({ workspace }: Session, gitDirectory: string): string {
  if (gitDirectory === workspace.location.commonDirectory) return 'main-worktree/HEAD';
  return `worktrees/${gitDirectory.slice(gitDirectory.lastIndexOf('/') + 1)}/HEAD`;
}

/** A commit of everything, on top of HEAD; null when there is nothing to commit. */
async function readUncommitted(
  { host, reader }: Session,
  lab: Lab,
  repo: Repo,
  gitDirectory: string,
  head: Oid,
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
function agentIn(session: Session, gitDirectory: string, branch: RefName | null): AgentId | null {
  const { host, policy, workspace } = session;
  const bound = readBinding(host, { ...workspace.location, gitDirectory });
  const known = [...(policy?.ownership.agents.keys() ?? [])].find((agent) => agent === bound);
  const agents = branch === null ? [] : agentNames(session)(branch);
  return known ?? (agents.length === 1 ? agents[0]! : null);
}
