import { clockNotice } from '../../core/locks/clock-notice.ts';
import { lockRow } from '../../core/locks/row.ts';
import { Failure } from '../../domain/failure.ts';
import type { LockName } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { LockListData } from '../../domain/reports/lock.ts';
import type { Host } from '../../host/host.ts';
import { type LeaseList, listLeases } from '../../services/locks/list-leases.ts';
import { followedLeases } from '../../services/guard/work/follow-locks.ts';
import { withPolicy } from '../../services/session/session.ts';
import { REMOTE } from '../../services/state/push-refs.ts';

export interface LockListOptions {
  readonly offline?: boolean;
}

/**
 * Every lock the policy names and every lock there is, free or not. Moves no ref. One that cannot be
 * read is listed as such, and makes the answer undecided.
 */
export function runLockList(host: Host, options: LockListOptions): Promise<Report<LockListData>> {
  return withPolicy(host, async (session) => {
    const { ownership, source, notices } = session.policy;
    const { reader, workspace } = session;
    const list = await listLeases(workspace.repo, options.offline === true, reader);
    const now = host.now();
    const readings = new Map([...list.leases].map(([name, { reading }]) => [name, reading]));
    const followed = await followedLeases(session, readings);
    const locks = namesOf(ownership, list).map((name) => {
      const { reading = null, standing = null } = list.leases.get(name) ?? {};
      return lockRow(ownership, name, reading, now, standing, followed.get(name) ?? null);
    });
    return reportOf('lock', {
      verdict: locks.some(({ state }) => state === 'unreadable') ? 'undecided' : 'allowed',
      agent: null,
      policy: source,
      findings: [],
      data: { verb: 'list', locks, now, notices: [...notices, ...listNotices(list, now)] },
    });
  });
}

function listNotices({ leases, silent, strangers }: LeaseList, now: number): string[] {
  const clocks = [...leases.values()].flatMap(({ reading }) =>
    reading === null || reading instanceof Failure ? [] : (clockNotice(reading, now) ?? []),
  );
  const asked =
    silent === null
      ? []
      : [`${REMOTE} was not asked (${silent}): other machines may have moved on`];
  return [
    ...asked,
    ...strangers.map((ref) => `${ref} cannot be a lock, because no shared part can have its name`),
    ...clocks,
  ];
}

/** Sorted, each once. */
function namesOf({ shared }: Ownership, { leases }: LeaseList): LockName[] {
  const named = shared.filter(({ lock }) => lock !== 'none').map(({ name }) => name);
  return [...new Set([...named, ...leases.keys()])].sort();
}
