import { type FollowedLease, followedState } from '../../core/locks/follow-lease.ts';
import { hasPhase } from '../../core/phases/phase-blocker.ts';
import { phaseMatrix } from '../../core/phases/phase-matrix.ts';
import { tasksNow } from '../../core/tasks/tasks-now.ts';
import { harnessMadeNotices } from '../../core/status/harness-made.ts';
import { branchesOutside, openRefs } from '../../core/status/open-branches.ts';
import { branchSubject } from '../../core/status/status-subject.ts';
import type { Tips } from '../../core/status/tip-extent.ts';
import { Failure } from '../../domain/failure.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import { hintSentence } from '../../domain/hint.ts';
import type { Limits } from '../../domain/ownership.ts';
import { shortRef } from '../../domain/refs.ts';
import type { StatusData, StatusLock } from '../../domain/reports/status.ts';
import { followedLeases } from '../guard/work/follow-locks.ts';
import { withHookCanary } from '../install/canary/hook-canary.ts';
import { hooksDirectories } from '../layout/hooks-directories.ts';
import { phaseRow } from '../phases/phase-row.ts';
import { readWaiting } from '../proposals/read-waiting.ts';
import { readLeases } from '../locks/read-leases.ts';
import type { PolicySession } from '../session/session.ts';
import { readTasks } from '../tasks/read-tasks.ts';
import { compareFleet, NOT_COMPARED } from './compare-fleet.ts';
import { inParallel } from './in-parallel.ts';
import { judgeCommits } from './judge-commits.ts';
import { type FleetReading, readFleet } from './read-fleet.ts';
import { readTips } from './read-tips.ts';
import { readWorktree, type WorktreeReading } from './read-worktree.ts';
import { makeRows, type RowSources } from './rows.ts';

/** The fleet on one screen, and what was found in it. */
export interface StatusReading {
  readonly data: StatusData;
  readonly findings: readonly Finding[];
  /** Something in it could not be decided; `data` says what. */
  readonly undecided: boolean;
}

/** Worktrees looked at in one moment: more would only wait for each other. */
const AT_ONCE = 8;

/**
 * Every worktree and every open branch of an agent, how it stands to the base, what in it would be
 * refused, and what to do next.
 *
 * @param options.overlap whether to look for branches that cannot be merged with each other.
 * What cannot be decided about a single row is said there, a lock that cannot be read in a notice.
 */
export async function readStatus(
  session: PolicySession,
  options: { readonly overlap: boolean; readonly phases: boolean },
): Promise<StatusReading> {
  const { host, policy } = session;
  const fleet = await readFleet(session);
  const reading = readAllTips(session, fleet);
  const comparing = reading.then((tips) =>
    !options.overlap || policy.base === null
      ? NOT_COMPARED
      : compareFleet(
          session,
          openRefs(policy.ownership.base, fleet.worktrees, fleet.branches, tips),
        ),
  );
  const [tips, comparison, worktrees, leases, work] = await Promise.all([
    reading,
    comparing,
    readWorktrees(session, fleet),
    readLeases(session.reader, policy.ownership),
    readWork(session),
  ]);
  const now = host.now();
  const locks = [...(await followedLeases(session, leases)).values()].flatMap((lease) =>
    heldLock(lease, now),
  );
  const { open, landed } = branchesOutside(
    fleet.branches,
    new Set(worktrees.map(({ branch }) => branch)),
    tips,
  );
  const found = [...worktrees, ...open.map(branchSubject)];
  const subjects = await inParallel(found, AT_ONCE, (subject) =>
    judgeCommits(session, subject, tips),
  );
  const { shallow } = session.workspace.location;
  return toReading(
    { policy, fleet, subjects, tips, comparison, locks, shallow, now },
    landed.map(({ branch }) => branch),
    [...leases.values()].filter((lease) => lease instanceof Failure),
    { ...work, matrix: options.phases ? phaseMatrix(policy.ownership) : null },
  );
}

/** What agents have asked, what they are to do, and whose turn it is, as this clone knows it. */
async function readWork(session: PolicySession) {
  const { ownership } = session.policy;
  const phased = [...ownership.agents.keys()].filter((id) => hasPhase(ownership, id));
  const [asked, known, phases] = await Promise.all([
    readWaiting(session),
    readTasks(session),
    Promise.all(phased.map((id) => phaseRow(session, id))),
  ]);
  const unreadable = [...asked.unreadable, ...known.unreadable];
  return { requests: asked.waiting, tasks: tasksNow(known.tasks), phases, unreadable };
}

function toReading(
  sources: RowSources,
  landed: StatusData['landed'],
  unreadable: readonly Failure[],
  {
    unreadable: spoilt,
    ...work
  }: Awaited<ReturnType<typeof readWork>> & Pick<StatusData, 'matrix'>,
): StatusReading {
  const { policy, fleet, comparison, locks, shallow, now } = sources;
  const { rows, unguarded, findings } = makeRows(sources);
  const { base } = policy;
  return {
    undecided:
      fleet.broken.length > 0 ||
      unreadable.length > 0 ||
      spoilt.length > 0 ||
      comparison.overlap.state === 'undecided' ||
      rows.some(({ problems }) => problems.length > 0),
    findings: sortFindings(findings),
    data: {
      base: base && { ref: shortRef(base.ref), oid: base.commit },
      limits: numbersOf(policy.ownership.limits),
      now,
      rows,
      unguarded,
      locks,
      ...work,
      landed,
      overlap: comparison.overlap,
      notices: [
        ...policy.notices,
        ...fleet.broken.map((ref) => `${ref} cannot be read, and is left out`),
        ...(shallow ? ['this clone is shallow: what is ahead and behind may be wrong'] : []),
        ...unreadable.map(withHint),
        ...spoilt.map(withHint),
        ...harnessMadeNotices(rows),
        ...comparison.notices,
      ],
    },
  };
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
  return withHookCanary(
    session.host,
    (canary) =>
      inParallel(present, AT_ONCE, async (worktree) => {
        const reading = await readWorktree(session, worktree, hooksOf, canary);
        session.host.progress('reading worktrees', (done += 1), present.length);
        return reading;
      }),
    { each: false },
  );
}

function heldLock(followed: FollowedLease, now: number): StatusLock[] {
  const state = followedState(followed, now, 0);
  const { name, holder, branch, since, expires } = followed.lease;
  return holder === null || state === 'free'
    ? []
    : [{ name, holder, branch, state, since, expires }];
}

/** A failure as one notice: what is wrong, and what helps. */
const withHint = ({ message, hints: [hint] }: Failure): string =>
  hint === undefined ? message : `${message}. ${hintSentence(hint)}`;

const numbersOf = ({ lines, behind, age, enforce }: Limits): StatusData['limits'] => ({
  lines,
  behind,
  age,
  enforce,
});
