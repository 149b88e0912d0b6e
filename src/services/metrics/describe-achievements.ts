import { branchAgents } from '../../core/identity/branch-agent.ts';
import { agentNamed } from '../../core/identity/resolve.ts';
import { agentFigures, type CompletedWork } from '../../core/metrics/agent-figures.ts';
import { integration } from '../../core/metrics/integration.ts';
import { neverLanded } from '../../core/history/taken-back.ts';
import { type BaseHistory, landedWork } from '../../core/metrics/landed-work.ts';
import { refusalFigures } from '../../core/metrics/refusals.ts';
import { middle } from '../../core/metrics/middle.ts';
import { perDay } from '../../core/metrics/per-day.ts';
import { landingWaits, requestWaits, waitFigures } from '../../core/metrics/waits.ts';
import { hoursSpent } from '../../core/tasks/transitions.ts';
import { count } from '../../domain/text/count.ts';
import { Failure } from '../../domain/failure.ts';
import type { FleetReportData } from '../../domain/reports/fleet-report.ts';
import { type Oid, shortRef } from '../../domain/refs.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import type { Task } from '../../domain/states/task.ts';
import { mainline } from '../../git/history/mainline.ts';
import { readReceipts } from '../landing/read-receipts.ts';
import { listRequests } from '../requests/list-requests.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import { listTasks } from '../tasks/list-tasks.ts';
import { leadTime } from './lead-time.ts';
import { readBlocked } from './read-blocked.ts';
import { readRefusals } from './read-refusals.ts';
import { readJournals } from './read-journals.ts';

/** Commits of the base that are looked at. */
const MOST_COMMITS = 20_000;

/**
 * What the fleet achieved in a period that ends now, out of the base's history and the states in refs. Nothing is counted
 * anywhere: asked twice, or in two clones that know the same refs, it is the same.
 *
 * @param length of the period, in milliseconds
 * @throws Failure where the base cannot be read
 */
export async function describeAchievements(
  session: PolicySession,
  length: number,
  offline: boolean,
): Promise<FleetReportData> {
  const { policy, host } = session;
  const { ownership } = policy;
  const base = requireBase(policy);
  // One moment, or a period of seven days would begin on an eighth.
  const until = host.now();
  const since = until - length;
  const period = { since, until };
  const past = await readPast(session, base.commit, offline);
  const { line, receipts, tasks, requests } = past;
  const history = historyOf(session, past);
  const isWithin = (at: number): boolean => at >= since && at <= until;
  const landed = history.landed.filter(({ at }) => isWithin(at));
  const own = new Set(line.map(({ commit }) => commit));
  const timed = await Promise.all(
    landed.map(async (work) => ({
      ...work,
      leadTime: await leadTime(session, work, own),
    })),
  );
  const blocked = await readBlocked(session, past.refusals ?? [], history.landed);
  const landings = landingsThatStand(past).filter(({ began }) => isWithin(began));
  const times = receipts.map(({ at }) => at);
  const ordered = landed.filter((work) => work.ordered).length;
  return {
    ...period,
    base: { ref: shortRef(base.ref), oid: base.commit },
    landings: {
      count: landed.length,
      days: perDay(
        landed.map(({ at }) => at),
        since,
        until,
      ),
      ordered: receipts.length === 0 && ordered === 0 ? null : ordered,
      outside: landed.length - ordered,
      undone: history.undone.filter(isWithin).length,
      direct: history.direct.filter(isWithin).length,
      leadTime: middle(timed.flatMap((work) => work.leadTime ?? [])),
    },
    agents: agentFigures([...ownership.agents.keys()], timed, tasks.map(workOf), period),
    integration: integration(landings, times, period),
    waits: {
      requests: requestWaits(
        requests.map(({ request }) => request),
        period,
      ),
      landing: landingWaits(tasks, history.landed, period),
      locks: past.refusals && waitFigures(blocked.locks.spans, period),
      phases: past.refusals && waitFigures(blocked.phases.spans, period),
    },
    refusals: past.refusals && refusalFigures(past.refusals, period),
    targets: ownership.targets,
    notices: [...past.notices, ...endless(blocked)],
  };
}

/** What was taken back by moving the base back was never landed; what takes back is not a landing. */
function landingsThatStand({ journals, receipts }: Past): LandingJournal[] {
  const key = (landing: string, branch: string): string => `${landing} ${branch}`;
  const gone = new Set(
    neverLanded(receipts).flatMap(({ landing, steps }) =>
      steps.map(({ branch }) => key(landing, branch)),
    ),
  );
  return journals
    .filter(({ undoes }) => undoes === null)
    .map((journal) => ({
      ...journal,
      steps: journal.steps.filter(({ branch }) => !gone.has(key(journal.id, branch))),
    }));
}

const historyOf = (
  { policy: { ownership } }: PolicySession,
  { line, receipts }: Pick<Past, 'line' | 'receipts'>,
): BaseHistory =>
  landedWork(line, receipts, {
    base: ownership.base,
    agentsOf: branchAgents(ownership),
    isAgent: (name) => agentNamed(ownership, name),
    trailer: ownership.pullRequests.commits?.trailer ?? 'Agent',
  });

type Past = Awaited<ReturnType<typeof readPast>>;

/** Waits that nothing in the states ends, such as for what the policy has dropped since. */
const endless = (blocked: Awaited<ReturnType<typeof readBlocked>>): string[] =>
  Object.entries(blocked).flatMap(([of, { unknown }]) =>
    unknown === 0
      ? []
      : [`${count(unknown, 'wait')} for ${of} not counted: no state says when it ended`],
  );

/** Everything that the figures are derived from, and what of it could not be had. */
async function readPast(session: PolicySession, tip: Oid, offline: boolean) {
  const { policy, workspace } = session;
  const { base } = policy.ownership;
  const [line, known, { journals, unread }, tasks, requests] = await Promise.all([
    mainline(workspace.repo, tip, MOST_COMMITS),
    readReceipts(session, base).catch(notRead),
    readJournals(session, base),
    listTasks(session, offline),
    listRequests(workspace.repo, offline, session.reader),
  ]);
  const receipts = known instanceof Failure ? [] : known;
  const notices = [
    ...(known instanceof Failure ? [`receipts are not counted: ${known.message}`] : []),
    ...unreadNotices([...tasks.unreadable, ...requests.unreadable]),
    ...(unread > 0 ? [`${count(unread, 'state')} of landings cannot be read`] : []),
    ...(line.length === MOST_COMMITS ? [`only the last ${MOST_COMMITS} commits are counted`] : []),
    ...[...new Set([tasks.silent, requests.silent])].flatMap((silent) =>
      silent === null ? [] : [`the remote was not asked: ${silent}`],
    ),
  ];
  return {
    ...{ line, receipts, journals, notices },
    tasks: tasks.tasks,
    requests: requests.requests,
    refusals: readRefusals(session),
  };
}

/** What landed is told by the commits themselves then. */
function notRead(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}

const workOf = (task: Task): CompletedWork => ({
  agent: task.agent,
  at: task.completed?.at ?? null,
  estimated: task.estimate,
  spent: hoursSpent(task),
});

const unreadNotices = (
  all: readonly { readonly ref: string; readonly reason: string }[],
): string[] => all.map(({ ref, reason }) => `${ref} is not counted: ${reason}`);
