import type { AgentId } from '../../domain/ids.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { StateMoment, StateMove } from '../../domain/state-transition.ts';
import type { Task, TaskId } from '../../domain/states/task.ts';

/** What became of a task by one command. */
export type TaskAction = 'assigned' | 'completed' | 'dropped' | 'landed' | 'reopened' | 'started';

/** Why nothing changed. */
export type TaskRefusal = 'dropped' | 'landed' | 'missing' | 'not-started' | 'not-yours' | 'taken';

/** What a command comes to: a new state, nothing to do, or a refusal. */
export type TaskTransition =
  | (StateMove<Task> & { readonly action: TaskAction })
  | { readonly kind: 'keep'; readonly state: Task }
  | { readonly kind: 'refuse'; readonly because: TaskRefusal };

/** What is new in an assigned task. */
export interface TaskDraft extends Pick<Task, 'agent' | 'after' | 'estimate' | 'paths' | 'title'> {
  readonly id: TaskId;
  readonly by: AgentId | null;
  readonly host: string;
  /** A landed one may begin anew. */
  readonly again: boolean;
}

/** One id is one task: of two who assign it at once, one wins. */
export function assignTask(
  current: Task | null,
  { by, host, again, ...draft }: TaskDraft,
  moment: StateMoment,
): TaskTransition {
  if (current !== null && current.status !== 'dropped') {
    if (current.status === 'landed' && !again) return refuse('landed');
    if (current.status === 'assigned' && current.agent === draft.agent)
      return { kind: 'keep', state: current };
    if (current.status !== 'landed') return refuse('taken');
  }
  return move('assigned', {
    ...draft,
    status: 'assigned',
    spent: null,
    assigned: { at: moment.now, by, host },
    started: null,
    completed: null,
    reason: '',
    offline: moment.offline,
  });
}

/** Its agent begins; what was done may be begun again. */
export function startTask(
  current: Task | null,
  at: { readonly agent: AgentId; readonly branch: BranchName | null; readonly host: string },
  moment: StateMoment,
): TaskTransition {
  const refused = refusalOf(current, at.agent);
  if (current === null || refused !== null) return refuse(refused ?? 'missing');
  if (current.status === 'landed') return refuse('landed');
  if (current.status === 'started') return { kind: 'keep', state: current };
  const { branch, host } = at;
  return move(current.status === 'done' ? 'reopened' : 'started', {
    ...current,
    status: 'started',
    started: { at: moment.now, host, branch },
    completed: null,
    offline: moment.offline,
  });
}

/** What a branch has come to when its task is completed. */
export interface TaskResult {
  readonly agent: AgentId;
  readonly commit: Oid | null;
  readonly files: NonNullable<Task['completed']>['files'];
  readonly count: number;
  /** Hours, as whoever did it says; null: from the start to now. */
  readonly spent: number | null;
  /** The base has all of it. Done alone is never landed. */
  readonly landed: boolean;
}

export function completeTask(
  current: Task | null,
  { agent, commit, files, count, spent, landed }: TaskResult,
  moment: StateMoment,
): TaskTransition {
  const refused = refusalOf(current, agent);
  if (current === null || refused !== null) return refuse(refused ?? 'missing');
  if (current.status === 'assigned') return refuse('not-started');
  if (current.status === 'landed' || (current.status === 'done' && !landed))
    return { kind: 'keep', state: current };
  const completed =
    current.status === 'done' ? current.completed : { at: moment.now, commit, files, count };
  return move(landed ? 'landed' : 'completed', {
    ...current,
    status: landed ? 'landed' : 'done',
    spent: spent ?? current.spent,
    completed,
    offline: moment.offline,
  });
}

/**
 * A landing has brought to the base what the task was completed with. One that was begun anew, or is not
 * done, stays: its agent says when it is.
 */
export function landTask(current: Task | null, commit: Oid, moment: StateMoment): TaskTransition {
  if (current === null) return refuse('missing');
  if (current.status !== 'done' || current.completed?.commit !== commit)
    return { kind: 'keep', state: current };
  return move('landed', { ...current, status: 'landed', offline: moment.offline });
}

/** Nobody is to do it any more. What has landed stays landed. */
export function dropTask(
  current: Task | null,
  reason: string,
  moment: StateMoment,
): TaskTransition {
  if (current === null) return refuse('missing');
  if (current.status === 'dropped' || current.status === 'landed')
    return { kind: 'keep', state: current };
  return move('dropped', { ...current, status: 'dropped', reason, offline: moment.offline });
}

function refusalOf(current: Task | null, agent: AgentId): TaskRefusal | null {
  if (current === null) return 'missing';
  if (current.status === 'dropped') return 'dropped';
  return current.agent === agent ? null : 'not-yours';
}

const refuse = (because: TaskRefusal): TaskTransition => ({ kind: 'refuse', because });

const move = (action: TaskAction, state: Task): TaskTransition => ({
  kind: 'move',
  action,
  state,
  subject: `task ${state.id} ${action}`,
  parents: state.completed?.commit ? [state.completed.commit] : [],
});

/** Hours from start to end, or as was said; null where it is not done. A clock that runs back makes it 0. */
export const hoursSpent = ({ spent, started, completed }: Task): number | null =>
  spent ?? (started && completed ? Math.max(0, completed.at - started.at) / 3_600_000 : null);
