import type { GuardFacts } from '../../../core/guard/facts.ts';
import { type FollowedLease, followLease, leaseFor } from '../../../core/locks/follow-lease.ts';
import type { AgentId, LockName } from '../../../domain/ids.ts';
import type { Lease, LeaseReading } from '../../../domain/lock.ts';
import type { SharedPart } from '../../../domain/ownership.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { PolicySession } from '../../session/session.ts';
import type { BringWork } from '../changes-to-judge.ts';
import { type AgentBranch, agentBranches } from './agent-branches.ts';
import { coveredPaths } from './covered-paths.ts';
import { lockedWork } from './locked-work.ts';

/** What is judged, where it is a branch that is to land. */
export interface JudgedLandingWork {
  readonly head: Oid;
  readonly base: Oid;
  readonly bring?: BringWork | undefined;
}

/** What a hook loads late has classes of its own, so that `instanceof` tells nothing here. */
const isLease = (lease: LeaseReading): lease is Lease => lease !== null && 'fence' in lease;

const hasHolder = (lease: LeaseReading): lease is Lease & { holder: AgentId } =>
  isLease(lease) && lease.holder !== null;

/** The branches of agents, and what they land on. */
export interface KnownBranches {
  readonly base: Oid | null;
  readonly branches: ReadonlyMap<AgentId, readonly AgentBranch[]>;
}

/** As this clone knows them. */
export const knownBranches = async (session: PolicySession): Promise<KnownBranches> => ({
  base: session.policy.base?.commit ?? null,
  branches: await agentBranches(session),
});

/** A lease as the work under it makes it. */
export async function followedLease(
  session: PolicySession,
  part: SharedPart,
  lease: Lease,
  { base, branches }: KnownBranches,
): Promise<FollowedLease> {
  if (!hasHolder(lease) || base === null) return { read: lease, lease, landed: false };
  const held = { part, lease, base, branches: branches.get(lease.holder) ?? [] };
  return followLease(lease, await lockedWork(session, held), part);
}

/** The same of every lock that somebody holds, by name. */
export async function followedLeases(
  session: PolicySession,
  leases: ReadonlyMap<LockName, LeaseReading>,
): Promise<ReadonlyMap<LockName, FollowedLease>> {
  const parts = session.policy.ownership.shared.filter(({ name }) =>
    hasHolder(leases.get(name) ?? null),
  );
  if (parts.length === 0) return new Map();
  const known = await knownBranches(session);
  const found = new Map<LockName, FollowedLease>();
  for (const part of parts) {
    const lease = leases.get(part.name) as Lease;
    found.set(part.name, await followedLease(session, part, lease, known));
  }
  return found;
}

/**
 * The leases as one agent meets them: with the end that the holder's commits have put off, and free where
 * the work of another has landed.
 */
export async function leasesFor(
  session: PolicySession,
  agent: AgentId | null,
  leases: ReadonlyMap<LockName, LeaseReading>,
): Promise<ReadonlyMap<LockName, LeaseReading>> {
  const followed = await followedLeases(session, leases);
  return new Map(
    [...leases].map(([name, lease]) => {
      const work = followed.get(name);
      return [name, work === undefined ? lease : leaseFor(agent, work)];
    }),
  );
}

/**
 * What locks say once the work under them is looked at. Asked only where a lock would refuse something,
 * so that whoever holds the lock, and whoever needs none, waits for nothing.
 *
 * @param names the locks that are in the way
 */
export async function followLocks(
  session: PolicySession,
  agent: AgentId,
  {
    facts,
    names,
    landing,
  }: {
    readonly facts: GuardFacts;
    readonly names: ReadonlySet<LockName>;
    readonly landing: JudgedLandingWork | null;
  },
): Promise<GuardFacts> {
  const parts = session.policy.ownership.shared.filter(({ name }) => names.has(name));
  const holders = parts.flatMap(({ name }) => {
    const lease = facts.leases.get(name) ?? null;
    return hasHolder(lease) ? lease.holder : [];
  });
  await landing?.bring?.([...new Set([...holders, agent])], [...names]);
  const branches = holders.length === 0 ? null : await agentBranches(session);
  const base = landing?.base ?? session.policy.base?.commit ?? null;
  const leases = new Map(facts.leases);
  const covered = new Set<RepoPath>();
  for (const part of parts) {
    const lease = facts.leases.get(part.name) ?? null;
    if (lease !== null && !isLease(lease)) continue;
    const followed =
      lease === null || branches === null
        ? null
        : await followedLease(session, part, lease, { base, branches });
    const now = followed === null ? lease : leaseFor(agent, followed);
    leases.set(part.name, now);
    if (landing === null || (now?.holder === agent && facts.now < now.expires)) continue;
    const branch = { agent, part, lease, base: landing.base, head: landing.head };
    for (const path of await coveredPaths(session, branch)) covered.add(path);
  }
  return { ...facts, leases, covered };
}
