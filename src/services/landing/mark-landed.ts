import { landRequest } from '../../core/requests/transitions.ts';
import { landTask } from '../../core/tasks/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { JournalStep, LandingJournal } from '../../domain/states/landing-journal.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { Remote } from '../../git/remote/remote.ts';
import { freeLandedLocks } from '../guard/work/free-landed.ts';
import { listRequests } from '../requests/list-requests.ts';
import { requestPlace } from '../requests/request-place.ts';
import { type PolicySession, withPolicy } from '../session/session.ts';
import { changeState } from '../state/change-state.ts';
import { REMOTE } from '../state/push-refs.ts';
import { StateStore } from '../state/state-store.ts';
import { changeTask } from '../tasks/change-task.ts';
import { listTasks } from '../tasks/list-tasks.ts';

/**
 * Writes down for everybody what has landed: tasks that were done, requests that were applied, and locks
 * whose work it was. Not where the base of this clone alone has moved and there is a remote: others
 * do not have it yet.
 *
 * @returns what was marked, sentences; also what could not be, for the landing itself stands
 */
export async function markLanded(
  { host, workspace }: PolicySession,
  journal: LandingJournal,
): Promise<string[]> {
  const landed = journal.steps.filter(({ state }) => state === 'landed');
  if (landed.length === 0 || journal.undoes !== null) return [];
  if (journal.way === 'local' && (await Remote.open(workspace.repo, REMOTE)) !== null) return [];
  // Where the base is now is seen by a new look alone.
  return withPolicy(host, async (session) => {
    const words: string[] = [];
    for (const mark of [markTasks, markRequests, markLocks])
      try {
        words.push(...(await mark(session, landed, journal.onto)));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        words.push(`not all that has landed could be marked: ${error.message}`);
      }
    return words;
  });
}

async function markTasks(
  session: PolicySession,
  landed: readonly JournalStep[],
): Promise<string[]> {
  const words: string[] = [];
  const { tasks } = await listTasks(session, false);
  for (const { id, agent, status, completed } of tasks) {
    const commit = completed?.commit ?? null;
    const own = landed.filter((step) => step.agent === agent);
    if (status !== 'done' || commit === null || !(await isIn(session, commit, own))) continue;
    const { outcome } = await changeTask(session, {
      ...{ id, agent },
      decide: (task, moment) => landTask(task, commit, moment),
    });
    if (outcome === 'landed') words.push(`task ${id} of ${agent} has landed`);
  }
  return words;
}

async function markRequests(
  session: PolicySession,
  landed: readonly JournalStep[],
  onto: Oid,
): Promise<string[]> {
  const words: string[] = [];
  const { requests } = await listRequests(session.workspace.repo, false, session.reader);
  for (const { request } of requests) {
    const applied = request.applied?.commit;
    if (applied === undefined || request.landed !== null) continue;
    if (!(await isIn(session, applied, landed))) continue;
    const { transition } = await changeState(await StateStore.open(session, false), {
      ...requestPlace(request.id),
      decide: (current, moment) => landRequest(current, { applied, commit: onto }, moment),
    });
    if (transition.kind === 'move') words.push(`request ${request.id} has landed`);
  }
  return words;
}

const markLocks = async (session: PolicySession): Promise<string[]> =>
  (await freeLandedLocks(session)).map(
    ({ name, holder }) => `lock ${name} of ${holder} is free: what it was for has landed`,
  );

/** Whether one of the branches had a commit when it landed; one that is not here was in none. */
async function isIn(
  { reader, workspace }: PolicySession,
  commit: Oid,
  steps: readonly JournalStep[],
): Promise<boolean> {
  if (steps.length === 0 || (await reader.read(commit, 0)) === null) return false;
  for (const { tip } of steps) if (await isAncestor(workspace.repo, commit, tip)) return true;
  return false;
}
