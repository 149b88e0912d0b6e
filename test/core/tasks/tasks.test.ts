import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTask, serialiseTask } from '../../../src/core/tasks/parse-task.ts';
import { readCsv, readTaskList } from '../../../src/core/tasks/read-task-list.ts';
import { taskCycles, taskRows, tasksOfAgents } from '../../../src/core/tasks/task-rows.ts';
import {
  assignTask,
  completeTask,
  dropTask,
  hoursSpent,
  startTask,
  type TaskTransition,
} from '../../../src/core/tasks/transitions.ts';
import { type AgentId, parseAgentId } from '../../../src/domain/ids.ts';
import { parseOid } from '../../../src/domain/refs.ts';
import { parseTaskId, type Task, type TaskId, taskRef } from '../../../src/domain/states/task.ts';

const [a1, a2] = ['a1', 'a2'].map((id) => parseAgentId(id)!) as [AgentId, AgentId];
const id = parseTaskId('16')!;
const commit = parseOid('1'.repeat(40))!;
const at = (now: number) => ({ now, offline: false });
const draft = (agent: AgentId, more = {}) => ({
  id,
  title: 't',
  agent,
  estimate: 2,
  paths: [],
  after: [],
  by: null,
  host: 'h',
  again: false,
  ...more,
});
const done = (landed = false, agent = a1) => ({
  agent,
  commit,
  files: [],
  count: 0,
  spent: null,
  landed,
});
const EVENTS: Readonly<Record<string, (task: Task | null, now: number) => TaskTransition>> = {
  assign: (task, now) => assignTask(task, draft(a1), at(now)),
  'assign to another': (task, now) => assignTask(task, draft(a2), at(now)),
  start: (task, now) => startTask(task, { agent: a1, branch: null, host: 'h' }, at(now)),
  complete: (task, now) => completeTask(task, done(), at(now)),
  'complete landed': (task, now) => completeTask(task, done(true), at(now)),
  drop: (task, now) => dropTask(task, 'why', at(now)),
};
const after = (...names: string[]): Task | null =>
  names.reduce<Task | null>((task, name, now) => {
    const transition = EVENTS[name]!(task, now * 3_600_000);
    return transition.kind === 'refuse' ? task : transition.state;
  }, null);

describe('a task', () => {
  const states: Readonly<Record<string, string[]>> = {
    none: [],
    assigned: ['assign'],
    started: ['assign', 'start'],
    done: ['assign', 'start', 'complete'],
    landed: ['assign', 'start', 'complete landed'],
    dropped: ['assign', 'drop'],
  };
  it.each<[string, ...string[]]>([
    ['none', 'assigned', 'assigned', 'missing', 'missing', 'missing', 'missing'],
    ['assigned', 'keep', 'taken', 'started', 'not-started', 'not-started', 'dropped'],
    ['started', 'taken', 'taken', 'keep', 'completed', 'landed', 'dropped'],
    ['done', 'taken', 'taken', 'reopened', 'keep', 'landed', 'dropped'],
    ['landed', 'landed', 'landed', 'landed', 'keep', 'keep', 'keep'],
    ['dropped', 'assigned', 'assigned', 'dropped', 'dropped', 'dropped', 'keep'],
  ])('that is %s: %s, %s, %s, %s, %s, %s', (state, ...outcomes) => {
    const said = Object.values(EVENTS).map((event) => {
      const transition = event(after(...states[state]!), 9);
      if (transition.kind === 'move') return transition.action;
      return transition.kind === 'keep' ? 'keep' : transition.because;
    });
    expect(said).toEqual(outcomes);
  });

  it('reads back in every state it can come to, and done is landed only when it was seen', () => {
    const names = fc.array(fc.constantFrom(...Object.keys(EVENTS)), { maxLength: 10 });
    fc.assert(
      fc.property(names, (all) => {
        const task = after(...all);
        if (task === null) return;
        expect(parseTask(serialiseTask(task))).toEqual({ ok: true, value: task });
        if (task.status === 'landed') expect(all).toContain('complete landed');
      }),
    );
  });

  it('is nobody else’s to start or complete', () => {
    const task = after('assign', 'start');
    expect(completeTask(task, done(false, a2), at(9))).toMatchObject({ because: 'not-yours' });
    expect(startTask(task, { agent: a2, branch: null, host: 'h' }, at(9)).kind).toBe('refuse');
  });

  it('never took less than no time, whatever the clocks say', () => {
    const started = after('assign', 'start');
    const early = completeTask(started, done(), at(0));
    expect(early.kind === 'move' && hoursSpent(early.state)).toBe(0);
    expect(hoursSpent(after('assign', 'start', 'complete')!)).toBe(1);
  });

  it.each([
    ['16', true],
    ['api-auth', true],
    ['v1.2', true],
    ['', false],
    ['a..b', false],
    ['a.lock', false],
    ['a.', false],
    ['-x', false],
    ['a/b', false],
    ['x'.repeat(65), false],
  ])('may have the id %j: %s', (text, may) => {
    expect(parseTaskId(text) !== null).toBe(may);
  });

  it('is one whatever the case of its id', () => {
    expect(taskRef('API' as TaskId)).toBe(taskRef('api' as TaskId));
  });
});

it('a board sums what agents have, says who waits, and prints circles', () => {
  const [one, two] = [parseTaskId('1')!, parseTaskId('2')!];
  const first = { ...after('assign', 'start')!, id: one, after: [two] };
  const second = { ...after('assign')!, id: two, after: [one] };
  const rows = taskRows([second, first]);
  expect(rows.map(({ task, waits }) => [task.id, waits])).toEqual([
    [one, [two]],
    [two, [one]],
  ]);
  expect(tasksOfAgents(rows)).toMatchObject([
    { agent: a1, current: one, total: 2, done: 0, estimate: 4 },
  ]);
  expect(taskCycles([first, second])).toHaveLength(1);
});

describe('a list of tasks', () => {
  it.each([
    [
      'what gh prints',
      '[{"number":16,"title":"x","labels":[{"name":"agent:a1"}]}]',
      [['16', 'x', ['a1']]],
    ],
    [
      'CSV',
      'id,title,agent\r\n16,"a ""b"", c",a1\r\n\r\n17,d\n',
      [
        ['16', 'a "b", c', ['a1']],
        ['17', 'd', []],
      ],
    ],
  ])('may be %s', (_what, text, tasks) => {
    const read = readTaskList(text);
    expect(read.ok && read.value.map((task) => [task.id, task.title, task.names])).toEqual(tasks);
  });

  it.each([['[{"title":"x"}]'], ['[1'], ['title\nx\n'], ['id,title\n1,"x\n'], ['']])(
    'is not %j',
    (text) => {
      expect(readTaskList(text).ok).toBe(false);
    },
  );

  it('reads back every cell', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 1 }), { minLength: 1 }), (rows) => {
        const text = rows
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        expect(readCsv(text)).toEqual(rows);
      }),
    );
  });
});
