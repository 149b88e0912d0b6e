import { describe, expect, it } from 'vitest';
import { codesIn, installHooks } from '../../support/guarded.ts';
import { readPublished } from '../../support/report-schema.ts';
import { packageRoot, TestRepository } from '../../support/repository.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const world = TestRepository.create();
world.commit('first', {
  'ownership.yml': `version: 1
phases: { enforce: require }
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'], not_with: [a1] }
`,
  'a/x': '1\n',
});
installHooks(world);
world.git('worktree', 'add', '-q', '-b', 'feat/a1/x', '../a1');
world.git('worktree', 'add', '-q', '-b', 'feat/a2/x', '../a2');
const a1 = world.at('../a1');
const a2 = world.at('../a2');

const task = (where: TestRepository, ...args: string[]) => {
  const { code, stdout } = where.bailiwick(['task', ...args, '--json']);
  const { data, findings = [] } = readPublished<{
    data?: { tasks?: { outcome: string; row: { task: { completed: { files: string[] } } } }[] };
    findings?: { code: string }[];
  }>(stdout);
  return {
    code,
    stdout,
    outcome: data?.tasks?.[0]?.outcome,
    codes: findings.map((finding) => finding.code),
    files: data?.tasks?.[0]?.row?.task?.completed?.files,
  };
};

