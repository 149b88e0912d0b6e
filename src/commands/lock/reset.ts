import { lockRow } from '../../core/locks/row.ts';
import { findSharedPart } from '../../core/locks/terms.ts';
import { freeLease } from '../../core/locks/transitions.ts';
import { parseLockName } from '../../domain/ids.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { LockChangeData } from '../../domain/reports/lock.ts';
import type { Host } from '../../host/host.ts';
import { leasePlace } from '../../services/locks/lease-place.ts';

import { withPolicy } from '../../services/session/session.ts';
import { recoverState } from '../../services/state/recover-state.ts';
import { StateStore } from '../../services/state/state-store.ts';
import { storeNotices } from '../../services/state/store-notices.ts';

export interface LockResetOptions {
  readonly name: string;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Makes a lock that cannot be read what it last said, or free where it never said anything. A lock
 * that can be read stays as it is, so anybody may ask for this.
 *
 * @throws Failure when there is no such lock, or the remote has something there that is not a commit
 */
export function runLockReset(
  host: Host,
  { name, offline = false, dryRun = false }: LockResetOptions,
): Promise<Report<LockChangeData>> {
  return withPolicy(host, async (session) => {
    const { ownership, source, notices } = session.policy;
    const lock = parseLockName(name) ?? findSharedPart(ownership, name, 'reset').name;
    const store = await StateStore.open(session, offline);
    const anew = freeLease.bind(null, lock);
    const { kind, state, moment } = await recoverState(store, leasePlace(lock), anew, dryRun);
    // A lock may outlive its part in the policy; where there is neither, the name is a slip.
    if (state === null) findSharedPart(ownership, name, 'reset');
    const outcome = kind === 'move' ? 'reset' : 'unchanged';
    return reportOf('lock', {
      agent: null,
      policy: source,
      findings: [],
      data: {
        verb: 'reset',
        outcome,
        dryRun,
        lock: lockRow(ownership, lock, state, moment.now, null),
        now: moment.now,
        notices: [
          ...notices,
          ...storeNotices(store, kind === 'move' ? 'the lock was reset' : null),
        ],
      },
    });
  });
}
