import { madeUnderLock } from '../../../core/locks/made-under-lock.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { type Lease, lockRef } from '../../../domain/lock.ts';
import type { SharedPart } from '../../../domain/ownership.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import { commitsAhead } from '../../../git/history/commits-ahead.ts';
import type { DatedCommit } from '../../../git/history/commit-changes.ts';
import { firstParents } from '../../../git/history/first-parents.ts';
import { readStateText } from '../../../git/objects/read-states.ts';
import { readTip } from '../../../git/refs/read-tip.ts';
import { leasePlace } from '../../locks/lease-place.ts';
import type { PolicySession } from '../../session/session.ts';
import { parseState } from '../../state/state-place.ts';
import { outcomeOf, partChanges } from './part-changes.ts';

/** States of a lock looked back at. */
const FAR_BACK = 200;

/** A branch of an agent that does not hold the lock now. */
export interface BranchInPart {
  readonly agent: AgentId;
  readonly part: SharedPart;
  readonly lease: Lease | null;
  readonly base: Oid;
  readonly head: Oid;
}

/**
 * The paths of a part that a branch changed while its agent held the lock, and in no other commit.
 * None where another's change of the part has landed since: that one has to be looked at first.
 */
export async function coveredPaths(
  session: PolicySession,
  { agent, part, lease, base, head }: BranchInPart,
): Promise<ReadonlySet<RepoPath>> {
  const commits = await partChanges(session, part, base, head);
  if (commits.length === 0) return new Set();
  const left = await leftCommits(session, agent, lease, base);
  const rest = commits.filter(({ commit }) => !left.has(commit));
  const timed =
    rest.length === 0
      ? new Set<DatedCommit>()
      : madeUnderLock(await historyOf(session, part), agent, rest, part);
  const under = commits.filter((one) => left.has(one.commit) || timed.has(one));
  if (under.length === 0 || (await landedBetween(session, part, under, base, commits)))
    return new Set();
  const others = new Set(
    commits
      .filter((one) => !under.includes(one))
      .flatMap(({ changes }) => changes.map(({ path }) => path)),
  );
  const paths = under.flatMap(({ changes }) => changes.map(({ path }) => path));
  return new Set(paths.filter((path) => !others.has(path)));
}

/** What the agent had made when it gave the lock back, as the lock remembers it. */
async function leftCommits(
  { workspace, reader }: PolicySession,
  agent: AgentId,
  lease: Lease | null,
  base: Oid,
): Promise<ReadonlySet<Oid>> {
  const heads: Oid[] = [];
  for (const one of lease?.left ?? [])
    if (one.agent === agent && (await reader.read(one.head, 0)) !== null) heads.push(one.head);
  if (heads.length === 0) return new Set();
  return new Set((await commitsAhead(workspace.repo, base, heads)).map(([commit]) => commit));
}

/** The states of a lock, newest first, as far as they can be read. */
async function historyOf(
  { reader, workspace }: PolicySession,
  { name }: SharedPart,
): Promise<Lease[]> {
  const tip = await readTip(reader, lockRef(name));
  if (tip === null) return [];
  const states = await firstParents(workspace.repo, tip, FAR_BACK);
  const leases: Lease[] = [];
  for (const state of states) {
    const read = parseState(leasePlace(name), await readStateText(reader, state));
    if (!read.ok) break;
    leases.push(read.value);
  }
  return leases;
}

/** Whether the base got a change of the part since the oldest of these commits that is not of this branch. */
async function landedBetween(
  session: PolicySession,
  part: SharedPart,
  under: readonly DatedCommit[],
  base: Oid,
  all: readonly DatedCommit[],
): Promise<boolean> {
  const own = new Set(all.flatMap(({ changes }) => changes.map(outcomeOf)));
  const landed = await partChanges(session, part, under.at(-1)!.commit, base);
  return landed.some(({ changes }) => changes.some((change) => !own.has(outcomeOf(change))));
}
