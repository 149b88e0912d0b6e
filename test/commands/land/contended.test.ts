import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot, type TestRepository } from '../../support/repository.ts';
import { BRANCHES, landable } from './fixture.ts';

/** Landers at once; `npm run test:landing` takes 64. */
const LANDERS = process.env['BAILIWICK_LANDING'] === undefined ? 6 : 64;
const CLONES = 4;

/** The exit code of one lander, and what it said. */
async function lander(where: TestRepository): Promise<{ code: number; said: string }> {
  const args = ['land', '--all', '--push', '--yes', '--once'];
  const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), ...args], {
    cwd: where.directory,
    env: where.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 255, said };
}

it(`${LANDERS} landers from ${CLONES} clones: one journal, and everything lands once`, async () => {
  const mine = landable({ 'a1/x': BRANCHES['a1/x']!, 'a3/x': BRANCHES['a3/x']! }, 'sleep 0.3');
  const origin = join(mine.home, 'origin.git');
  mine.git('init', '-q', '--bare', '-b', 'main', origin);
  mine.git('push', '-q', origin, 'main', 'refs/heads/feat/*:refs/heads/feat/*');
  const clones = Array.from({ length: CLONES }, (_, at) => {
    const clone = mine.at(`../clone${at}`);
    mine.git('clone', '-q', origin, clone.directory);
    clone.git('fetch', '-q', 'origin', 'refs/heads/feat/*:refs/heads/feat/*');
    return clone;
  });
  const all = Array.from({ length: LANDERS }, (_, at) => lander(clones[at % CLONES]!));
  const outcomes = await Promise.all(all);
  const won = outcomes.filter(({ said }) => /landed 2 of 2/.test(said));
  expect(
    outcomes.map(({ said }) => said).filter((said) => /internal|TypeError/.test(said)),
  ).toEqual([]);
  expect(won).toHaveLength(1);
  for (const { code, said } of outcomes) {
    if (/landed 2 of 2/.test(said)) continue;
    // Whoever came while it ran was told so; whoever came after it had nothing to do.
    if (code === 2)
      expect(said.replaceAll(/\s+/g, ' ')).toMatch(
        /is landing on main|no landing on main|kept moving/,
      );
    else expect([code, /nothing landed|landed 0 of/.test(said)]).toEqual([0, true]);
  }
  const log = (ref: string, format: string): string[] =>
    mine.at('../origin.git').git('log', '--first-parent', `--format=${format}`, ref).split('\n');
  const ids = log('refs/bailiwick/landings/main', '%s').map((subject) => subject.split(/[ :]/)[1]);
  // The states of one landing are never between those of another.
  expect(new Set(ids).size).toBe(ids.filter((id, at) => id !== ids[at - 1]).length);
  const landed = log('main', '%(trailers:key=Bailiwick-Landed,valueonly)').filter(Boolean);
  expect(landed.map((line) => line.split('@')[0]).sort()).toEqual(['feat/a1/x', 'feat/a3/x']);
}, 300_000);
