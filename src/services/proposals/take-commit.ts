import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Oid } from '../../domain/refs.ts';
import type { RequestId } from '../../domain/states/change-request.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { resolveCommit } from '../../git/refs/resolve.ts';
import { fastForward, fastForwardObstacle } from '../../git/worktree/fast-forward.ts';
import type { PolicySession } from '../session/session.ts';

/** @throws Failure `usage` when moving to the commit would overwrite what is not committed here */
export async function requireAddable(
  { workspace: { repo } }: PolicySession,
  commit: Oid,
): Promise<void> {
  const words = await fastForwardObstacle(repo, commit);
  if (words === null) return;
  throw new Failure('usage', `what is not committed here is in the way: ${words}`, [
    hintTo('set it aside without losing it', 'git stash push -u'),
  ]);
}

/** Moves the branch that is checked out to the commit, unless it has it already. */
export async function takeCommit(
  { workspace: { repo } }: PolicySession,
  commit: Oid,
  id: RequestId,
): Promise<void> {
  const head = await resolveCommit(repo, 'HEAD');
  if (head !== null && (await isAncestor(repo, commit, head))) return;
  const words = await fastForward(repo, commit);
  if (words === null) return;
  throw new Failure('git', `request ${id} is accepted, and its commit is not here yet: ${words}`, [
    hintTo('add it', `git cherry-pick ${commit}`),
  ]);
}
