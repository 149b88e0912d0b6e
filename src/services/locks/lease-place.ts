import { parseLease, serialiseLease } from '../../core/locks/lease.ts';
import { hintTo } from '../../domain/hint.ts';
import type { LockName } from '../../domain/ids.ts';
import { type Lease, lockRef } from '../../domain/lock.ts';
import { err } from '../../domain/result.ts';
import type { StatePlace } from '../state/state-place.ts';

/** Where the lease of a lock is kept. A lease of another lock is not one of this, whoever put it there. */
export const leasePlace = (name: LockName): StatePlace<Lease> => ({
  ref: lockRef(name),
  noun: 'lease',
  parse: (text) => {
    const lease = parseLease(text);
    if (!lease.ok || lease.value.name === name) return lease;
    return err(`it is the lease of another lock, ${lease.value.name}`);
  },
  serialise: serialiseLease,
  hints: [
    hintTo('go back to what it last said', `bailiwick lock reset ${name}`),
    hintTo('see what was done to it', `git log -p ${lockRef(name)}`),
  ],
});
