import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOrder } from '../../src/commands/order.ts';
import { runOverlap } from '../../src/commands/overlap.ts';
import type { OverlapOptions } from '../../src/domain/options/fleet-options.ts';
import { buildFleet, WILD } from '../bench/fleet.ts';
import { REAL } from '../bench/overlap.ts';
import { hostIn } from '../support/host.ts';
import { commitTo, type Files, fleetOf, lines, PLAIN } from '../support/overlap.ts';
import { packageRoot, TestRepository } from '../support/repository.ts';

/** `npm run test:fleet` looks at 200. */
const SEEDS = Number(process.env['BAILIWICK_SEEDS'] ?? 6);
/** In which something was wrong once: one lands first whose result git had to write, and another has moved. */
const FOUND = [40];

type Command = readonly ['order' | 'overlap', Partial<OverlapOptions>];

/** Every subset of these comes first in some fleet. */
const BEFORE: readonly Command[] = [
  ['overlap', {}],
  ['order', {}],
  ['overlap', { land: 'squash' }],
  ['order', { land: 'rebase' }],
  ['order', { rules: 'github' }],
];
const AFTER: readonly Command[] = [...BEFORE, ['order', { land: 'squash' }]];

/** All that is said, but for how much work it was. */
async function answer(repository: TestRepository, [command, options]: Command): Promise<unknown> {
  const run = command === 'order' ? runOrder : runOverlap;
  const report = await run(hostIn(repository), { ...PLAIN, ...options });
  return { ...report, data: { ...report.data, stats: null } };
}

const forget = (repository: TestRepository): void =>
  void repository.run('rm', ['-rf', '.git/bailiwick']);

/** What happens between the commands. */
const CHANGES: readonly ((repository: TestRepository) => void)[] = [
  () => undefined,
  (repository) => void commitTo(repository, 'feat/a3/topic', { 'hub1.txt': `${lines(12)}moved\n` }),
  (repository) => void commitTo(repository, 'main', { 'hub0.txt': lines(9), 'new/file': '1\n' }),
];

/** Most branches began before the base changed the files that they share. */
const BEHIND = { ...WILD, moves: 12, hubs: 3, share: 0.6, lines: 60 };

