import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { isAlive, ownProcessMark } from '../../../src/host/process/process-mark.ts';

it('this process runs, one of another machine may, and another process with its number is not it', () => {
  const mark = ownProcessMark();
  expect(isAlive(mark)).toBe(true);
  expect(isAlive({ ...mark, host: `not-${hostname()}`, pid: 1 << 29 })).toBe(true);
  expect(isAlive({ ...mark, pid: 1 << 29 })).toBe(false);
  if (mark.started !== null) expect(isAlive({ ...mark, started: 'before/1' })).toBe(false);
});

it.skipIf(process.platform !== 'linux')(
  'one that has ended and nobody waits for is not alive',
  async () => {
    // What sh becomes never asks for the end of what sh has started.
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], { stdio: 'pipe' });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line);
    const mark = { pid, host: hostname(), started: null };
    expect(isAlive(mark)).toBe(true);
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await setTimeout(20);
    expect(isAlive(mark)).toBe(false);
    parent.kill('SIGKILL');
  },
);
