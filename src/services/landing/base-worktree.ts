import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { branchRef, type BranchName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { workTreeStatus } from '../../git/worktree/status.ts';
import { type LocatedWorktree, locateWorktrees } from '../layout/locate-worktrees.ts';
import type { Session } from '../session/session.ts';

/**
 * The worktree that has the base checked out: there alone the base may be moved, so that nobody finds
 * a work tree that takes back what has landed. Null when there is none.
 *
 * @throws Failure when what is there is in the way
 */
export async function baseWorktree(
  session: Pick<Session, 'host' | 'workspace'>,
  base: BranchName,
): Promise<Repo | null> {
  const [found, another] = await worktreesOf(session, base);
  if (found === undefined) return null;
  if (another !== undefined)
    throw new Failure('usage', `${base} is checked out in ${found.path} and in ${another.path}`, [
      hintTo('let go of it there', `git -C ${shellQuote(another.path)} switch --detach`),
    ]);
  const { path, operation, repo } = found;
  if (operation !== null)
    throw new Failure('usage', `a ${operation} is under way in ${path}, where ${base} is`, [
      hintTo('see how to end it', `git -C ${shellQuote(path)} status`),
    ]);
  const { tracked, unmerged } = await workTreeStatus(repo);
  const changed = [...unmerged, ...tracked.map((entry) => entry.path)];
  if (changed.length === 0) return repo;
  throw new Failure(
    'usage',
    `${base} is checked out in ${path}, and ${changed[0]} is changed there and not committed`,
    [hintTo('set that aside without losing it', `git -C ${shellQuote(path)} stash push`)],
  );
}

/** Those that have the base checked out, whatever is changed there; git lets it be one, unless it is forced. */
export async function worktreesOf(
  { host, workspace }: Pick<Session, 'host' | 'workspace'>,
  base: BranchName,
): Promise<LocatedWorktree[]> {
  const all = await locateWorktrees(host, workspace);
  return all.filter(({ ref, missing, bare }) => ref === branchRef(base) && !missing && !bare);
}
