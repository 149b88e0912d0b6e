import { overruledFinding } from '../core/locks/findings.ts';
import { Failure } from '../domain/failure.ts';
import type { Finding } from '../domain/finding.ts';
import { hintTo } from '../domain/hint.ts';
import { parseLockName } from '../domain/ids.ts';
import { type Lease, LOCK_REFS, type SyncState } from '../domain/lock.ts';
import type { Oid, RefName } from '../domain/refs.ts';
import type { Repo } from '../domain/repo.ts';
import { type Report, reportOf, verdictOf } from '../domain/report.ts';
import type { FreedLock, SyncData, SyncOutcome, SyncRow } from '../domain/reports/sync.ts';
import { readStates } from '../git/objects/read-states.ts';
import type { RefMove } from '../git/refs/move-refs.ts';
import { Remote } from '../git/remote/remote.ts';
import type { Host } from '../host/host.ts';
import { pause } from '../host/pause.ts';
import { freeLandedLocks } from '../services/guard/work/free-landed.ts';
import { leasePlace } from '../services/locks/lease-place.ts';
import { requirePolicy, withSession } from '../services/session/session.ts';
import { openWorkspace } from '../services/session/workspace.ts';
import { readBothSides, standingOf } from '../services/state/both-sides.ts';
import { moveLocalRefs } from '../services/state/move-local-refs.ts';
import { REFUSAL_PAUSES, refusedByRemote, REMOTE } from '../services/state/push-refs.ts';
import { parseState } from '../services/state/state-place.ts';

export interface SyncOptions {
  readonly dryRun?: boolean;
}

const STATE_REFS = 'refs/bailiwick/';

/** What the log of a ref says of a state that was taken over. */
const AS_THERE = `as ${REMOTE} has it`;

/** Others go on moving refs meanwhile; after so many rounds it is not a race any more. */
const ROUNDS = 8;

/** What the remote would not move, from which value, and its words. */
type Refused = ReadonlyMap<RefName, { readonly from: Oid | null; readonly words: string }>;

const OUTCOME: Readonly<Record<SyncState, SyncOutcome>> = {
  ahead: 'pushed',
  behind: 'fetched',
  diverged: 'overruled',
  same: 'same',
};

/**
 * Brings all states of this clone and of the remote together: what only this clone has is pushed,
 * what the remote has gone on to is taken over, and where both went on the remote's counts. What the
 * remote has that is not a state is left alone, and makes the answer undecided.
 *
 * @throws Failure when there is no remote, it cannot be reached, or it refuses the push.
 */
export async function runSync(host: Host, options: SyncOptions): Promise<Report<SyncData>> {
  const { repo } = await openWorkspace(host);
  const remote = await Remote.open(repo, REMOTE);
  if (remote === null)
    throw new Failure(
      'usage',
      `there is no remote ${REMOTE}: states are shared by this clone's worktrees only`,
      [hintTo('share them with other machines', `git remote add ${REMOTE} <url>`)],
    );
  const done = new Map<RefName, SyncRow>();
  let refused: Refused = new Map();
  let refusals = 0;
  for (let round = 0; ; round += 1) {
    const rows = await compare(repo, remote);
    for (const row of rows)
      if (row.outcome !== 'same' || !done.has(row.ref)) done.set(row.ref, row);
    const open = rows.filter(({ outcome }) => outcome !== 'same' && outcome !== 'undecided');
    if (open.length === 0 || options.dryRun) break;
    const stuck = open.find(({ ref, remote: still }) => refused.get(ref)?.from === still);
    const wait = stuck ? REFUSAL_PAUSES[refusals++] : 0;
    if (wait === undefined || round === ROUNDS) {
      const { ref } = stuck ?? open[0]!;
      throw refusedByRemote(ref, refused.get(ref)?.words ?? 'it kept changing');
    }
    await pause(wait);
    refused = await settle(host, repo, remote, open);
  }
  const refs = [...done.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1));
  const findings = await overruledLocks(repo, refs);
  const freed = await freeLanded(host, options);
  return reportOf('sync', {
    verdict: refs.some(({ outcome }) => outcome === 'undecided')
      ? 'undecided'
      : verdictOf(findings),
    agent: null,
    policy: null,
    findings,
    data: { remote: REMOTE, dryRun: options.dryRun === true, refs, freed },
  });
}

async function compare(repo: Repo, remote: Remote): Promise<SyncRow[]> {
  const sides = await readBothSides(repo, remote, STATE_REFS);
  if (!sides.ok) throw unreachable(sides.error);
  const rows: SyncRow[] = [];
  for (const side of sides.value) {
    const stands = await standingOf(repo, side);
    if (stands.ok) rows.push({ ...side, outcome: OUTCOME[stands.value] });
    else {
      const { message: reason, hints } = stands.error;
      rows.push({ ...side, outcome: 'undecided', problem: { reason, hint: hints[0] ?? null } });
    }
  }
  return rows;
}

/** One attempt at every ref; those that moved meanwhile are left for the next round. */
async function settle(
  host: Host,
  repo: Repo,
  remote: Remote,
  rows: readonly SyncRow[],
): Promise<Refused> {
  const moves: RefMove[] = [];
  for (const { ref, outcome, local, remote: theirs } of rows) {
    if (outcome === 'pushed') moves.push({ ref, from: theirs, to: local! });
    else await moveLocalRefs(host, repo, [{ ref, from: local, to: theirs! }], AS_THERE);
  }
  if (moves.length === 0) return new Map();
  const pushed = await remote.push(moves);
  if (!pushed.ok) throw unreachable(pushed.error);
  return new Map(
    moves.flatMap(({ ref, from }) => {
      const words = pushed.value.get(ref);
      return words === undefined ? [] : [[ref, { from, words }]];
    }),
  );
}

/** Only where there is a policy: without one nothing says which paths a lock is for. */
const freeLanded = (host: Host, { dryRun = false }: SyncOptions): Promise<FreedLock[]> =>
  withSession(host, (session) =>
    session.policy === null
      ? Promise.resolve([])
      : freeLandedLocks(requirePolicy(session), { dryRun }),
  );

/** Whoever took a lock while the remote was out of reach must hear that it does not count. */
async function overruledLocks(repo: Repo, rows: readonly SyncRow[]): Promise<Finding[]> {
  const locks = rows.filter(
    ({ ref, outcome }) => outcome === 'overruled' && ref.startsWith(LOCK_REFS),
  );
  const texts = await readStates(
    repo,
    locks.flatMap(({ local, remote }) => [local!, remote!]),
  );
  const lease = (ref: RefName, commit: Oid): Lease | null => {
    const name = parseLockName(ref.slice(LOCK_REFS.length));
    const read = name && parseState(leasePlace(name), texts.get(commit)!);
    return read?.ok ? read.value : null;
  };
  return locks.flatMap(({ ref, local, remote }) => {
    const [lost, decided] = [lease(ref, local!), lease(ref, remote!)];
    const counts = lost === null || lost.holder === null || lost.holder === decided?.holder;
    return counts ? [] : [overruledFinding(lost, decided)];
  });
}

const unreachable = (reason: string): Failure =>
  new Failure('git', `${REMOTE} cannot be reached: ${reason}`, [
    hintTo("see git's own words", `git ls-remote ${REMOTE}`),
  ]);
