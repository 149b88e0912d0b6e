import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hintTo } from '../../src/domain/hint.ts';
import { exclusively } from '../../src/host/exclusive.ts';
import { isAlive, ownProcessMark } from '../../src/host/process/process-mark.ts';
import { packageRoot, scratchDirectory } from '../support/repository.ts';

/** A process that adds one to a number in a file, again and again, each time under the lock. */
const ADD = `
import { readFileSync, writeFileSync } from 'node:fs';
import { exclusively } from './src/host/exclusive.ts';
const [lock, file, times] = process.argv.slice(1);
for (let at = 0; at < Number(times); at += 1)
  await exclusively(lock, async () => {
    const number = Number(readFileSync(file, 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 1));
    writeFileSync(file, String(number + 1));
  });
`;

const start = (script: string, ...args: string[]) =>
  spawn(
    process.execPath,
    ['--import', './scripts/ts-node.mjs', '--input-type=module', '-e', script, ...args],
    { cwd: packageRoot, stdio: ['ignore', 'pipe', 'inherit'] },
  );

const exit = (child: ReturnType<typeof start>): Promise<number | null> =>
  new Promise((resolve) => child.on('exit', resolve));

describe('exclusively', () => {
  it('lets one process at a time do the work', async () => {
    const directory = scratchDirectory();
    const [lock, file] = [join(directory, 'sub/lock'), join(directory, 'number')];
    writeFileSync(file, '0');
    const children = [1, 2, 3].map(() => exit(start(ADD, lock, file, '10')));
    expect(await Promise.all(children)).toEqual([0, 0, 0]);
    expect(readFileSync(file, 'utf8')).toBe('30');
    expect(existsSync(lock)).toBe(false);
  });

  it('takes over from a process that was killed', async () => {
    const lock = join(scratchDirectory(), 'lock');
    const child = start(
      `import { exclusively } from './src/host/exclusive.ts';
       await exclusively(process.argv[1], () => { console.log('in'); return new Promise(() => setInterval(() => 0, 1000)); });`,
      lock,
    );
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await exit(child);
    expect(existsSync(lock)).toBe(true);
    const took = await Promise.all([1, 2, 3].map((value) => exclusively(lock, async () => value)));
    expect(took).toEqual([1, 2, 3]);
    expect(existsSync(lock)).toBe(false);
  });

  it.each([
    ['this process', ownProcessMark()],
    ['another machine', { ...ownProcessMark(), host: 'elsewhere' }],
  ])('waits for %s, then says how to go on', async (_who, mark) => {
    const lock = join(scratchDirectory(), 'lock');
    writeFileSync(lock, JSON.stringify(mark));
    await expect(exclusively(lock, () => Promise.resolve(), 30)).rejects.toMatchObject({
      kind: 'io',
      message: `another bailiwick command is at work here (process ${mark.pid} on ${mark.host})`,
      hints: [hintTo('go on when none is', `rm ${lock}`)],
    });
    expect(existsSync(lock)).toBe(true);
  });

  it('gives the lock back when the work fails', async () => {
    const lock = join(scratchDirectory(), 'lock');
    await expect(exclusively(lock, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(existsSync(lock)).toBe(false);
  });
});

describe('isAlive', () => {
  it('tells a process from one that is gone, and from a later one of its number', () => {
    const mine = ownProcessMark();
    expect(isAlive(mine)).toBe(true);
    expect(isAlive({ ...mine, pid: 2 ** 22 + 1 })).toBe(false);
    expect(isAlive({ ...mine, host: `not-${hostname()}` })).toBe(true);
    if (mine.started !== null) expect(isAlive({ ...mine, started: 'x' })).toBe(false);
  });
});
