import { parseLease } from '../../core/locks/lease.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { LockName } from '../../domain/ids.ts';
import { type Lease, lockRef } from '../../domain/lock.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readCommitTree, readTopFile } from '../../git/objects/read-top-file.ts';

/**
 * The lease of every shared part that has a lock, as this repository knows it; null where the lock
 * was never taken.
 *
 * @throws Failure when a lock's state is there and cannot be read: that is not "free".
 */
export async function readLeases(
  reader: ObjectReader,
  ownership: Ownership,
): Promise<ReadonlyMap<LockName, Lease | null>> {
  const names = ownership.shared.filter(({ lock }) => lock !== 'none').map(({ name }) => name);
  const leases = await Promise.all(names.map((name) => readLease(reader, name)));
  return new Map(names.map((name, index) => [name, leases[index]!]));
}

async function readLease(reader: ObjectReader, name: LockName): Promise<Lease | null> {
  const ref = lockRef(name);
  const at = await readCommitTree(reader, ref);
  if (at === null) return null;
  const file = await readTopFile(reader, at.tree, 'state.json');
  const lease = file && parseLease(file.data.toString());
  if (lease?.ok) return lease.value;
  const why = lease === null ? 'it has no state.json' : lease.error;
  throw new Failure('policy', `the lock ${name} cannot be read: ${why}`, [
    hintTo('see its history', `git log -p ${ref}`),
  ]);
}
