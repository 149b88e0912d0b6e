import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Oid } from '../../../src/domain/refs.ts';
import type { Repo } from '../../../src/domain/repo.ts';
import { reachesForkPoints } from '../../../src/git/history/fork-points.ts';
import { fetchBlobs, fetchHistory, listRemote } from '../../../src/git/remote/fetch.ts';
import { partialCloneFiles } from '../../../src/git/remote/partial-clone.ts';
import { scratchDirectory, TestRepository } from '../../support/repository.ts';

let remote: TestRepository;
beforeEach(() => {
  remote = TestRepository.create();
  remote.git('config', 'uploadpack.allowFilter', 'true');
});

const tipOf = (name: string): Oid => remote.git('rev-parse', name) as Oid;

/** An empty repository that fetches from the remote, as `partialCloneFiles` makes it. */
function emptyCopy(): TestRepository {
  const home = scratchDirectory();
  const copy = new TestRepository(join(home, 'copy'), home);
  mkdirSync(copy.directory);
  for (const [path, content] of partialCloneFiles(copy.directory, `file://${remote.directory}`))
    copy.write(path.slice(copy.directory.length + 1), content);
  return copy;
}

const NOTHING = { access: {} };
const MAIN = { from: 'refs/heads/main', to: 'refs/remotes/origin/main' };

/** Objects that are not here, as git lists them without fetching any. */
const missing = (copy: TestRepository, ...tips: string[]): string[] =>
  copy
    .git('rev-list', '--objects', '--missing=print', ...tips)
    .split('\n')
    .filter((line) => line.startsWith('?'));

describe('a fetch of history', () => {
  it('brings commits and trees by name and by id, and contents when they are asked for', async () => {
    const first = remote.commit('first', { a: 'a\n' }) as Oid;
    remote.git('checkout', '-q', '-b', 'side');
    const side = remote.commit('side', { b: 'b\n' }) as Oid;
    remote.git('branch', '-D', '-q', 'main');
    remote.git('branch', 'main', first);
    const copy = emptyCopy();
    await fetchHistory(copy.repo, [MAIN, { from: side, to: null }], { depth: 9, ...NOTHING });
    expect(copy.git('rev-parse', 'refs/remotes/origin/main')).toBe(first);
    const blobs = [`${first}:a`, `${side}:b`].map((name) => remote.git('rev-parse', name) as Oid);
    expect(missing(copy, side).sort()).toEqual(blobs.map((oid) => `?${oid}`).sort());
    await fetchBlobs(copy.repo, blobs, {});
    expect(missing(copy, side)).toEqual([]);
    expect(copy.git('cat-file', 'blob', blobs[1]!)).toBe('b');
  });

  it('is whole where the remote cannot leave contents out', async () => {
    remote.git('config', 'uploadpack.allowFilter', 'false');
    remote.commit('first', { a: 'a\n' });
    const copy = emptyCopy();
    await fetchHistory(copy.repo, [MAIN], { depth: 9, ...NOTHING });
    expect(missing(copy, 'refs/remotes/origin/main')).toEqual([]);
  });

  it('fails as a whole when one thing is not there', async () => {
    remote.commit('first');
    const copy = emptyCopy();
    const items = [MAIN, { from: 'refs/heads/none', to: null }];
    await expect(fetchHistory(copy.repo, items, { depth: 9, ...NOTHING })).rejects.toThrow('fetch');
  });

  it('keeps what lets it in from the files of the copy', async () => {
    remote.commit('first');
    const copy = emptyCopy();
    const access = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.https://example.com/.extraheader',
      GIT_CONFIG_VALUE_0: 'AUTHORIZATION: basic s3cret',
    };
    await fetchHistory(copy.repo, [MAIN], { depth: 9, access });
    expect(readFileSync(join(copy.directory, 'config'), 'utf8')).not.toContain('s3cret');
  });

  it('takes addresses with quotes for what they are', () => {
    const [, config = ''] = [...partialCloneFiles('/x', 'file:///a"b\\c').values()];
    const home = scratchDirectory();
    const repository = new TestRepository(home, home);
    repository.write('config', config);
    expect(repository.git('config', '-f', 'config', 'remote.origin.url')).toBe('file:///a"b\\c');
  });

  it('lists refs by their full names', async () => {
    const first = remote.commit('first');
    remote.git('update-ref', 'refs/other/refs/heads/main', first);
    const refs = await listRemote(emptyCopy().repo, ['refs/heads/main', 'refs/heads/none'], {});
    expect(refs.get(MAIN.from as never)).toBe(first);
    expect(refs.has('refs/heads/none' as never)).toBe(false);
  });
});

describe('a shallow history', () => {
  /** Fetches both branches to a depth, and asks whether that is enough. */
  async function isEnough(depth: number): Promise<boolean> {
    const copy = emptyCopy();
    const side = { from: 'refs/heads/side', to: 'refs/heads/side' };
    await fetchHistory(copy.repo, [MAIN, side], { depth, ...NOTHING });
    const cut = readShallow(copy.repo);
    return reachesForkPoints(copy.repo, tipOf('main'), [tipOf('side')], cut);
  }

  const readShallow = (repo: Repo): ReadonlySet<string> => {
    try {
      return new Set(readFileSync(join(repo.directory, 'shallow'), 'utf8').split('\n'));
    } catch {
      return new Set();
    }
  };

  const commits = (count: number): void => {
    for (let at = 0; at < count; at += 1) remote.commit(`commit ${at}`);
  };

  it.each([
    [1, false],
    [3, false],
    [5, true],
    [99, true],
  ])('of %i commits is enough for a branch from four commits ago: %s', async (depth, enough) => {
    commits(3);
    remote.git('branch', 'side');
    commits(3);
    remote.git('checkout', '-q', 'side');
    commits(1);
    expect(await isEnough(depth)).toBe(enough);
  });

  it('is not trusted where a better common ancestor could be hidden', async () => {
    commits(1);
    remote.git('branch', 'third');
    commits(6);
    remote.git('branch', 'side');
    commits(6);
    remote.git('checkout', '-q', 'third');
    commits(1);
    for (const branch of ['main', 'side']) {
      remote.git('checkout', '-q', branch);
      remote.git('merge', '-q', '--no-ff', '--no-edit', 'third');
    }
    expect(await isEnough(4)).toBe(false);
    expect(await isEnough(20)).toBe(true);
  });

  it('is not enough for a branch with another beginning', async () => {
    commits(2);
    remote.git('checkout', '-q', '--orphan', 'side');
    remote.commit('alone');
    expect(await isEnough(9)).toBe(false);
  });
});
