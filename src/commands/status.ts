import { leaseState } from '../core/locks/lease.ts';
import { Failure } from '../domain/failure.ts';
import { sortFindings } from '../domain/finding.ts';
import { hintSentence } from '../domain/hint.ts';
import type { LeaseReading } from '../domain/lock.ts';
import { shortRef } from '../domain/refs.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { StatusData, StatusLock } from '../domain/reports/status.ts';
import type { Host } from '../host/host.ts';
import { hooksDirectories } from '../services/layout/hooks-directories.ts';
import { readLeases } from '../services/locks/read-leases.ts';
import { type PolicySession, withPolicy } from '../services/session/session.ts';
import { compareFleet, NOT_COMPARED } from '../services/status/compare-fleet.ts';
import { inParallel } from '../services/status/in-parallel.ts';
import { branchesOutside, branchSubject, openRefs } from '../services/status/open-branches.ts';
import { type FleetReading, readFleet } from '../services/status/read-fleet.ts';
import { readTips, type Tips } from '../services/status/read-tips.ts';
import { readWorktree, type WorktreeReading } from '../services/status/read-worktree.ts';
import { makeRows, type RowSources } from '../services/status/rows.ts';

export interface StatusOptions {
  /** Look for branches that cannot be merged with each other; default true. */
  readonly overlap?: boolean;
}

/** Worktrees looked at in one moment: more would only wait for each other. */
const AT_ONCE = 8;

/**
 * The fleet on one screen: every worktree and every open branch of an agent, how it stands to the
 * base, what in it would be refused, and what to do next. Refuses nothing itself.
 *
 * @throws Failure when there is no usable policy. What cannot be decided about a single row is
 * said there, a lock that cannot be read in a notice; either makes the answer undecided.
 */
export function runStatus(host: Host, options: StatusOptions = {}): Promise<Report<StatusData>> {
  return withPolicy(host, async (session) => {
    const { policy } = session;
    const fleet = await readFleet(session);
    const reading = readAllTips(session, fleet);
    const comparing = reading.then((tips) =>
      options.overlap === false || policy.base === null
        ? NOT_COMPARED
        : compareFleet(session, openRefs(policy.ownership, fleet, tips)),
    );
    const [tips, comparison, worktrees, leases] = await Promise.all([
      reading,
      comparing,
      readWorktrees(session, fleet),
      readLeases(session.reader, policy.ownership),
    ]);
    const now = host.now();
    const locks = [...leases.values()].flatMap((lease) => heldLock(lease, now));
    const { open, landed } = branchesOutside(fleet, worktrees, tips);
    const subjects = [...worktrees, ...open.map(branchSubject)];
    const { shallow } = session.workspace.location;
    return report(
      { policy, fleet, subjects, tips, comparison, locks, shallow, now },
      landed.map(({ branch }) => branch),
      [...leases.values()].filter((lease) => lease instanceof Failure),
    );
  });
}

function report(
  sources: RowSources,
  landed: StatusData['landed'],
  unreadable: readonly Failure[],
): Report<StatusData> {
  const { policy, fleet, comparison, locks, shallow, now } = sources;
  const { rows, unguarded, findings } = makeRows(sources);
  const { base } = policy;
  const undecided =
    fleet.broken.length > 0 ||
    unreadable.length > 0 ||
    comparison.overlap.state === 'undecided' ||
    rows.some(({ problems }) => problems.length > 0);
  return reportOf('status', {
    verdict: undecided ? 'undecided' : 'allowed',
    agent: rows.find(({ worktree }) => worktree?.here)?.agent ?? null,
    policy: policy.source,
    findings: sortFindings(findings),
    data: {
      base: base && { ref: shortRef(base.ref), oid: base.commit },
      limits: policy.ownership.limits,
      now,
      rows,
      unguarded,
      locks,
      landed,
      overlap: comparison.overlap,
      notices: [
        ...policy.notices,
        ...fleet.broken.map((ref) => `${ref} cannot be read, and is left out`),
        ...(shallow ? ['this clone is shallow: what is ahead and behind may be wrong'] : []),
        ...unreadable.map(({ message, hints: [hint] }) =>
          hint === undefined ? message : `${message}. ${hintSentence(hint)}`,
        ),
        ...comparison.notices,
      ],
    },
  });
}

async function readAllTips(
  session: PolicySession,
  { worktrees, branches }: FleetReading,
): Promise<Tips> {
  const { base } = session.policy;
  const heads = worktrees.flatMap(({ head }) => head ?? []);
  const tips = [...heads, ...branches.map(({ oid }) => oid)];
  return base === null ? new Map() : readTips(session, base, tips);
}

async function readWorktrees(
  session: PolicySession,
  { worktrees }: FleetReading,
): Promise<WorktreeReading[]> {
  const present = worktrees.filter(({ bare }) => !bare);
  const hooksOf = await hooksDirectories(session.workspace);
  let done = 0;
  return inParallel(present, AT_ONCE, async (worktree) => {
    const reading = await readWorktree(session, worktree, hooksOf);
    session.host.progress('reading worktrees', (done += 1), present.length);
    return reading;
  });
}

function heldLock(lease: LeaseReading, now: number): StatusLock[] {
  if (lease instanceof Failure) return [];
  const state = leaseState(lease, now, 0);
  if (lease === null || lease.holder === null || state === 'free') return [];
  const { name, holder, branch, since, expires } = lease;
  return [{ name, holder, branch, state, since, expires }];
}
