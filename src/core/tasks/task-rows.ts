import { compare } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { AgentTasks, TaskRow } from '../../domain/reports/task.ts';
import { isOpenTask, type Task, type TaskId } from '../../domain/states/task.ts';
import { findNamedCycles } from '../graph/named-cycles.ts';
import { hoursSpent } from './transitions.ts';

/** Tasks as a report shows them, with those they wait for; open ones first, then by id. */
export function taskRows(tasks: readonly Task[]): TaskRow[] {
  const known = new Map(tasks.map((task) => [task.id.toLowerCase(), task]));
  const isDone = (id: TaskId): boolean =>
    ['done', 'landed'].includes(known.get(id.toLowerCase())?.status ?? '');
  return [...tasks].sort(byState).map((task) => ({
    task,
    waits: isOpenTask(task) ? task.after.filter((id) => !isDone(id)) : [],
    hours: hoursSpent(task),
  }));
}

/** What is worked on, then what waits, then the rest; by id, numbers as numbers. */
const byState = (a: Task, b: Task): number =>
  rank(a) - rank(b) || a.id.length - b.id.length || compare(a.id, b.id);

const rank = ({ status }: Task): number =>
  ['started', 'assigned', 'done', 'landed', 'dropped'].indexOf(status);

/** The totals of each agent that has tasks: sums, never stored. In the order of their ids. */
export function tasksOfAgents(rows: readonly TaskRow[]): AgentTasks[] {
  const ids = [...new Set(rows.map(({ task }) => task.agent))].sort(compare);
  return ids.map((agent: AgentId) => {
    const own = rows.filter(({ task }) => task.agent === agent && task.status !== 'dropped');
    const current = own.find(({ task }) => task.status === 'started')?.task ?? null;
    const done = own.filter(({ task }) => task.status === 'done' || task.status === 'landed');
    return {
      agent,
      current: current?.id ?? null,
      branch: current?.started?.branch ?? null,
      total: own.length,
      done: done.length,
      estimate: sum(own.map(({ task }) => task.estimate)),
      spent: sum(own.map(({ hours }) => hours)),
    };
  });
}

const sum = (hours: readonly (number | null)[]): number =>
  Math.round(hours.reduce<number>((total, each) => total + (each ?? 0), 0) * 100) / 100;

/** Tasks that wait for each other in a circle, so that none can ever start. */
export const taskCycles = (tasks: readonly Task[]): TaskId[][] =>
  findNamedCycles(
    new Map<string, readonly string[]>(tasks.map(({ id, after }) => [id, after])),
  ) as TaskId[][];
