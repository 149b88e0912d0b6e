import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { codesIn, installHooks } from '../../support/guarded.ts';
import { packageRoot, TestRepository } from '../../support/repository.ts';

/** Machines of a fleet, two of them a1's, and the server between them. */
let server: TestRepository;
let one: TestRepository;
let two: TestRepository;
let three: TestRepository;

const POLICY = `version: 1
phases: { enforce: require }
agents:
  a1: { owns: ['a/**'], aliases: [first] }
  a2: { owns: ['b/**'], not_with: [a1] }
  a3: { owns: ['c/**'] }
`;

function machine(name: string, branch: string): TestRepository {
  const made = server.at(`../${name}`);
  server.git('clone', '-q', server.directory, made.directory);
  installHooks(made);
  made.git('switch', '-q', '-c', branch);
  return made;
}

interface Answer {
  readonly code: number;
  readonly codes: readonly string[];
  readonly outcomes: readonly string[];
  readonly notices: readonly string[];
  readonly failure: string;
  readonly tasks: readonly { readonly outcome: string; readonly row: { readonly task: Task } }[];
}

interface Task {
  readonly agent: string;
  readonly title: string;
  readonly status: string;
  readonly completed: { readonly count: number } | null;
}

function answerOf(code: number, stdout: string): Answer {
  const { data, findings } = JSON.parse(stdout) as {
    data?: { tasks?: Answer['tasks']; failure?: { message: string }; notices?: string[] };
    findings?: { code: string }[];
  };
  return {
    code,
    codes: (findings ?? []).map((finding) => finding.code),
    tasks: data?.tasks ?? [],
    outcomes: (data?.tasks ?? []).map(({ outcome }) => outcome),
    notices: data?.notices ?? [],
    failure: data?.failure?.message ?? '',
  };
}

function task(where: TestRepository, ...args: string[]): Answer {
  const { code, stdout } = where.bailiwick(['task', ...args, '--json']);
  return answerOf(code, stdout);
}

