import type { PhaseBlocker } from '../../core/phases/phase-blocker.ts';
import { keptApart } from '../../core/phases/phase-blocker.ts';
import { taskRefusal } from '../../core/tasks/findings.ts';
import { taskRows } from '../../core/tasks/task-rows.ts';
import type { TaskTransition } from '../../core/tasks/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { TaskOutcome, TaskRow } from '../../domain/reports/task.ts';
import type { StateMoment } from '../../domain/state-transition.ts';
import { parseTaskId, type Task, type TaskId } from '../../domain/states/task.ts';
import { pairOf, type Turn } from '../../domain/states/turn.ts';
import { turnPlace } from '../phases/turn-place.ts';
import type { PolicySession } from '../session/session.ts';
import { changeStates, type JointTransition } from '../state/change-state.ts';
import { StateStore } from '../state/state-store.ts';
import type { StatePlace } from '../state/state-place.ts';
import { storeNotices } from '../state/store-notices.ts';
import { taskPlace } from './task-place.ts';

/** What one command came to for one task. */
export interface TaskChange {
  readonly outcome: TaskOutcome;
  readonly row: TaskRow;
  readonly findings: readonly Finding[];
  readonly notices: readonly string[];
  /** Who works at this moment and must not be worked with; nothing was changed then. */
  readonly blockers: readonly PhaseBlocker[];
}

export interface TaskChangeOptions {
  readonly id: TaskId;
  /** For whom a refusal is worded; null: a person. */
  readonly agent: AgentId | null;
  readonly offline?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Whose turns move with the task, and which way; none when it is left out. */
  readonly turns?: { readonly of: AgentId; readonly way: 'give' | 'take' } | undefined;
  readonly decide: (current: Task | null, moment: StateMoment) => TaskTransition;
}

/** @throws Failure `usage` for what cannot be the id of a task */
export function readTaskId(text: string): TaskId {
  const id = parseTaskId(text);
  if (id !== null) return id;
  throw new Failure('usage', `${JSON.stringify(text)} cannot be the id of a task`, [
    hintTo('name a task, use letters, digits, `.`, `_` or `-`: api-auth'),
  ]);
}

/**
 * Changes one task, and in the same instant whose turn it is of those that must not work together.
 *
 * @throws Failure when there is no such task, or a state cannot be read
 */
export async function changeTask(
  session: PolicySession,
  { id, agent, offline = false, dryRun = false, turns, decide }: TaskChangeOptions,
): Promise<TaskChange> {
  const store = await StateStore.open(session, offline);
  const others = turns ? keptApart(session.policy.ownership, turns.of) : [];
  const places: StatePlace<unknown>[] = [
    taskPlace(id) as StatePlace<unknown>,
    ...others.map((other) => turnPlace(pairOf(turns!.of, other)) as StatePlace<unknown>),
  ];
  let transition: TaskTransition = { kind: 'refuse', because: 'missing' };
  let blockers: PhaseBlocker[] = [];
  const change = await changeStates<readonly unknown[], JointTransition<readonly unknown[]>>(
    store,
    {
      places,
      dryRun,
      decide: ([task, ...all], moment) => {
        transition = decide(task as Task | null, moment);
        blockers = [];
        if (transition.kind !== 'move') return { kind: transition.kind };
        const held = all as readonly (Turn | null)[];
        if (turns?.way === 'take')
          blockers = others.flatMap((other, at) => working(held[at]!, other));
        if (blockers.length > 0) return { kind: 'refuse' };
        const moves = others.map((other, at) => turnMove(turns!, other, held[at]!, id, moment));
        return { kind: 'move', moves: [transition, ...moves], subject: transition.subject };
      },
    },
  );
  // What a closure assigned is not seen by the type checker.
  const decided = transition as TaskTransition;
  if (decided.kind === 'refuse' && decided.because === 'missing')
    throw new Failure('usage', `there is no task ${id}`, [
      hintTo('see every task', 'bailiwick task list'),
    ]);
  const before = change.before[0] as Task | null;
  const refused = decided.kind === 'refuse' || blockers.length > 0;
  const task = refused ? (before ?? taskOf(decided)!) : taskOf(decided)!;
  const done = !refused && decided.kind === 'move' ? `task ${id} was ${decided.action}` : null;
  return {
    outcome: refused ? 'refused' : decided.kind === 'move' ? decided.action : 'unchanged',
    row: taskRows([task])[0]!,
    findings:
      decided.kind === 'refuse' && decided.because !== 'missing'
        ? [taskRefusal(decided.because, task, agent)]
        : [],
    notices: storeNotices(store, done),
    blockers,
  };
}

const taskOf = (transition: TaskTransition): Task | null =>
  transition.kind === 'refuse' ? null : transition.state;

const working = (turn: Turn | null, other: AgentId): PhaseBlocker[] =>
  turn?.holder === other ? [{ agent: other, because: 'working', since: turn.since }] : [];

/** Takes a turn that nobody has, or gives back one that this task took; null where it stays. */
function turnMove(
  { of, way }: NonNullable<TaskChangeOptions['turns']>,
  other: AgentId,
  turn: Turn | null,
  id: TaskId,
  { now, offline }: StateMoment,
) {
  const own = turn?.holder === of && turn.task === id;
  if (way === 'take' ? own : !own) return null;
  const holder = way === 'take' ? of : null;
  const state: Turn = { pair: pairOf(of, other), holder, task: id, since: now, offline };
  const subject = `turn ${way === 'take' ? 'taken' : 'given back'} by ${of}`;
  return { kind: 'move' as const, state, subject };
}
