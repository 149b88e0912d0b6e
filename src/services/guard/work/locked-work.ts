import { sameEntry } from '../../../domain/change.ts';
import type { AgentId } from '../../../domain/ids.ts';
import type { Lease, LockedWork, OpenWork } from '../../../domain/lock.ts';
import type { SharedPart } from '../../../domain/ownership.ts';
import { type Oid, shortRef } from '../../../domain/refs.ts';
import { commitsWithChanges, type DatedCommit } from '../../../git/history/commit-changes.ts';
import { firstParents } from '../../../git/history/first-parents.ts';
import { readCommitTree } from '../../../git/objects/read-top-file.ts';
import { TreeReader } from '../../../git/objects/trees.ts';
import type { PolicySession } from '../../session/session.ts';
import { branchChanges } from '../branch-changes.ts';
import { whoMade } from '../foreign/who-made.ts';
import type { AgentBranch } from './agent-branches.ts';
import { isOfPart, newestOutcomes, outcomeOf, partChanges } from './part-changes.ts';

/** Of the base's own line, how much is looked at to tell what landed by itself. */
const FAR_BACK = 2000;

/** A lock that somebody holds, and the holder's branches. */
export interface HeldPart {
  readonly part: SharedPart;
  readonly lease: Lease & { readonly holder: AgentId };
  readonly branches: readonly AgentBranch[];
  /** What everything lands on, as far as it is known. */
  readonly base: Oid;
}

/**
 * How far the work is that a lock covers. Open is what landing a branch would still change; landed, that
 * a branch of the holder changed the part since the lock was taken and all of it is in the base. What
 * cannot be told is neither, so that the lease alone decides.
 */
export async function lockedWork(session: PolicySession, held: HeldPart): Promise<LockedWork> {
  const { base } = held;
  const { open, done } = await openWork(session, held);
  const since = held.lease.base ?? null;
  if (open.length > 0 || since === null || since === base) return { open, landed: false };
  if ((await session.reader.read(since, 0)) === null) return { open, landed: false };
  // Without a change of the part in the base nothing has landed, whatever branches look like.
  const inBase = await partChanges(session, held.part, since, base);
  if (inBase.length === 0) return { open, landed: false };
  const there = new Set(inBase.flatMap(({ changes }) => changes.map(outcomeOf)));
  const copied = done.some(({ changes }) => changes.some((change) => there.has(outcomeOf(change))));
  return { open, landed: copied || (await isInHistory(session, held, { since, base, inBase })) };
}

/** What an agent's branches changed of a part: what is still to land, and what the base has of them. */
export async function openWork(
  session: PolicySession,
  { part, branches, base }: Pick<HeldPart, 'base' | 'branches' | 'part'>,
): Promise<{ readonly open: readonly OpenWork[]; readonly done: readonly DatedCommit[] }> {
  const open: OpenWork[] = [];
  const done: DatedCommit[] = [];
  for (const branch of branches) {
    const commits = await partChanges(session, part, base, branch.head);
    if (commits.length === 0) continue;
    if (await isOpen(session, part, base, branch.head, commits))
      open.push({ ...branch, newest: Math.max(...commits.map(({ committed }) => committed)) });
    else done.push(...commits);
  }
  return { open, done };
}

/** Whether landing a branch would still change the part: not where the base has, or had, its very content. */
async function isOpen(
  session: PolicySession,
  part: SharedPart,
  base: Oid,
  head: Oid,
  commits: readonly DatedCommit[],
): Promise<boolean> {
  const at = await readCommitTree(session.reader, base);
  const tree = at && new TreeReader(session.reader, at.tree);
  const made = [...newestOutcomes(commits).values()];
  const left = [];
  for (const change of made)
    if (!sameEntry((await tree?.entry(change.path)) ?? null, change.after)) left.push(change);
  if (left.length === 0) return false;
  const had = new Set(
    (await partChanges(session, part, head, base)).flatMap(({ changes }) => changes.map(outcomeOf)),
  );
  if (left.every((change) => had.has(outcomeOf(change)))) return false;
  const name = shortRef(session.policy.base!.ref);
  const { changes } = await branchChanges(session, { commit: base, name }, head);
  return changes.some(({ path }) => isOfPart(part, path));
}

interface Landing {
  /** The base when the lock was taken, and now. */
  readonly since: Oid;
  readonly base: Oid;
  /** What changed the part in between. */
  readonly inBase: readonly DatedCommit[];
}

/** Whether the base got commits of the holder's branches as they were, or those of one that is gone since. */
async function isInHistory(
  session: PolicySession,
  { lease, branches }: HeldPart,
  { since, base, inBase }: Landing,
): Promise<boolean> {
  if (lease.branch !== null && !branches.some(({ branch }) => branch === lease.branch))
    return inBase.some(({ authored }) => authored + 1000 > lease.since);
  const line = new Set(await firstParents(session.workspace.repo, base, FAR_BACK));
  const changed = new Set(inBase.map(({ commit }) => commit));
  for (const { branch, head } of branches) {
    // What is on the base's own line came there by itself, or the branch only caught up with it.
    const { made } = whoMade(session, branch);
    if ([...made].some((commit) => changed.has(commit))) return true;
    if (line.has(head)) continue;
    const own = await commitsWithChanges(session.workspace.repo, since, head);
    if (own.some(({ commit }) => changed.has(commit) && !line.has(commit))) return true;
  }
  return false;
}