/** The same without waiting for it. */
async function begin(where: TestRepository, ...args: string[]): Promise<Answer> {
  const cli = join(packageRoot, 'dist/cli.js');
  const child = spawn(process.execPath, [cli, 'task', ...args, '--json'], {
    cwd: where.directory,
    env: where.environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return answerOf(code, printed);
}

beforeAll(() => {
  server = TestRepository.create({ bare: true, name: 'server.git' });
  const first = server.at('../first');
  server.git('clone', '-q', server.directory, first.directory);
  first.git('switch', '-q', '-c', 'main');
  first.commit('first', { 'ownership.yml': POLICY, 'a/x': '1\n', 'b/x': '1\n', 'c/x': '1\n' });
  first.git('push', '-q', 'origin', 'main');
  one = machine('one', 'feat/a1/x');
  two = machine('two', 'feat/a2/x');
  three = machine('three', 'feat/a1/y');
});

/** The numbers are those of the edge cases in docs/tasks.md. */
describe('tasks at the edges', () => {
  it('are for agents of the policy, also by another name', () => {
    const unknown = task(one, 'assign', 'nobody', '1', 'x');
    expect([unknown.code, unknown.failure]).toEqual([2, expect.stringContaining('nobody')]);
    expect(task(one, 'assign', 'first', '1', 'x').tasks[0]!.row.task.agent).toBe('a1');
    expect(task(one, 'drop', '1').outcomes).toEqual(['dropped']);
  });

  it('have a title of one line that is not too long', () => {
    const { title } = task(one, 'assign', 'a3', '2', 'one\ntwo\u001b[31m\u202e \t three').tasks[0]!
      .row.task;
    expect(title).toBe('one two [31m three');
    expect(task(one, 'assign', 'a3', '3', 'x'.repeat(10_000)).code).toBe(2);
    expect(task(one, 'assign', 'a3', '3', '\n').code).toBe(2);
    expect(task(one, 'drop', '2').outcomes).toEqual(['dropped']);
  });

  it('that changed nothing are done with no file, which is said', () => {
    task(one, 'assign', 'a1', '4', 'look');
    task(one, 'start', '4');
    const done = one.bailiwick(['task', 'complete', '4']);
    expect([done.code, done.stdout]).toEqual([0, expect.stringContaining('no files')]);
    expect(task(one, 'show', '4').tasks).toMatchObject([{ task: { completed: { count: 0 } } }]);
  });

  it('started without a connection on two machines are those of the remote, and the other is told', () => {
    expect(task(one, 'assign', 'a1', '5', 'both').outcomes).toEqual(['assigned']);
    expect(three.bailiwick(['sync']).code).toBe(0);
    for (const where of [one, three]) {
      const started = task(where, 'start', '5', '--offline');
      expect(started.outcomes).toEqual(['started']);
    }
    expect(one.bailiwick(['sync']).code).toBe(0);
    const told = three.bailiwick(['sync']);
    expect(told.stdout + told.stderr).toMatch(/tasks\/5|task 5/);
    const [here, there] = [three, server].map((each) =>
      each.git('rev-parse', 'refs/bailiwick/tasks/5'),
    );
    expect(here).toBe(there);
    expect(three.git('reflog', 'show', '--format=%gs', 'refs/bailiwick/tasks/5')).toContain(
      'task 5 started',
    );
    expect(task(one, 'drop', '5').outcomes).toEqual(['dropped']);
  });

  it('of two agents that must not work together are begun by one, also in the same second', async () => {
    task(one, 'assign', 'a1', '6', 'one');
    task(one, 'assign', 'a2', '7', 'two');
    const [first, second] = await Promise.all([
      begin(one, 'start', '6', '--agent', 'a1'),
      begin(two, 'start', '7', '--agent', 'a2'),
    ]);
    const outcomes = [first, second].map(
      ({ outcomes: [outcome], codes: [code] }) => code ?? outcome,
    );
    expect(outcomes.sort()).toEqual(['phase-closed', 'started']);
    const [winner, loser, files] = first.codes.length === 0 ? [one, two, 'b/x'] : [two, one, 'a/x'];
    // The clone of the loser knows of the turn by now: its commit and its push are refused alike.
    loser.write(files, '2\n');
    expect(codesIn(loser.tryGit('commit', '-qam', 'work'))).toEqual(['phase-closed']);
    loser.git('commit', '-q', '--no-verify', '-am', 'work');
    expect(codesIn(loser.tryGit('push', '-q', 'origin', 'HEAD'))).toContain('phase-closed');
    expect(task(winner, 'drop', winner === one ? '6' : '7').outcomes).toEqual(['dropped']);
    loser.bailiwick(['sync']);
    expect(loser.tryGit('push', '-q', 'origin', 'HEAD').code).toBe(0);
  });

  it('are all dropped by reset but for the one that cannot be moved, which is named', () => {
    const ids = ['8', '9', '10', '11'];
    for (const id of ids) task(one, 'assign', 'a1', id, 'x');
    // One ref that git cannot move while reset is at it.
    const stuck = join(server.directory, 'refs/bailiwick/tasks/9.lock');
    writeFileSync(stuck, '');
    const reset = task(one, 'reset', '--of', 'a1');
    rmSync(stuck);
    expect([reset.code, reset.notices]).toEqual([2, [expect.stringContaining('task 9 stays')]]);
    const { tasks } = task(three, 'list', '--all') as unknown as {
      tasks: { task: { id: string; status: string } }[];
    };
    const states = new Map(tasks.map(({ task: each }) => [each.id, each.status]));
    expect(ids.map((id) => states.get(id))).toEqual(['dropped', 'assigned', 'dropped', 'dropped']);
    expect(task(one, 'reset', '--of', 'a1').outcomes).toEqual(['dropped']);
  });
});
