import { clockNotice } from '../../core/locks/clock-notice.ts';
import type { LockTransition } from '../../core/locks/transitions.ts';
import type { Lease } from '../../domain/lock.ts';
import type { SharedPart } from '../../domain/ownership.ts';
import type { StateChange } from '../state/change-state.ts';
import { storeNotices } from '../state/store-notices.ts';
import type { StateStore } from '../state/state-store.ts';

/** What a request for a lock came to. */
export type LockChange = StateChange<Lease | null, LockTransition>;

/** What whoever asked for a lock must know to trust the answer. */
export function lockNotices(
  store: StateStore,
  { before, transition, moment }: LockChange,
  part: SharedPart,
): string[] {
  const notices = storeNotices(
    store,
    transition.kind === 'move' ? `the lock was ${transition.action}` : null,
  );
  const clock = before === null ? null : clockNotice(before, moment.now);
  if (clock !== null) notices.push(clock);
  if (part.lock === 'none')
    notices.push(`ownership.yml lets ${part.name} be changed without a lock`);
  return notices;
}
