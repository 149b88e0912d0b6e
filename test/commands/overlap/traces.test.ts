import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LandingMode } from '../../../src/domain/landing.ts';
import { gitProcessesStarted } from '../../../src/git/process/run.ts';
import { buildFleet, WILD } from '../../bench/fleet.ts';
import { commitTo, fleetOf, lines, look } from '../../support/overlap.ts';
import { packageRoot, scratchDirectory, TestRepository } from '../../support/repository.ts';

/**
 * Every file in the repository but what it remembers, with its size. Not its time: git marks a pack as
 * used when it would have written an object that is in there.
 */
const contents = (repository: TestRepository): string[] =>
  readdirSync(repository.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/.git/bailiwick/'))
    .map((path) => `${path} ${statSync(path).size}`)
    .sort();

describe('overlap leaves nothing behind', () => {
  it('in the repository', async () => {
    const repository = TestRepository.create();
    buildFleet(repository, { ...WILD, seed: 5 });
    repository.git('reset', '-q', '--hard');
    const before = contents(repository);
    for (const land of ['merge', 'squash', 'rebase'] as const) await look(repository, { land });
    expect(contents(repository)).toEqual(before);
    expect(readdirSync(join(repository.directory, '.git/bailiwick'))).toEqual(['overlap-cache']);
  });

  it('when it fails', async () => {
    const temporary = scratchDirectory();
    const repository = fleetOf({ f: '1\n' }, { a: { f: '2\n' } });
    const environment = { TMPDIR: temporary };
    const arguments_ = ['overlap', '--refs', 'refs/heads/feat/', '--base'];
    expect(repository.bailiwick([...arguments_, 'main'], { environment }).code).toBe(0);
    expect(repository.bailiwick([...arguments_, 'nowhere'], { environment }).code).toBe(2);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('overlap ended by a signal', () => {
  let repository: TestRepository;
  let expected: string;
  beforeAll(() => {
    repository = TestRepository.create();
    buildFleet(repository, { ...WILD, seed: 9, branches: 40 });
    expected = answer(repository).stdout;
    repository.run('rm', ['-rf', '.git/bailiwick']);
  });

  const ARGUMENTS = ['overlap', '--json', '--base', 'main', '--refs', 'refs/heads/feat/'];
  const answer = (at: TestRepository): { code: number; stdout: string } => {
    const { code, stdout } = at.bailiwick(ARGUMENTS);
    return { code, stdout: stdout.replace(/"merges":\d+,"cached":\d+,"ms":\d+/, '') };
  };

  it.each<[NodeJS.Signals, number]>([
    ['SIGINT', 60],
    ['SIGTERM', 120],
    ['SIGHUP', 180],
    ['SIGINT', 240],
    ['SIGTERM', 330],
    ['SIGTERM', 500],
    ['SIGKILL', 100],
    ['SIGKILL', 170],
    ['SIGKILL', 250],
    ['SIGKILL', 350],
  ])('%s leaves no directory, no object and a memory that can be used', async (signal, after) => {
    const temporary = scratchDirectory();
    const before = contents(repository);
    const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), ...ARGUMENTS], {
      cwd: repository.directory,
      env: { ...repository.environment, TMPDIR: temporary },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('close', (code, by) => resolve(by ?? code)));
    await new Promise((resolve) => setTimeout(resolve, after));
    child.kill(signal);
    // It may have been done before.
    expect([signal, 0]).toContain(await ended);
    // Nobody can clean up after SIGKILL but another process, which needs a moment.
    if (signal === 'SIGKILL') await emptied(temporary);
    expect(readdirSync(temporary)).toEqual([]);
    expect(contents(repository)).toEqual(before);
    expect(answer(repository)).toEqual({ code: 0, stdout: expected });
  });

  async function emptied(directory: string): Promise<void> {
    for (let left = 100; left > 0 && readdirSync(directory).length > 0; left -= 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

describe('the number of git processes', () => {
  const processes = async (repository: TestRepository, land: LandingMode): Promise<number> => {
    const before = gitProcessesStarted();
    await look(repository, { land });
    return gitProcessesStarted() - before;
  };

  it.each([
    ['merge', 5, 9],
    ['merge', 60, 9],
    ['squash', 60, 9],
    // To know commits by their patch takes three more.
    ['rebase', 5, 12],
    ['rebase', 60, 12],
  ] as const)(
    'by --land %s for %i branches is at most %i, and 5 when nothing has changed',
    async (land, branches, most) => {
      const repository = TestRepository.create();
      buildFleet(repository, { ...WILD, seed: 2, branches });
      // Some do not merge, and some only as a whole, so that everything there is to do is done.
      commitTo(repository, 'main', { 'hub0.txt': lines(20), 'new/a': '1\n' });
      commitTo(repository, 'feat/a0/topic', { 'hub0.txt': lines(9) });
      commitTo(repository, 'feat/a1/topic', { new: '2\n' });
      expect(await processes(repository, land)).toBeLessThanOrEqual(most);
      expect(await processes(repository, land)).toBeLessThanOrEqual(5);
    },
  );
});

describe('what is remembered', () => {
  const fleet = (): TestRepository => {
    const repository = TestRepository.create();
    buildFleet(repository, { ...WILD, seed: 4, branches: 12 });
    return repository;
  };
  const memory = (repository: TestRepository): string =>
    join(repository.directory, '.git/bailiwick/overlap-cache');
  const plain = async (repository: TestRepository): Promise<string> =>
    JSON.stringify((await look(repository)).data).replace(/,"stats".*$/, '');

  it('saves every merge of an unchanged fleet', async () => {
    const repository = fleet();
    const first = await look(repository);
    expect(first.data.stats).toMatchObject({ cached: 0 });
    expect(first.data.stats.merges).toBeGreaterThan(10);
    const second = await look(repository);
    expect(second.data.stats).toMatchObject({ merges: 0 });
    expect(second.data.stats.cached).toBeGreaterThan(10);
    const stats = { ...second.data.stats, ...first.data.stats };
    expect({ ...second, data: { ...second.data, stats } }).toEqual(first);
  });

  it('makes one moved branch cost its own merges only', async () => {
    const repository = fleet();
    const { data } = await look(repository);
    commitTo(repository, 'feat/a3/topic', { 'hub1.txt': 'moved\n' });
    const again = await look(repository);
    const own = again.data.pairs.filter(({ a, b }) => [a, b].includes('feat/a3/topic')).length;
    // Its own landing, its own pairs, those it met landing again for that, and each pair both ways.
    expect(again.data.stats.merges).toBeLessThanOrEqual(1 + 4 * own);
    expect(again.data.stats.merges).toBeLessThan(data.stats.merges);
    repository.run('rm', ['-rf', '.git/bailiwick']);
    expect(await plain(repository)).toBe(JSON.stringify(again.data).replace(/,"stats".*$/, ''));
  });

  it('still holds for pairs when the base moves on elsewhere', async () => {
    const repository = fleetOf(
      { f: lines(10), g: '1\n' },
      { a: { f: lines(10, { 6: 'a' }) }, b: { f: lines(10, { 6: 'b' }) } },
    );
    await look(repository);
    commitTo(repository, 'main', { g: '2\n' });
    const { data } = await look(repository);
    // Neither branch meets what the base did, and that they conflict in `f` is known.
    expect(data.stats).toMatchObject({ merges: 0, cached: 1 });
    expect(data.pairs).toMatchObject([{ level: 'conflict', near: [{ path: 'f' }] }]);
  });

  it('depends on how branches land and whose rules hold', async () => {
    const repository = fleet();
    await look(repository);
    for (const options of [{ land: 'squash' }, { rules: 'github' }, { renameLimit: 5 }] as const)
      expect((await look(repository, options)).data.stats.cached).toBe(0);
  });

  it.each<[string, (text: string) => string]>([
    ['cut short', (text) => text.slice(0, text.length / 2)],
    ['emptied', () => ''],
    ['changed', (text) => text.replace('"standing":"clean"', '"standing":"merged"')],
    [
      'of another version',
      (text) => text.replace(/^bailiwick-overlap \S+/, 'bailiwick-overlap 0.0.0'),
    ],
    ['something else', () => 'not\na\nmemory'],
  ])('is not used when it is %s, and is replaced', async (_, damage) => {
    const repository = fleet();
    const expected = await plain(repository);
    repository.write(
      '.git/bailiwick/overlap-cache',
      damage(readFileSync(memory(repository), 'utf8')),
    );
    const report = await look(repository);
    expect(report.data.stats.cached).toBe(0);
    expect(JSON.stringify(report.data).replace(/,"stats".*$/, '')).toBe(expected);
    expect((await look(repository)).data.stats.merges).toBe(0);
  });

  it('does without where it cannot be written or read', async () => {
    const repository = fleet();
    repository.write('.git/bailiwick/overlap-cache/in-the-way');
    const expected = await plain(repository);
    expect((await look(repository)).data.stats.cached).toBe(0);
    repository.run('rm', ['-rf', '.git/bailiwick']);
    expect(await plain(repository)).toBe(expected);
  });

  it('may be shared by several processes at once', async () => {
    const repository = fleet();
    const expected = await plain(repository);
    repository.run('rm', ['-rf', '.git/bailiwick']);
    const all = ['merge', 'squash', 'rebase', 'merge', 'squash', 'rebase'] as const;
    await Promise.all(all.map((land) => look(repository, { land })));
    for (const land of all) {
      const { data } = await look(repository, { land });
      expect(data.stats.branches).toBe(12);
    }
    expect((await look(repository)).data.stats.merges).toBe(0);
    expect(await plain(repository)).toBe(expected);
  });
});
