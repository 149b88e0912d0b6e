import { Failure } from '../../../domain/failure.ts';
import { branchRef, type Oid, type RefName, shortRef } from '../../../domain/refs.ts';
import type { LandingReceipt } from '../../../domain/states/landing-receipt.ts';
import { firstParents } from '../../../git/history/first-parents.ts';
import { allRefsContaining } from '../../../git/refs/refs-containing.ts';
import { isAncestor } from '../../../git/refs/refs.ts';
import { locateWorktrees } from '../../layout/locate-worktrees.ts';
import type { Session } from '../../session/session.ts';

/** Commits of one landing that are looked through for its first. */
const MOST_COMMITS = 5000;

/**
 * Our own records name what has landed, and have to go on doing so. A stash can be applied wherever its
 * commit is.
 */
const NOBODY: readonly string[] = ['refs/bailiwick/', 'refs/stash'];

/**
 * Why the base cannot be moved back over a landing, a clause: somebody has it, or has built on it, as far as
 * this clone knows. Null where nobody has.
 *
 * @param onto where the base is
 */
export async function knownElsewhere(
  session: Pick<Session, 'host' | 'workspace'>,
  { base, before, after, way }: Pick<LandingReceipt, 'after' | 'base' | 'before' | 'way'>,
  onto: Oid,
): Promise<string | null> {
  const { host, workspace } = session;
  if (way !== 'local') return 'it did not land in this clone alone';
  if (onto !== after) return `${base} has gone on since`;
  const line = await firstParents(workspace.repo, after, MOST_COMMITS);
  const first = line[line.indexOf(before) - 1];
  if (first === undefined) return 'where it began cannot be seen';
  const refs = await refsWith(session, first);
  if (refs === null) return 'who else has it cannot be told';
  const other = refs.find(
    (ref) => ref !== branchRef(base) && !NOBODY.some((own) => ref.startsWith(own)),
  );
  if (other !== undefined) return `${shortRef(other)} has it`;
  for (const { head, path, ref } of await locateWorktrees(host, workspace))
    if (ref === null && head !== null && (await isAncestor(workspace.repo, first, head)))
      return `it is checked out in ${path}`;
  return null;
}

/** Null where git cannot look into one of them. */
async function refsWith(
  { workspace }: Pick<Session, 'workspace'>,
  commit: Oid,
): Promise<RefName[] | null> {
  try {
    return await allRefsContaining(workspace.repo, commit);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
