import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../../src/host/process/process-mark.ts';
import { readPublished } from '../../support/report-schema.ts';
import { packageRoot, TestRepository } from '../../support/repository.ts';

const world = TestRepository.create();
const temporary = join(world.home, 'tmp');
mkdirSync(temporary);
const environment = { TMPDIR: temporary, LOG: join(world.home, 'log') };
/** Begins and ends are written down, so that what ran together can be told. */
const noted = (name: string, work = 'sleep 0.2'): string =>
  `echo "+${name}" >>"$LOG"; ${work}; code=$?; echo "-${name}" >>"$LOG"; exit $code`;
const agent = (validate: string, more = ''): string =>
  `{ owns: ['x/**'], validate: [${JSON.stringify(validate)}]${more} }`;
world.commit('first', {
  'ownership.yml': `version: 1
agents:
  a1: ${agent(noted('a1', 'sleep 0.4; test "$(tail -n 1 "$LOG")" = "+a1"'), ', needs: { cpus: 0.1 }')}
  a2: ${agent(noted('a2'), ', needs: { cpus: 0.1, exclusive: [docker] }')}
  a3: ${agent(noted('a3'), ', needs: { cpus: 0.1, exclusive: [docker], memory: 1M }')}
  a4: ${agent('exit 1')}
  a5: ${agent('no-such-command-here')}
  a6: { owns: ['y/**'] }
  a7: ${agent('sleep 60 & echo $! >"$LOG.pid"; wait', ', needs: { cpus: 0.1 }')}
`,
});
for (const id of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'])
  world.git('worktree', 'add', '-q', '-b', `feat/${id}/x`, `../${id}`);

interface Answer {
  readonly verdict: string;
  readonly data: {
    readonly worktrees: readonly {
      readonly agent: string;
      readonly verdict: string;
      readonly runs: readonly { readonly alone: boolean; readonly verdict: string }[];
    }[];
    readonly notices: readonly string[];
  };
}

function test(...args: string[]) {
  const { code, stdout, stderr } = world.bailiwick(['test', ...args, '--json'], { environment });
  const { verdict, data } = readPublished<Answer>(stdout);
  const runs = (data.worktrees ?? []).map((each) => [
    each.agent,
    ...each.runs.map((run) => `${run.verdict}${run.alone ? ' alone' : ''}`),
  ]);
  return { code, verdict, runs, data, stderr, stdout };
}

/** The command as a process of its own. */
function begin(...args: string[]) {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), 'test', ...args], {
    cwd: world.directory,
    env: { ...world.environment, ...environment },
    stdio: 'ignore',
  });
  return { child, ended: once(child, 'close') as Promise<[number | null, string | null]> };
}

const log = (): string =>
  existsSync(environment.LOG) ? readFileSync(environment.LOG, 'utf8') : '';
const forget = (): void => writeFileSync(environment.LOG, '');

