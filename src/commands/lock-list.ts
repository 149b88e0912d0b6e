import { lockRow } from '../core/locks/row.ts';
import { type LockName, parseLockName } from '../domain/ids.ts';
import { type Lease, LOCK_REFS, lockRef, type SyncState } from '../domain/lock.ts';
import type { Ownership } from '../domain/ownership.ts';
import type { Oid, RefName } from '../domain/refs.ts';
import type { Repo } from '../domain/repo.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { LockListData } from '../domain/reports/lock.ts';
import { readStates } from '../git/objects/read-states.ts';
import { listRefs } from '../git/refs/refs.ts';
import { Remote } from '../git/remote/remote.ts';
import type { Host } from '../host/host.ts';
import { readLease } from '../services/locks/change-lock.ts';
import { clockNotice } from '../services/locks/notices.ts';
import { withPolicy } from '../services/session/session.ts';
import { decidingSide, readBothSides, standingOf } from '../services/state/both-sides.ts';
import { REMOTE } from '../services/state/state-store.ts';

export interface LockListOptions {
  readonly offline?: boolean;
}

/** One lock's state that counts, and how the two sides stand. */
interface Known {
  readonly oid: Oid | null;
  readonly standing: SyncState | null;
}

/**
 * Every lock the policy names and every lock there is, free or not. Moves no ref.
 *
 * @throws Failure when one of them cannot be read: a list that leaves it out would call it free.
 */
export function runLockList(host: Host, options: LockListOptions): Promise<Report<LockListData>> {
  return withPolicy(host, async (session) => {
    const { ownership, source, notices } = session.policy;
    const { repo } = session.workspace;
    const { states, silent } = await readAll(repo, options.offline === true);
    const leases = await readLeases(repo, states);
    const now = host.now();
    const locks = namesOf(ownership, states).map((name) => {
      const standing = states.get(lockRef(name))?.standing ?? null;
      return lockRow(ownership, name, leases.get(name) ?? null, now, standing);
    });
    return reportOf('lock', {
      agent: null,
      policy: source,
      findings: [],
      data: {
        verb: 'list',
        locks,
        now,
        notices: [
          ...notices,
          ...(silent === null
            ? []
            : [`${REMOTE} was not asked (${silent}): other machines may have moved on`]),
          ...[...leases.values()].flatMap((lease) => clockNotice(lease, now) ?? []),
        ],
      },
    });
  });
}

async function readAll(
  repo: Repo,
  offline: boolean,
): Promise<{ states: ReadonlyMap<RefName, Known>; silent: string | null }> {
  const remote = await Remote.open(repo, REMOTE);
  const sides = remote && !offline ? await readBothSides(repo, remote, LOCK_REFS) : null;
  if (sides?.ok) {
    const states = new Map<RefName, Known>();
    for (const side of sides.value) {
      const standing = await standingOf(repo, side);
      states.set(side.ref, { oid: decidingSide(standing, side), standing });
    }
    return { states, silent: null };
  }
  const local = await listRefs(repo, LOCK_REFS);
  const silent = sides !== null ? sides.error : remote !== null ? 'as asked by --offline' : null;
  return {
    states: new Map([...local].map(([ref, oid]) => [ref, { oid, standing: null }])),
    silent,
  };
}

async function readLeases(
  repo: Repo,
  states: ReadonlyMap<RefName, Known>,
): Promise<ReadonlyMap<LockName, Lease>> {
  const commits = [...states.values()].flatMap(({ oid }) => oid ?? []);
  if (commits.length === 0) return new Map();
  const texts = await readStates(repo, commits);
  const leases = new Map<LockName, Lease>();
  for (const [ref, { oid }] of states) {
    if (oid === null) continue;
    const lease = readLease(ref, oid, texts.get(oid) ?? null);
    leases.set(lease.name, lease);
  }
  return leases;
}

/** Sorted, each once. */
function namesOf({ shared }: Ownership, states: ReadonlyMap<RefName, Known>): LockName[] {
  const names = new Set(shared.filter(({ lock }) => lock !== 'none').map(({ name }) => name));
  for (const ref of states.keys()) {
    const name = parseLockName(ref.slice(LOCK_REFS.length));
    if (name !== null) names.add(name);
  }
  return [...names].sort();
}
