import { Failure } from '../../domain/failure.ts';
import { parseLockName, type LockName } from '../../domain/ids.ts';
import { LOCK_REFS, type LeaseReading, type SyncState } from '../../domain/lock.ts';
import type { RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { listStates } from '../state/list-states.ts';
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

/**
 * Every lock there is, here and on the remote. Moves no ref.
 *
 * @param reader one that is open already; else one is started
 */
export async function listLeases(
  repo: Repo,
  offline: boolean,
  reader?: ObjectReader,
): Promise<LeaseList> {
  const { states, silent } = await listStates(repo, LOCK_REFS, offline, reader);
  const leases = new Map<LockName, ListedLease>();
  const strangers: RefName[] = [];
  for (const [ref, { text, standing }] of states) {
    const name = parseLockName(ref.slice(LOCK_REFS.length));
    if (name === null) strangers.push(ref);
    else if (text instanceof Failure) leases.set(name, { reading: text, standing });
    else {
      const read = parseState(leasePlace(name), text);
      leases.set(name, { reading: read.ok ? read.value : read.error, standing });
    }
  }
  return { leases, silent, strangers };
}