describe.runIf(process.platform !== 'win32')('test', () => {
  it('asks before anything runs, and says what cannot', () => {
    const unasked = test('a2');
    expect([unasked.code, log()]).toEqual([2, '']);
    expect(unasked.stdout).toContain('bailiwick test a2 --yes');
    expect(test('a6').stdout).toContain('a6 has no commands to pass');
    expect(test('a2', '--all').code).toBe(2);
    // Whoever is at the base is nobody.
    expect(test().stdout).toContain('bailiwick test --all');
  });

  it('runs what is red beside others again, alone, and believes that', () => {
    forget();
    const { code, runs, verdict, stderr } = test('a1', 'a2', '--yes');
    expect([code, verdict]).toEqual([0, 'allowed']);
    expect(runs).toEqual([
      ['a1', 'fail', 'pass alone'],
      ['a2', 'pass'],
    ]);
    expect(stderr).toMatch(/a1: runs again, alone\n(?:.*\n)*a1: passed/);
    forget();
    expect(test('a1').runs).toEqual([['a1', 'pass alone']]);
  });

  it('is green, red or undecided, and red where anything is', () => {
    expect(test('a4', '--yes')).toMatchObject({ code: 1, runs: [['a4', 'fail alone']] });
    expect(test('a5', '--yes')).toMatchObject({ code: 2, verdict: 'undecided' });
    const both = test('a4', 'a5');
    expect([both.code, both.data.worktrees.map((each) => each.verdict)]).toEqual([
      1,
      ['fail', 'undecided'],
    ]);
    const text = world.bailiwick(['test', 'a4'], { environment });
    expect(text.stdout).toMatch(/a4 +feat\/a4\/x +1 of 1 command failed[^]*cat '?\S+1\.log/);
  });

  it.runIf(existsSync('/usr/bin/script'))(
    'is seen on a terminal as wide as that, without colour where none is wanted',
    () => {
      forget();
      const command = `stty cols 38; env -u CI NO_COLOR=1 ${process.execPath} ${join(packageRoot, 'dist/cli.js')} test a2 a3 --yes`;
      const { stdout } = world.run('script', ['-qec', command, '/dev/null'], {
        environment: { ...environment, TERM: 'xterm' },
      });
      // eslint-disable-next-line no-control-regex
      expect(stdout).not.toMatch(/\u001B\[3\dm/);
      // Everything else that moves the cursor is no text.
      // eslint-disable-next-line no-control-regex
      const drawn = stdout.replace(/\u001B\[[\d;?]*[A-Za-z]/g, '\r\n').split('\r\n');
      expect(
        drawn.filter((line) => /^a3 {2}waits for what only one may use$/.test(line)),
      ).not.toEqual([]);
      expect(drawn.filter((line) => /^a2 {2}runs/.test(line))).not.toEqual([]);
      expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(38);
      expect(drawn.slice(-7)).toEqual(
        expect.arrayContaining(['a2  feat/a2/x  passed', '2 of 2 worktrees passed']),
      );
    },
  );

  it('shares the machine with every other run, and uses what only one may use once', async () => {
    forget();
    test('a3', '--yes');
    forget();
    const runs = [begin('a2'), begin('a3'), begin('a2', 'a3')];
    for (const { ended } of runs) expect(await ended).toEqual([0, null]);
    const lines = log().trim().split('\n');
    expect(lines).toHaveLength(8);
    // Each end follows its own begin.
    for (let at = 0; at < lines.length; at += 2)
      expect(lines[at + 1]).toBe(lines[at]!.replace('+', '-'));
  });

  it('ends all it has begun when it is told to, and what was killed takes no room', async () => {
    const pidFile = `${environment.LOG}.pid`;
    const alive = (): boolean => {
      const pid = Number(readFileSync(pidFile, 'utf8'));
      return isAlive({ pid, host: hostname(), started: null });
    };
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      writeFileSync(pidFile, '');
      const { child, ended } = begin('a7', '--yes');
      await expect.poll(() => readFileSync(pidFile, 'utf8'), { timeout: 20_000 }).not.toBe('');
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      // The other case is that of any command; see bounded-command.
      if (signal === 'SIGINT') expect(alive()).toBe(false);
    }
    forget();
    // Nothing is beside it.
    expect(test('a1').runs).toEqual([['a1', 'pass alone']]);
  });

  it('of all leaves out who has nothing to run, and names them', () => {
    world.git('worktree', 'remove', '--force', '../a7');
    world.git('worktree', 'remove', '--force', '../a1');
    const { code, data } = test('--all');
    expect(code).toBe(1);
    expect(data.worktrees.map((each) => each.agent)).toEqual(['a2', 'a3', 'a4', 'a5']);
    expect(data.notices).toEqual([
      'a1 has no worktree here, and is left out',
      'a6 has no commands to pass, and is left out',
      'a7 has no worktree here, and is left out',
    ]);
  });
});