describe('tasks', () => {
  it('are given once, whoever asks at the same time', async () => {
    const outcomes = await Promise.all(
      [...'12345678'].map(async (each) => {
        const agent = Number(each) % 2 ? 'a1' : 'a2';
        const args = [
          join(packageRoot, 'dist/cli.js'),
          'task',
          'assign',
          agent,
          'Race',
          `t${each}`,
        ];
        const child = spawn(process.execPath, args, {
          cwd: world.directory,
          env: world.environment,
          stdio: 'ignore',
        });
        const [code] = (await once(child, 'close')) as [number];
        return `${agent} ${code}`;
      }),
    );
    const winners = new Set(outcomes.filter((each) => each.endsWith(' 0')).map((each) => each[1]));
    expect(winners.size).toBe(1);
    expect(task(world, 'drop', 'RACE').outcome).toBe('dropped');
  });

  it('go from assigned to landed, with the files of the branch', () => {
    expect(task(world, 'assign', 'a1', '16', 'one', '--paths', 'a/**').outcome).toBe('assigned');
    expect(task(world, 'assign', 'a2', '16', 'one').codes).toEqual(['task-taken']);
    expect(task(world, 'assign', 'a2', '17', 'two', '--paths', 'a/x').codes).toEqual([
      'owned-by-other',
      'task-overlap',
    ]);
    const asked = task(world, 'assign', 'a2', '19', 'x', '--paths', 'b/**', '--paths', 'no/one');
    expect([asked.code, asked.codes]).toEqual([0, ['unowned']]);
    const [, owner = ''] = /"(bailiwick owner [^"]*)"/.exec(asked.stdout) ?? [];
    expect(world.bailiwick(owner.split(' ').slice(1)).stdout).toContain('request open :/no/one');
    task(world, 'drop', '19');
    expect(task(world, 'assign', 'a1', '18', 'three', '--after', '16').outcome).toBe('assigned');
    expect(task(a2, 'start', '16').codes).toEqual(['task-taken']);
    expect(task(a1, 'complete', '16').codes).toEqual(['task-taken']);
    expect(task(a1, 'start', '18').codes).toEqual(['task-taken']);
    expect(task(a1, 'start', '16').outcome).toBe('started');
    expect(task(a1, 'start', '16').outcome).toBe('unchanged');
    expect(task(a1, 'start', '16', '--agent', 'a2').code).not.toBe(0);
    // One at a time, and not from the branch of somebody else.
    task(world, 'assign', 'a1', '19', 'more');
    expect(task(a1, 'start', '19').stdout).toContain('a1 works on task 16 and does one at a time');
    expect(task(a2, 'start', '19', '--agent', 'a1').codes).toEqual(['identity-mismatch']);
    task(world, 'drop', '19');
  });

  it('are shown by status and told an agent when its session starts and stops', () => {
    const shown = a1.bailiwick(['status', '--no-overlap', '--phases']);
    expect(shown.stdout).toMatch(
      /Tasks:\n {2}16 {2}a1 works on it for .*: one\n {2}17 {2}a2 is to begin it/,
    );
    expect(shown.stdout).toContain('a1 cannot run with a2: not_with');
    expect(shown.stdout).toContain('a2 not with a1: closed by a1');
    const { data } = JSON.parse(a1.bailiwick(['status', '--no-overlap', '--json']).stdout) as {
      data: { tasks: { agent: string; id: string; status: string }[]; matrix: unknown };
    };
    expect(data.tasks.map(({ agent, id, status }) => `${agent} ${id} ${status}`)).toEqual([
      'a1 16 started',
      'a2 17 assigned',
    ]);
    expect(data.matrix).toBeNull();
    const told = (where: TestRepository, event: object) => {
      const input = JSON.stringify({ ...event, cwd: where.directory, session_id: 's' });
      const entry = join(packageRoot, 'dist/agent-hook.cjs');
      return where.run(process.execPath, [entry, 'claude'], { input }).stdout;
    };
    const start = { hook_event_name: 'SessionStart', source: 'startup' };
    expect(told(a1, start)).toContain('a1 works on the task 16: one. To say that it is done, run');
    expect(told(a2, start)).toContain('a2 is to do the task 17: two. To begin it, run');
    const stop = { hook_event_name: 'Stop', stop_hook_active: false };
    expect(told(a1, stop)).toContain('a1 works on the task 16');
    expect(told(a1, stop)).not.toContain('a1 works on the task 16');
    expect(told(a2, stop)).not.toContain('task 17');
  });

  it('of agents that must not work together are worked on one at a time', () => {
    expect(task(a2, 'start', '17').codes).toEqual(['phase-closed']);
    a2.write('b/x', '1\n');
    a2.git('add', '-A');
    expect(codesIn(a2.tryGit('commit', '-q', '-m', 'work'))).toEqual(['phase-closed']);
    a1.write('a/x', '2\n');
    a1.git('commit', '-qam', 'work');
    const completed = task(a1, 'complete', '16', '--hours', '3');
    expect([completed.outcome, completed.files]).toEqual(['completed', ['a/x']]);
    expect(a2.tryGit('commit', '-q', '-m', 'work').code).toBe(0);
    expect(task(a2, 'start', '17').outcome).toBe('started');
    expect(task(a1, 'start', '18').codes).toEqual(['phase-closed']);
    expect(task(a2, 'drop', '17').outcome).toBe('dropped');
    expect(task(a1, 'start', '18').outcome).toBe('started');
  });

  it('have landed when the base has what their branch changes', () => {
    world.git('merge', '-q', '--squash', 'feat/a1/x');
    world.git('commit', '-q', '--no-verify', '-m', 'squashed');
    expect(task(a1, 'complete', '16').outcome).toBe('landed');
    expect(task(world, 'assign', 'a1', '16', 'again').codes).toEqual(['task-taken']);
    expect(task(world, 'assign', 'a1', '16', 'again', '--again').outcome).toBe('assigned');
  });

  it.each([['0'], ['-1'], ['NaN'], ['1e9'], ['99999']])('do not take %s hours', (hours) => {
    expect(task(world, 'assign', 'a1', '20', 't', `--hours=${hours}`).code).toBe(2);
  });

  it('come from a list, and again without a change', () => {
    const input = JSON.stringify([
      { number: 30, title: 'evil\n\u001b[31m', labels: [{ name: 'a2' }] },
    ]);
    const first = world.bailiwick(['task', 'import'], { input });
    expect([first.code, first.stdout]).toEqual([
      0,
      expect.stringContaining('task 30: assigned to a2'),
    ]);
    expect(world.bailiwick(['task', 'import'], { input }).stdout).toContain('is assigned already');
    expect(world.bailiwick(['task', 'list']).stdout).toMatch(/30 +a2 +assigned +evil \[31m/);
    expect(task(world, 'reset').code).toBe(0);
    expect(world.bailiwick(['task', 'list']).stdout).toBe('no task is open\n');
  });

  it('that cannot be read are named, and spoil no other', () => {
    world.git('update-ref', 'refs/bailiwick/tasks/bad', 'main');
    expect(task(world, 'assign', 'a1', '40', 't').outcome).toBe('assigned');
    const list = world.bailiwick(['task', 'list']);
    expect(list.code).toBe(2);
    expect(list.stdout).toMatch(/40 +a1[^]*tasks\/bad cannot be read/);
  });
});
