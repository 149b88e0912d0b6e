import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import {
  type BoundedCommand,
  runBoundedCommand,
} from '../../../src/host/command/bounded-command.ts';
import { packageRoot, scratchDirectory } from '../../support/repository.ts';

const KEPT = 64 * 1024;
const runIn = (directory: string, more: Partial<BoundedCommand> = {}): BoundedCommand => ({
  directory,
  environment: { PATH: process.env['PATH'] },
  timeout: 30_000,
  kept: KEPT,
  ...more,
});

/** True when a process with the number in the file runs; one that nobody has waited for does not. */
function runs(file: string): boolean {
  const pid = readFileSync(file, 'utf8').trim();
  try {
    if (process.platform !== 'linux') return process.kill(Number(pid), 0);
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

describe.runIf(process.platform !== 'win32')('a bounded command', () => {
  const directory = scratchDirectory();
  const at = (name: string): string => join(directory, name);

  it('says how it ended, with the end of both streams in order', async () => {
    const lines: string[] = [];
    const groups: number[] = [];
    const end = await runBoundedCommand(
      'echo one; echo two >&2; exit 3',
      runIn(directory, {
        onLine: (line) => lines.push(line),
        onStart: (group) => groups.push(group),
      }),
    );
    expect(end).toMatchObject({ code: 3, signal: null, timedOut: false, stopped: null });
    expect(end).toMatchObject({ leftBehind: 0, unended: [], tail: 'one\ntwo\n', printed: 8 });
    expect(lines.length).toBeGreaterThan(0);
    expect(groups).toHaveLength(1);
  });

  it('leaves nothing behind, also what ignores being asked', async () => {
    const end = await runBoundedCommand(
      `(trap '' TERM; sleep 60 & echo $! >left; echo $$ >self; wait) & sleep 0.2; exit 0`,
      runIn(directory),
    );
    expect(end.code).toBe(0);
    expect(end.leftBehind).toBeGreaterThan(0);
    expect(end.unended).toEqual([]);
    expect(runs(at('left'))).toBe(false);
  });

  it.runIf(process.platform === 'linux')(
    'leaves nothing behind that has left its group',
    async () => {
      const end = await runBoundedCommand(
        'setsid sleep 60 >/dev/null 2>&1 & echo $! >away; sleep 0.2',
        runIn(directory),
      );
      expect(end).toMatchObject({ code: 0, unended: [] });
      expect(end.leftBehind).toBeGreaterThan(0);
      expect(runs(at('away'))).toBe(false);
    },
  );

  it('ends when its time is up, with all it has started', async () => {
    const end = await runBoundedCommand(
      'sleep 60 & echo $! >late; wait',
      runIn(directory, { timeout: 300 }),
    );
    expect(end).toMatchObject({ timedOut: true, code: null, signal: 'SIGTERM' });
    expect(runs(at('late'))).toBe(false);
  });

  it('ends when it is told to, and says why; also when it was told before', async () => {
    const controller = new AbortController();
    const reason = new Failure('io', 'ended by SIGINT');
    const end = await runBoundedCommand(
      'sleep 60 & echo $! >told; echo ready; wait',
      runIn(directory, { signal: controller.signal, onLine: () => controller.abort(reason) }),
    );
    expect(end).toMatchObject({ stopped: 'ended by SIGINT', timedOut: false });
    expect(runs(at('told'))).toBe(false);
    const again = await runBoundedCommand(
      'sleep 60',
      runIn(directory, { signal: controller.signal }),
    );
    expect(again.stopped).toBe('ended by SIGINT');
  });

  it('is gone when this program is killed', async () => {
    const loader = join(packageRoot, 'scripts/ts-node.mjs');
    const runner = join(import.meta.dirname, 'killed-runner.ts');
    const command = 'sleep 60 & echo $! >orphan.new; mv orphan.new orphan; wait';
    const args = ['--import', loader, runner, directory, command];
    const child = spawn(process.execPath, args, { cwd: packageRoot, stdio: 'ignore' });
    await expect.poll(() => existsSync(at('orphan')), { timeout: 20_000 }).toBe(true);
    child.kill('SIGKILL');
    await expect.poll(() => runs(at('orphan')), { timeout: 5000 }).toBe(false);
  });

  it('keeps the end of any output, whole lines, and says how much there was', async () => {
    const many = 100_000_000;
    const end = await runBoundedCommand(
      `head -c ${many} /dev/zero; echo; yes line | head -n 20000; echo end`,
      runIn(directory),
    );
    expect(end.printed).toBe(many + 1 + 100_000 + 4);
    expect(end.tail.length).toBeLessThanOrEqual(KEPT);
    expect(end.tail).toMatch(/^(?:line\n)+end\n$/);
    const one = await runBoundedCommand('head -c 200000 /dev/zero', runIn(directory));
    expect(one.tail).toBe('\0'.repeat(KEPT));
  });

  it('gets no input, and may wait for longer than a timer can', async () => {
    const end = await runBoundedCommand('read -r x', runIn(directory, { timeout: 2 ** 40 }));
    expect(end).toMatchObject({ code: 1, timedOut: false });
  });

  it('that cannot be started is a failure, not an end', async () => {
    await expect(runBoundedCommand('true', runIn(at('nowhere')))).rejects.toMatchObject({
      kind: 'io',
    });
  });
});
