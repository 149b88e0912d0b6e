import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { SyncState } from '../../domain/lock.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { isAncestor, listRefs } from '../../git/refs/refs.ts';
import { resolveCommit } from '../../git/refs/resolve.ts';
import type { RemoteAnswer, Remote } from '../../git/remote/remote.ts';

/** One state as this clone and the remote have it; null where there is none. Not both are null. */
export interface BothSides {
  readonly ref: RefName;
  readonly local: Oid | null;
  readonly remote: Oid | null;
}

/**
 * Every state under `prefix` (which ends in `/`), on either side. This clone is read first: what it
 * then has and the remote has not was never pushed.
 */
export async function readBothSides(
  repo: Repo,
  remote: Remote,
  prefix: string,
): Promise<RemoteAnswer<BothSides[]>> {
  const local = await listRefs(repo, prefix);
  const listed = await remote.list(`${prefix}*`);
  if (!listed.ok) return listed;
  const refs = [...new Set([...local.keys(), ...listed.value.keys()])].sort();
  const sides = refs.map((ref) => ({
    ref,
    local: local.get(ref) ?? null,
    remote: listed.value.get(ref) ?? null,
  }));
  const fetched = await fetchMissing(repo, remote, sides);
  return fetched.ok ? ok(sides) : fetched;
}

/** Fetches the remote's objects that this clone lacks. Moves no ref. */
export async function fetchMissing(
  repo: Repo,
  remote: Remote,
  sides: readonly BothSides[],
): Promise<RemoteAnswer<null>> {
  const missing: RefName[] = [];
  for (const { ref, local, remote: theirs } of sides)
    if (theirs !== null && theirs !== local && (await resolveCommit(repo, theirs)) === null)
      missing.push(ref);
  return missing.length === 0 ? ok(null) : remote.fetchObjects(missing);
}

/**
 * How this clone's state stands to the remote's: each state's parents are its history, so one that
 * is an ancestor of the other is merely older.
 * What is not a commit has none, and counts as older than any state; on the remote that is a failure.
 */
export async function standingOf(
  repo: Repo,
  { ref, local, remote }: BothSides,
): Promise<Result<SyncState, Failure>> {
  if (local === remote) return ok('same');
  if (remote === null) return ok('ahead');
  if ((await resolveCommit(repo, remote)) === null)
    return err(
      new Failure('git', `${ref} of the remote does not name a commit (${remote})`, [
        hintTo(
          'remove it there',
          `git push --no-verify --force-with-lease=${ref}:${remote} origin :${ref}`,
        ),
      ]),
    );
  if (local === null || (await resolveCommit(repo, local)) === null) return ok('behind');
  if (await isAncestor(repo, local, remote)) return ok('behind');
  return ok((await isAncestor(repo, remote, local)) ? 'ahead' : 'diverged');
}

/** What counts: the remote decides, but for what it has not been told yet. */
export const decidingSide = (standing: SyncState, { local, remote }: BothSides): Oid | null =>
  standing === 'ahead' ? local : remote;
