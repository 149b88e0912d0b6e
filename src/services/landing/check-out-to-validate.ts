import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { TreeMoment } from '../../domain/validation.ts';
import { removeWorktree, unlockWorktree } from '../../git/worktree/add-remove.ts';
import { addDetached, checkOutExactly, removeUntracked } from '../../git/worktree/detached.ts';
import { listWorktrees } from '../../git/worktree/list.ts';
import { endGroup } from '../../host/process/end-group.ts';
import { processesIn } from '../../host/process/processes.ts';
import { repoAt } from '../session/repo-at.ts';
import { treeMoment, type WatchedCheckout } from '../validation/tree-moment.ts';
import type { Session } from '../session/session.ts';

/** Where commits are validated one after another, and who does that. */
export interface ValidationPlace {
  readonly session: Session;
  /** Absolute. */
  readonly path: string;
  /** Null until this process has validated there. */
  integration: WatchedCheckout | null;
}

/** The commit that is checked out, and what of it was already odd before anything ran. */
export interface ValidationCheckout {
  readonly watched: WatchedCheckout;
  readonly moment: TreeMoment;
}

/**
 * The worktree in which landings on a base are validated, with exactly this commit in it: detached, so
 * that no branch moves with it, and locked, so that git keeps it for the next landing.
 *
 * Only one process may call this for a place: whatever still runs there is of one that was killed.
 */
export async function checkOutToValidate(
  place: ValidationPlace,
  commit: Oid,
): Promise<ValidationCheckout> {
  const { path, session } = place;
  const { host } = session;
  await endLeftovers(path);
  const isOpen = place.integration !== null && host.files.exists(`${path}/.git`);
  const watched = isOpen ? place.integration! : await openIntegration(place, commit);
  place.integration = watched;
  // Its holder is gone, and what it was writing is written anew.
  host.files.remove(`${watched.gitDirectory}/index.lock`);
  await checkOutExactly(watched.repo, commit);
  const moment = await treeMoment(host.files, watched);
  if (moment.changed.size === 0) return { watched, moment };
  await removeUntracked(watched.repo);
  return { watched, moment: await treeMoment(host.files, watched) };
}

/** Finds it, or makes it. */
async function openIntegration(
  { path, session: { host, workspace } }: ValidationPlace,
  commit: Oid,
): Promise<WatchedCheckout> {
  const isWhole = () => host.files.exists(`${path}/.git`);
  const known = await isKnown(workspace.repo, host.files.resolve(path), isWhole);
  if (!known) await makeAnew(workspace.repo, path, commit);
  const link = host.files.read(`${path}/.git`)?.toString() ?? '';
  const gitDirectory = /^gitdir: (.+)\n*$/.exec(link)?.[1] ?? '';
  return { repo: repoAt(workspace.repo, path), gitDirectory };
}

/** Ends what a lander that was killed has left running there. */
async function endLeftovers(path: string): Promise<void> {
  for (const { pid } of (await processesIn(path)) ?? []) endGroup(pid);
}

async function isKnown(repo: Repo, path: string, isWhole: () => boolean): Promise<boolean> {
  const entry = (await listWorktrees(repo)).find((each) => each.path === path);
  return entry !== undefined && entry.prunable === null && isWhole();
}

async function makeAnew(repo: Repo, path: string, commit: Oid): Promise<void> {
  // What a kill has left of it, if anything: git knows it, or a directory is there, or both.
  await removeWorktree(repo, path, true).catch(() => unlockWorktree(repo, path).catch(() => null));
  try {
    await addDetached(repo, path, commit, 'what is to land is validated here');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure('git', `there is nowhere to validate: ${error.message}`, [
      hintTo('make room for it', `rm -rf ${shellQuote(path)} && git worktree prune`),
    ]);
  }
}
