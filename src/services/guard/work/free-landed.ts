import { freeAfterLanding, type LockTransition } from '../../../core/locks/transitions.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Lease } from '../../../domain/lock.ts';
import type { FreedLock } from '../../../domain/reports/sync.ts';
import { leasePlace } from '../../locks/lease-place.ts';
import { readLeases } from '../../locks/read-leases.ts';
import type { PolicySession } from '../../session/session.ts';
import { changeState } from '../../state/change-state.ts';
import { StateStore } from '../../state/state-store.ts';
import { followedLease } from './follow-locks.ts';
import { branchesNow } from './branches-now.ts';

/** A lock whose holder's work has landed, and what was read of it. */
export interface LandedLease extends FreedLock {
  readonly lease: Lease;
}

/** The locks whose holders' work has landed, as this clone knows them. */
export async function landedLeases(session: PolicySession): Promise<LandedLease[]> {
  const { policy, reader } = session;
  const leases = await readLeases(reader, policy.ownership);
  const held = policy.ownership.shared.flatMap((part) => {
    const lease = leases.get(part.name) ?? null;
    if (lease === null || lease instanceof Failure || lease.holder === null) return [];
    return [{ part, lease, holder: lease.holder }];
  });
  if (held.length === 0) return [];
  const known = await branchesNow(
    session,
    held.map(({ holder }) => holder),
  );
  const landed: LandedLease[] = [];
  for (const { part, lease, holder } of held)
    if ((await followedLease(session, part, lease, known)).landed)
      landed.push({ name: part.name, holder, lease });
  return landed;
}

/**
 * Gives back every lock whose holder's work has landed, in the holder's name: what `sync` and whoever
 * cleans up do, so that everybody sees it without looking at the work themselves.
 */
export async function freeLandedLocks(
  session: PolicySession,
  {
    offline = false,
    dryRun = false,
  }: { readonly offline?: boolean; readonly dryRun?: boolean } = {},
): Promise<FreedLock[]> {
  const freed: FreedLock[] = [];
  for (const { name, holder, lease } of await landedLeases(session)) {
    const store = await StateStore.open(session, offline);
    const { transition } = await changeState(store, {
      ...leasePlace(name),
      dryRun,
      decide: (current, moment): LockTransition => freeAfterLanding(current, lease, moment),
    });
    if (transition.kind === 'move') freed.push({ name, holder });
  }
  return freed;
}
