import { parseLease, serialiseLease } from '../../core/locks/lease.ts';
import type { LockTransition } from '../../core/locks/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { LockName } from '../../domain/ids.ts';
import { type Lease, lockRef } from '../../domain/lock.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import { MOST_ROUNDS, REMOTE, type StateStore } from '../state/state-store.ts';

/** What a request came to, and the lease it was judged by. */
export interface LockChange {
  readonly before: Lease | null;
  readonly transition: LockTransition;
}

/**
 * Reads a lock, decides, and writes the new lease if the lock is still as it was read; else again.
 * `decide` is told whether the remote could be asked. A dry run decides and moves nothing.
 *
 * @throws Failure when the lock's state cannot be read: that is not "free".
 */
export async function changeLock(
  store: StateStore,
  name: LockName,
  dryRun: boolean,
  decide: (lease: Lease | null, offline: boolean) => LockTransition,
): Promise<LockChange> {
  const ref = lockRef(name);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { oid, text } = await store.read(ref, dryRun);
    const before = oid === null ? null : readLease(ref, oid, text);
    const transition = decide(before, store.offline !== null);
    if (transition.kind !== 'move' || dryRun) return { before, transition };
    const written = await store.write(ref, oid, describe(transition));
    if (written === 'moved') return { before, transition };
  }
  throw new Failure('git', `the lock ${name} kept changing hands`, [
    hintTo('wait for it', `bailiwick lock acquire ${name} --wait`),
  ]);
}

/** @throws Failure with the way back when `text` is not a lease of this lock. */
export function readLease(ref: RefName, commit: Oid, text: string | null): Lease {
  const lease = text === null ? null : parseLease(text);
  if (lease?.ok && lockRef(lease.value.name) === ref) return lease.value;
  const why =
    lease === null ? 'it has no state.json' : lease.ok ? wrongName(lease.value) : lease.error;
  throw new Failure('policy', `${ref} holds no lease: ${why}`, [
    hintTo('see what it was before', `git log -p ${ref}`),
    hintTo('go back to the state before', `git update-ref ${ref} ${commit}^`),
    hintTo(
      `go back on ${REMOTE} too`,
      `git push --force-with-lease=${ref}:${commit} ${REMOTE} ${commit}^:${ref}`,
    ),
  ]);
}

const wrongName = ({ name }: Lease): string => `it is the lease of another lock, ${name}`;

function describe(transition: LockTransition & { kind: 'move' }): {
  text: string;
  subject: string;
} {
  const { action, lease } = transition;
  const who = lease.holder === null ? '' : ` by ${lease.holder}`;
  return { text: serialiseLease(lease), subject: `lock ${lease.name} ${action}${who}` };
}
