import { serialiseRequest } from '../../src/core/requests/parse-request.ts';
import { serialiseTask } from '../../src/core/tasks/parse-task.ts';
import type { ChangeRequest } from '../../src/domain/states/change-request.ts';
import type { Task } from '../../src/domain/states/task.ts';
import { spawnSync } from 'node:child_process';

/** Where git runs; a `TestRepository` is one. */
interface Place {
  readonly directory: string;
  readonly environment: Record<string, string>;
}

/** Puts `count` tasks and as many requests of a1 and a2 into the refs of a repository, each as one state. */
export function putManyStates({ directory, environment }: Place, count: number): void {
  const all = Array.from({ length: count }, (_, at) => [
    { ref: `tasks/t${at}`, text: serialiseTask(taskOf(at)) },
    requestOf(at),
  ]).flat();
  const input = all.flatMap(({ ref, text }) => [
    `commit refs/bailiwick/${ref}`,
    'committer bailiwick <bailiwick@localhost> 1700000000 +0000',
    'data 5\nstate',
    'M 100644 inline state.json',
    `data ${Buffer.byteLength(text)}\n${text}`,
    '',
  ]);
  const result = spawnSync('git', ['fast-import', '--quiet'], {
    cwd: directory,
    env: environment,
    input: input.join('\n'),
  });
  if (result.status !== 0) throw new Error(result.stderr.toString());
}

const HEX = (at: number): string => at.toString(16).padStart(7, '0').padEnd(40, 'a');

const taskOf = (at: number): Task =>
  ({
    id: `t${at}`,
    title: `the task ${at}`,
    agent: at % 2 === 0 ? 'a1' : 'a2',
    status: 'assigned',
    estimate: 2,
    spent: null,
    paths: [],
    after: at > 0 && at % 5 === 0 ? [`t${at - 1}`] : [],
    assigned: { at: 1_700_000_000_000, by: null, host: 'h' },
    started: null,
    completed: null,
    reason: '',
    offline: false,
  }) as unknown as Task;

function requestOf(at: number): { ref: string; text: string } {
  const proposal = HEX(at);
  const request = {
    id: `q${proposal.slice(0, 7)}`,
    from: at % 2 === 0 ? 'a1' : 'a2',
    to: [at % 2 === 0 ? 'a2' : 'a1'],
    status: 'open',
    priority: 2,
    message: 'why',
    branch: 'feat/a1/x',
    proposal,
    patch: true,
    withBranch: false,
    changes: [
      {
        path: at % 2 === 0 ? 'b/x' : 'a/x',
        operation: 'modify',
        after: { mode: '100644', oid: HEX(at) },
      },
    ],
    opened: { at: 1_700_000_000_000, host: 'h' },
    decided: null,
    applied: null,
    grant: null,
    offline: false,
  } as unknown as ChangeRequest;
  return { ref: `requests/${request.id}`, text: serialiseRequest(request) };
}
