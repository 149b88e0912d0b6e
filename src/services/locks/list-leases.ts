import { Failure } from '../../domain/failure.ts';
import { parseLockName, type LockName } from '../../domain/ids.ts';
import { LOCK_REFS, type LeaseReading, type SyncState } from '../../domain/lock.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { readStates } from '../../git/objects/read-states.ts';
import { listRefs } from '../../git/refs/refs.ts';
import { Remote } from '../../git/remote/remote.ts';
import { decidingSide, readBothSides, standingOf } from '../state/both-sides.ts';
import { REMOTE } from '../state/push-refs.ts';
import { parseState } from '../state/state-place.ts';
import { leasePlace } from './lease-place.ts';

/** One lock's lease that counts, and how the two sides stand. */
export interface ListedLease {
  readonly reading: LeaseReading;
  /** Null when there is no remote, or it was not asked. */
  readonly standing: SyncState | null;
}

export interface LeaseList {
  readonly leases: ReadonlyMap<LockName, ListedLease>;
  /** Why the remote was not asked; null when it was, or there is none. */
  readonly silent: string | null;
  /** Refs that lie among the locks and cannot be one. */
  readonly strangers: readonly RefName[];
}

/** One side that counts; a failure where that cannot be said. */
interface CountingSide {
  readonly oid: Oid | Failure | null;
  readonly standing: SyncState | null;
}

/** Every lock there is, here and on the remote. Moves no ref. */
export async function listLeases(repo: Repo, offline: boolean): Promise<LeaseList> {
  const { sides, silent } = await readSides(repo, offline);
  const commits = [...sides.values()].flatMap(({ oid }) => (typeof oid === 'string' ? oid : []));
  const texts = await readStates(repo, commits);
  const leases = new Map<LockName, ListedLease>();
  const strangers: RefName[] = [];
  for (const [ref, { oid, standing }] of sides) {
    const name = parseLockName(ref.slice(LOCK_REFS.length));
    if (name === null) strangers.push(ref);
    else if (oid instanceof Failure) leases.set(name, { reading: oid, standing });
    else if (oid !== null) {
      const read = parseState(leasePlace(name), texts.get(oid)!);
      leases.set(name, { reading: read.ok ? read.value : read.error, standing });
    }
  }
  return { leases, silent, strangers };
}

async function readSides(
  repo: Repo,
  offline: boolean,
): Promise<{ sides: ReadonlyMap<RefName, CountingSide>; silent: string | null }> {
  const remote = await Remote.open(repo, REMOTE);
  const both = remote && !offline ? await readBothSides(repo, remote, LOCK_REFS) : null;
  if (both?.ok) {
    const sides = new Map<RefName, CountingSide>();
    for (const side of both.value) {
      const stands = await standingOf(repo, side);
      sides.set(
        side.ref,
        stands.ok
          ? { oid: decidingSide(stands.value, side), standing: stands.value }
          : { oid: stands.error, standing: null },
      );
    }
    return { sides, silent: null };
  }
  const local = await listRefs(repo, LOCK_REFS);
  const silent = both !== null ? both.error : remote !== null ? 'as asked by --offline' : null;
  const sides = new Map([...local].map(([ref, oid]) => [ref, { oid, standing: null }]));
  return { sides, silent };
}
