import { Failure } from '../../domain/failure.ts';
import { branchRef, type Oid, type RefName } from '../../domain/refs.ts';
import { isAskedFor, type LandingJournal } from '../../domain/states/landing-journal.ts';
import { isAncestor, readRef } from '../../git/refs/refs.ts';
import { fastForward } from '../../git/worktree/fast-forward.ts';
import { REMOTE } from '../state/push-refs.ts';
import { moveLocalRefs } from '../state/move-local-refs.ts';
import { baseWorktree } from './base-worktree.ts';
import type { LandingWork } from './landing-work.ts';

/**
 * Brings the base of this clone to where it was published, where nothing of this clone's own is in the
 * way. Whoever has it checked out with changes pulls it when it suits them.
 *
 * @returns why it stays behind, a sentence; nothing when it does not
 */
export async function leftBehind(
  work: Pick<LandingWork, 'base' | 'session'>,
  { onto, before, way }: Pick<LandingJournal, 'before' | 'onto' | 'way'>,
): Promise<string[]> {
  if (way === 'local' || onto === before) return [];
  if (isAskedFor(way)) await seenThere(work, onto);
  const why = await follow(work, onto);
  return why === null ? [] : [why];
}

/** A push says by itself where the base of the remote is now; of what a host merged, nobody has told git. */
async function seenThere(
  { session, base }: Pick<LandingWork, 'base' | 'session'>,
  to: Oid,
): Promise<void> {
  const { host, workspace } = session;
  const ref = `refs/remotes/${REMOTE}/${base}` as RefName;
  const from = await readRef(workspace.repo, ref);
  if (from === null || from === to || !(await isAncestor(workspace.repo, from, to))) return;
  await moveLocalRefs(host, workspace.repo, [{ ref, from, to }], 'land: as it was merged');
}

/** Why it stays behind; null when it does not. */
async function follow(
  { session, base }: Pick<LandingWork, 'base' | 'session'>,
  to: Oid,
): Promise<string | null> {
  const { host, workspace } = session;
  const ref = branchRef(base);
  const from = await readRef(workspace.repo, ref);
  if (from === null || from === to) return null;
  if (!(await isAncestor(workspace.repo, from, to)))
    return `${base} of this clone has commits of its own, and stays where it is`;
  try {
    const there = await baseWorktree(session, base);
    const words = there === null ? null : await fastForward(there, to);
    if (words !== null) return `${base} of this clone stays behind: ${words}`;
    if (there === null)
      await moveLocalRefs(host, workspace.repo, [{ ref, from, to }], 'land: as it was pushed');
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${base} of this clone stays behind: ${error.message}`;
  }
}
