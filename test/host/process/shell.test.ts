import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runShell, type ShellRun } from '../../../src/host/process/shell.ts';
import { scratchDirectory } from '../../support/repository.ts';

const runIn = (more: Partial<ShellRun> = {}): ShellRun & { directory: string } => {
  const directory = scratchDirectory();
  const environment = { PATH: process.env['PATH'], NAME: 'value' };
  return { directory, environment, log: join(directory, 'logs/a.log'), ...more };
};

describe.runIf(process.platform !== 'win32')('runShell', () => {
  it('runs in a directory with an environment, and gives lines as they come', async () => {
    const lines: string[] = [];
    const run = runIn({ onLine: (line) => lines.push(line) });
    const command = 'pwd; echo "$NAME" >&2; printf "1%%\\r2%%\\nend"; exit 3';
    const end = await runShell(command, run);
    expect(end).toEqual({ code: 3, signal: null });
    expect(lines).toEqual([run.directory, 'value', '1%', '2%', 'end']);
    expect(readFileSync(run.log, 'utf8')).toBe(
      `$ ${command}\n${run.directory}\nvalue\n1%\r2%\nend`,
    );
    expect(statSync(run.log).mode & 0o777).toBe(0o600);
  });

  it('adds to the log, each command under its own line', async () => {
    const run = runIn();
    await runShell('echo one', run);
    await runShell('echo two', run);
    expect(readFileSync(run.log, 'utf8')).toBe('$ echo one\none\n$ echo two\ntwo\n');
  });

  it('does not wait for what is left running in the background', async () => {
    const run = runIn();
    const end = await runShell('sleep 60 & echo $! >pid', run);
    expect(end).toEqual({ code: 0, signal: null });
    const pid = Number(readFileSync(join(run.directory, 'pid'), 'utf8'));
    expect(() => process.kill(pid, 'SIGKILL')).not.toThrow();
  });

  it('ends everything that was started when it is told to', async () => {
    const controller = new AbortController();
    const run = runIn({ signal: controller.signal, onLine: () => controller.abort() });
    const end = await runShell('sleep 60 & echo $! >pid; echo ready; wait', run);
    expect(end.signal).toBe('SIGTERM');
    const pid = Number(readFileSync(join(run.directory, 'pid'), 'utf8'));
    const state = (): string | undefined => {
      try {
        return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
      } catch {
        return undefined;
      }
    };
    // A zombie that nobody has waited for is no running process. Dying takes a moment.
    if (process.platform === 'linux') await expect.poll(state).toBeOneOf([undefined, 'Z']);
  });

  it('gives no input, so that nothing waits for an answer', async () => {
    expect(await runShell('read -r answer', runIn())).toMatchObject({ code: 1 });
  });
});
