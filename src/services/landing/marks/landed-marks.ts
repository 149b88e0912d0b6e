import { freeAfterLanding } from '../../../core/locks/transitions.ts';
import { landRequest } from '../../../core/requests/land-request.ts';
import { landTask } from '../../../core/tasks/transitions.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { StateMoment, StateMove } from '../../../domain/state-transition.ts';
import type { JournalStep } from '../../../domain/states/landing-journal.ts';
import { isAncestor } from '../../../git/refs/refs.ts';
import { landedLeases } from '../../guard/work/free-landed.ts';
import { leasePlace } from '../../locks/lease-place.ts';
import { listRequests } from '../../requests/list-requests.ts';
import { requestPlace } from '../../requests/request-place.ts';
import type { PolicySession } from '../../session/session.ts';
import type { StatePlace } from '../../state/state-place.ts';
import { listTasks } from '../../tasks/list-tasks.ts';
import { taskPlace } from '../../tasks/task-place.ts';

/** One state that says that something has landed, once it is written. */
export interface LandedMark {
  readonly place: StatePlace<unknown>;
  /** Null where the state is not one to mark any more. */
  readonly decide: (state: unknown, moment: StateMoment) => StateMove<unknown> | null;
  /** What is told of it, a sentence. */
  readonly words: string;
}

/** What there is of one kind, before what has landed is looked for in it. */
type MarksOf = (
  session: PolicySession,
  landed: readonly JournalStep[],
  onto: Oid,
) => Promise<LandedMark[]>;

/** A mark of states of one type; where they are read, they are of that type again. */
function markOf<State>(
  place: StatePlace<State>,
  words: string,
  decide: (
    state: State | null,
    moment: StateMoment,
  ) => StateMove<State> | { readonly kind: 'keep' | 'refuse' },
): LandedMark {
  return {
    place: place as StatePlace<unknown>,
    words,
    decide: (state, moment) => {
      const transition = decide(state as State | null, moment);
      return transition.kind === 'move' ? transition : null;
    },
  };
}

/** Tasks that were done, and are in what landed. */
export const taskMarks: MarksOf = async (session, landed) => {
  const { tasks } = await listTasks(session, false);
  const marks: LandedMark[] = [];
  for (const { id, agent, status, completed } of tasks) {
    const commit = completed?.commit ?? null;
    const own = landed.filter((step) => step.agent === agent);
    if (status !== 'done' || commit === null || !(await isIn(session, commit, own))) continue;
    const words = `task ${id} of ${agent} has landed`;
    marks.push(markOf(taskPlace(id), words, (task, moment) => landTask(task, commit, moment)));
  }
  return marks;
};

/** Requests whose patch was applied, and is in what landed. */
export const requestMarks: MarksOf = async (session, landed, commit) => {
  const { requests } = await listRequests(session.workspace.repo, false, session.reader);
  const marks: LandedMark[] = [];
  for (const { request } of requests) {
    const applied = request.applied?.commit;
    if (applied === undefined || request.landed !== null) continue;
    if (!(await isIn(session, applied, landed))) continue;
    marks.push(
      markOf(requestPlace(request.id), `request ${request.id} has landed`, (current, moment) =>
        landRequest(current, { applied, commit }, moment),
      ),
    );
  }
  return marks;
};

/** Locks whose work it was. */
export const lockMarks: MarksOf = async (session) =>
  (await landedLeases(session)).map(({ name, holder, lease }) =>
    markOf(
      leasePlace(name),
      `lock ${name} of ${holder} is free: what it was for has landed`,
      (current, moment) => freeAfterLanding(current, lease, moment),
    ),
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
