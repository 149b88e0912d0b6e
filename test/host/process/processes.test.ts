import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseLsof, processesIn } from '../../../src/host/process/processes.ts';
import { scratchDirectory } from '../../support/repository.ts';

const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

/** A grandchild, which is not one of ours: sh starts it and says its number. */
const start = async (cwd: string, command: string): Promise<number> => {
  const child = spawn('sh', ['-c', `${command} & echo $!; wait`], {
    cwd,
    stdio: ['ignore', 'pipe', 2],
  });
  children.push(child);
  const pid = await new Promise<Buffer>((resolve) => child.stdout!.once('data', resolve));
  children.push({ kill: () => process.kill(Number(pid), 'SIGKILL') } as unknown as ChildProcess);
  return Number(pid);
};

describe.runIf(process.platform === 'linux')('processesIn', () => {
  it('finds who stands in a directory, or has a file of it open', async () => {
    const directory = scratchDirectory();
    mkdirSync(join(directory, 'in/deep'), { recursive: true });
    mkdirSync(join(directory, 'in-not'));
    const stands = await start(join(directory, 'in/deep'), 'exec sleep 60');
    const reads = await start('/', `exec sleep 60 3>'${join(directory, 'in/open')}'`);
    await start(join(directory, 'in-not'), 'exec sleep 60');
    const found = (await processesIn(join(directory, 'in')))!.filter(
      ({ name }) => name === 'sleep',
    );
    expect(found.map(({ pid, path }) => [pid, path]).sort()).toEqual(
      [
        [stands, join(directory, 'in/deep')],
        [reads, join(directory, 'in/open')],
      ].sort(),
    );
  });

  it('leaves out this process and those it has started', async () => {
    const directory = scratchDirectory();
    children.push(spawn('sleep', ['60'], { cwd: directory }));
    expect(await processesIn(directory)).toEqual([]);
  });
});

it('reads what lsof says', () => {
  const output = 'p7\nR1\ncvim\nn/a/b\nn/x/y\nn/x/z\np8\nR7\nczsh\nn/x\np9\nR1\ncls\nn/xy\n';
  expect(parseLsof(output, (path) => path === '/x' || path.startsWith('/x/'))).toEqual([
    { pid: 7, parent: 1, name: 'vim', path: '/x/y' },
    { pid: 8, parent: 7, name: 'zsh', path: '/x' },
  ]);
});
