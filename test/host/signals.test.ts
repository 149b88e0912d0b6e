import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EndingSignal } from '../../src/host/signals.ts';
import { packageRoot, scratchDirectory } from '../support/repository.ts';

/** A program of its own that is sent signals, one each time it says something new. */
async function run(mode: string, ...signals: EndingSignal[]) {
  const loader = join(packageRoot, 'scripts/ts-node.mjs');
  const args = ['--import', loader, join(import.meta.dirname, 'interrupted.ts'), mode];
  const environment = { ...process.env, TMPDIR: scratchDirectory() };
  const child = spawn(process.execPath, args, { env: environment, cwd: packageRoot });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const signal = signals.shift();
    if (signal) child.kill(signal);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const directory = /^ready (.*)$/m.exec(said)?.[1] ?? '';
  const words = said.trim().split('\n').slice(1);
  return { words, code, signal, left: existsSync(directory) };
}

describe.runIf(process.platform !== 'win32')('a program that is asked to end', () => {
  it.each<[EndingSignal]>([['SIGHUP'], ['SIGINT'], ['SIGTERM']])(
    'by %s takes back its work, then removes its directories, then dies by the signal',
    async (signal) => {
      expect(await run('', signal)).toEqual({
        words: [`Failure: ended by ${signal}`, 'taken back, directory there: true', 'said'],
        code: null,
        signal,
        left: false,
      });
    },
  );

  it('dies at once where it has nothing to take back', async () => {
    expect(await run('alone', 'SIGTERM')).toEqual({
      words: [],
      code: null,
      signal: 'SIGTERM',
      left: false,
    });
  });

  it('twice dies at once, by the first of them, and leaves nothing all the same', async () => {
    expect(await run('slow', 'SIGINT', 'SIGTERM')).toEqual({
      words: ['Failure: ended by SIGINT'],
      code: null,
      signal: 'SIGINT',
      left: false,
    });
  });
});
