import type { LockName } from '../../domain/ids.ts';
import type { Lease, LeaseReading } from '../../domain/lock.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readState } from '../state/state-place.ts';
import { leasePlace } from './lease-place.ts';

/** The lease of every shared part that has a lock, as this repository knows it. */
export async function readLeases(
  reader: ObjectReader,
  ownership: Ownership,
): Promise<ReadonlyMap<LockName, LeaseReading>> {
  const names = ownership.shared.filter(({ lock }) => lock !== 'none').map(({ name }) => name);
  const leases = await Promise.all(names.map((name) => readState(reader, leasePlace(name))));
  return new Map(names.map((name, at) => [name, readingOf(leases[at]!)]));
}

const readingOf = (read: Awaited<ReturnType<typeof readState<Lease>>>): LeaseReading =>
  read.ok ? read.value : read.error;