describe('a warm answer is the cold one', () => {
  it.each([...new Set([...Array(SEEDS).keys(), ...FOUND])])(
    'whatever came before: fleet %i',
    { timeout: 120_000 },
    async (seed) => {
      const repository = TestRepository.create();
      buildFleet(repository, { ...BEHIND, seed: 500 + seed, branches: 9 });
      for (const [at, command] of BEFORE.entries())
        if (((seed * 11 + 1) >> at) & 1) await answer(repository, command);
      CHANGES[seed % CHANGES.length]!(repository);
      const commands = AFTER.filter((_, at) => (at + seed) % 2 === 0);
      const warm: unknown[] = [];
      for (const command of commands) warm.push(await answer(repository, command));
      for (const [at, command] of commands.entries()) {
        forget(repository);
        expect(JSON.stringify(warm[at])).toBe(JSON.stringify(await answer(repository, command)));
      }
    },
  );

  it('where landing a branch made a file that another run knows by name only', async () => {
    const repository = fleetOf(
      { f: lines(40) },
      { a: { f: lines(40, { 10: 'a' }) }, b: { f: lines(40, { 30: 'b' }) } },
    );
    commitTo(repository, 'main', { f: lines(40, { 20: 'main' }) });
    const cold = await answer(repository, ['order', {}]);
    forget(repository);
    await answer(repository, ['overlap', {}]);
    expect(await answer(repository, ['order', {}])).toEqual(cold);
    // A third one comes close to what only landing made.
    commitTo(repository, 'feat/c', { f: lines(40, { 11: 'c' }) }, 'main~1');
    const warm = await answer(repository, ['order', {}]);
    forget(repository);
    expect(warm).toEqual(await answer(repository, ['order', {}]));
  });

  it('where a file follows from what only landing a whole branch made', async () => {
    const edit = (at: number): Files => ({ f: lines(60, { [at]: 'edited' }) });
    const repository = fleetOf(
      { f: lines(60), gone: 'gone\n' },
      { a: { ...edit(10), gone: null }, b: edit(20), c: edit(40), d: edit(50) },
    );
    // Both did away with a file, so that landing the branch is more than merging what they share.
    commitTo(repository, 'main', { ...edit(30), gone: null });
    const cold = await answer(repository, ['order', {}]);
    forget(repository);
    await answer(repository, ['overlap', {}]);
    expect(await answer(repository, ['order', {}])).toEqual(cold);
  });

  it.each([
    ['is small', 'x', '1\n', false],
    ['is half the same', 'x', lines(40, { 1: 'x', 2: 'x', 3: 'x' }), true],
    ['has the same name', 'new/f', '1\n', true],
  ] as const)(
    'where git looks for a renamed file, and another file comes that %s',
    async (...file) => {
      const [, path, content, isSeen] = file;
      const hub = (at: number): Files => ({ hub: lines(90, { [at]: 'edited' }) });
      const repository = fleetOf({ f: lines(40), hub: lines(90) }, { a: hub(10) });
      const first = repository.git('rev-parse', 'feat/a');
      const second = commitTo(repository, 'feat/a', { [path]: content });
      commitTo(repository, 'feat/b', { ...hub(40), f: null, g: lines(40) }, 'main');
      commitTo(repository, 'feat/c', { ...hub(70), f: lines(40, { 30: 'edited' }) }, 'main');
      for (const [from, to] of [
        [first, second],
        [second, first],
      ] as const) {
        forget(repository);
        repository.git('update-ref', 'refs/heads/feat/a', from);
        await answer(repository, ['order', {}]);
        repository.git('update-ref', 'refs/heads/feat/a', to);
        const { data } = await runOrder(hostIn(repository), PLAIN);
        const warm = await answer(repository, ['order', {}]);
        forget(repository);
        expect(warm).toEqual(await answer(repository, ['order', {}]));
        expect(data.replay?.steps.map(({ ref }) => ref)).toEqual(['feat/a', 'feat/b', 'feat/c']);
        expect(data.stats.merges > 0).toBe(isSeen);
      }
    },
  );

  it('of a fleet in which one of many that come together has moved, and costs little', async () => {
    const sides = Array.from({ length: 8 }, (_, at) => [
      [`e${at}`, { [`f${at}`]: lines(40, { 30: 'e' }), hub: lines(400, { [40 * at + 5]: 'e' }) }],
      [
        `r${at}`,
        { [`f${at}`]: null, [`g${at}`]: lines(40), hub: lines(400, { [40 * at + 25]: 'r' }) },
      ],
    ]).flat() as [string, Files][];
    const base = Object.fromEntries(sides.map((_, at) => [`f${at >> 1}`, lines(40)]));
    const repository = fleetOf({ ...base, hub: lines(400) }, Object.fromEntries(sides));
    commitTo(repository, 'main', { hub: lines(400, { 399: 'main' }) });
    const run = async () => {
      const { data } = await runOrder(hostIn(repository), PLAIN);
      return { merges: data.stats.merges, text: JSON.stringify({ ...data, stats: null }) };
    };
    await run();
    commitTo(repository, 'feat/e0', { f0: lines(40, { 30: 'e', 20: 'more' }) });
    const warm = await run();
    forget(repository);
    const cold = await run();
    expect(warm.text).toBe(cold.text);
    expect(cold.text).toContain('feat/r7');
    expect(warm.merges * 2).toBeLessThan(cold.merges);
  });

  it.runIf(SEEDS >= 200)(
    'of a thousand branches, some of which move',
    { timeout: 900_000 },
    async () => {
      const repository = TestRepository.create();
      buildFleet(repository, { ...REAL, branches: 1000, hubs: 120, share: 0.1, seed: 1 });
      await answer(repository, ['overlap', {}]);
      for (const moved of [null, 600, 3, 16]) {
        if (moved !== null)
          commitTo(repository, `feat/a${moved}/topic`, { [`moved${moved}`]: '1\n' });
        const warm = JSON.stringify(await answer(repository, ['order', {}]));
        repository.run('mv', ['.git/bailiwick', '.git/saved']);
        expect(warm).toBe(JSON.stringify(await answer(repository, ['order', {}])));
        forget(repository);
        repository.run('mv', ['.git/saved', '.git/bailiwick']);
      }
    },
  );

  it('of two processes at once', { timeout: 60_000 }, async () => {
    const repository = TestRepository.create();
    buildFleet(repository, { ...BEHIND, seed: 77, branches: 20 });
    const plain = (text: string): string => text.replace(/"stats":\{[^}]*\}/, '');
    const cold = plain(repository.bailiwick(['order', ...ARGUMENTS]).stdout);
    forget(repository);
    repository.bailiwick(['overlap', ...ARGUMENTS]);
    const both = await Promise.all([1, 2].map(() => start(repository, ['order', ...ARGUMENTS])));
    expect(both.map(plain)).toEqual([cold, cold]);
    expect(plain(repository.bailiwick(['order', ...ARGUMENTS]).stdout)).toBe(cold);
  });

  const ARGUMENTS = ['--json', '--base', 'main', '--refs', 'refs/heads/feat/'];

  function start(repository: TestRepository, args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), ...args], {
      cwd: repository.directory,
      env: repository.environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return new Promise((resolve) => child.on('close', () => resolve(text)));
  }
});
