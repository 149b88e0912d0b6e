import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { isOpenTask, type Task, type TaskId } from '../../domain/states/task.ts';
import type { RepoPath } from '../../domain/path.ts';
import { count } from '../../domain/text/count.ts';
import { formatMoment } from '../../domain/text/duration.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { areApart } from '../glob/apart.ts';
import { parseGlob } from '../glob/parse.ts';
import type { TaskRefusal } from './transitions.ts';

/** Why a task could not be assigned, started or completed. */
export function taskRefusal(
  because: Exclude<TaskRefusal, 'missing'>,
  task: Task,
  agent: AgentId | null,
): Finding {
  const { id } = task;
  const since = formatMoment((task.started ?? task.assigned).at);
  const words: Readonly<Record<typeof because, string>> = {
    dropped: `task ${id} was dropped${task.reason === '' ? '' : `: ${task.reason}`}`,
    landed: `task ${id} has landed`,
    'not-started': `task ${id} was not started`,
    'not-yours': `task ${id} is ${task.agent}'s since ${since}`,
    taken: `task ${id} is ${task.agent}'s since ${since} (${task.assigned.host}), and ${task.status}`,
  };
  const hint =
    because === 'not-started'
      ? hintTo('start it', `bailiwick task start ${id}`)
      : hintTo('see it', `bailiwick task show ${id}`);
  return {
    code: 'task-taken',
    severity: 'error',
    agent,
    owner: [task.agent],
    message: words[because],
    hint,
  };
}

/** An agent that has not finished something else, or a task that others come before. */
export const taskBlocked = (
  id: TaskId,
  agent: AgentId,
  current: TaskId | null,
  waits: readonly TaskId[],
): Finding | null => {
  if (current === null && waits.length === 0) return null;
  const [first = current!] = waits;
  return {
    code: 'task-taken',
    severity: 'error',
    agent,
    message:
      waits.length > 0
        ? `task ${id} comes after ${waits.join(', ')}, which ${waits.length === 1 ? 'is' : 'are'} not done`
        : `${agent} works on task ${current} and does one at a time`,
    hint:
      waits.length > 0
        ? hintTo('see it', `bailiwick task show ${first}`)
        : hintTo('complete that one', `bailiwick task complete ${first}`),
  };
};

/** A path that an agent may not change by itself. */
export interface ForeignPath {
  readonly path: RepoPath;
  /** Any one of them may give leave; none: people. Null where nobody may. */
  readonly of: readonly AgentId[] | null;
}

/** What a task is about and its agent may not change: one warning, so that it is asked for before it begins. */
export function foreignFindings(
  { id, agent }: Pick<Task, 'agent' | 'id'>,
  foreign: readonly ForeignPath[],
): Finding[] {
  const [first] = foreign;
  if (first === undefined) return [];
  const owners = [...new Set(foreign.flatMap(({ of }) => of ?? []))].sort();
  const more = foreign.length > 1 ? ` and ${count(foreign.length - 1, 'more file')}` : '';
  const whose = owners.length > 0 ? `: ask ${owners.join(', ')}` : '';
  return [
    {
      code: owners.length > 0 ? 'owned-by-other' : 'unowned',
      severity: 'warning',
      path: first.path,
      agent,
      owner: owners,
      message: `task ${id} is about ${first.path}${more}, which ${agent} may not change by itself${whose}`,
      hint: hintTo(
        `see how ${agent} asks for it`,
        `bailiwick owner ${shellQuote(`:/${first.path}`)} --agent ${agent}`,
      ),
    },
  ];
}

/** Open tasks of others about the same paths: the two are worth a word before they begin. */
export function overlapFindings(task: Task, others: readonly Task[]): Finding[] {
  return others
    .filter((other) => other.agent !== task.agent && isOpenTask(other) && meet(task, other))
    .map((other) => ({
      code: 'task-overlap',
      severity: 'warning',
      agent: task.agent,
      owner: [other.agent],
      message: `task ${task.id} is about paths of task ${other.id} as well`,
      hint: hintTo('see it', `bailiwick task show ${other.id}`),
    }));
}

const meet = (a: Pick<Task, 'paths'>, b: Pick<Task, 'paths'>): boolean => {
  const [ours, theirs] = [a, b].map(({ paths }) => paths.flatMap(patternsOf));
  return ours!.some((one) => theirs!.some((other) => !areApart(one, other)));
};

const patternsOf = (text: string) => {
  const parsed = parseGlob(text);
  return parsed.ok ? parsed.value.patterns : [];
};
