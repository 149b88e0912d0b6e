import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/domain/change.ts';
import { encodeRepoPath, type RepoPath } from '../../../src/domain/path.ts';
import type { Oid } from '../../../src/domain/refs.ts';
import { changedEntries } from '../../../src/git/objects/changed-entries.ts';
import { looseTree, readLooseObject } from '../../../src/git/objects/loose-object.ts';
import { ObjectReader } from '../../../src/git/objects/object-reader.ts';
import { inGitOrder, overlayTree, type TreeStore } from '../../../src/git/objects/overlay-tree.ts';
import { type Level, LevelReader, parseTree } from '../../../src/git/objects/trees.ts';
import { buildFleet, WILD } from '../../bench/fleet.ts';
import { TestRepository } from '../../support/repository.ts';

/** Reads from a real repository, and keeps what is written in memory. */
class MemoryStore implements TreeStore {
  readonly #levels: LevelReader;
  readonly #written = new Map<Oid, Level>();

  constructor(reader: ObjectReader) {
    this.#levels = new LevelReader(reader);
  }

  read = (tree: Oid): Promise<Level> =>
    this.#written.has(tree) ? Promise.resolve(this.#written.get(tree)!) : this.#levels.read(tree);

  write: TreeStore['write'] = (level) => {
    const { oid } = looseTree('sha1', level);
    this.#written.set(oid, level);
    return oid;
  };
}

describe('what differs between trees, and putting it on one of them', () => {
  let repository: TestRepository;
  let reader: ObjectReader;
  let trees: Oid[];
  beforeAll(() => {
    repository = TestRepository.create();
    buildFleet(repository, { ...WILD, seed: 3, branches: 12 });
    const refs = repository.git('for-each-ref', '--format=%(tree)', 'refs/heads/');
    trees = refs.split('\n') as Oid[];
    reader = new ObjectReader(repository.repo);
  });
  afterAll(() => reader.close());

  it('are the inverse of each other, and say what git says', async () => {
    const store = new MemoryStore(reader);
    for (const [at, before] of trees.entries()) {
      const after = trees[(at + 5) % trees.length]!;
      const changes = await changedEntries(store.read, before, after);
      const git = repository.git('diff-tree', '-r', '--no-renames', '--name-only', before, after);
      const names = git === '' ? [] : git.split('\n').map((name) => name.replace(/^"(.*)"$/, '$1'));
      const plain = [...changes.keys()].map((path) => path.replace(/ä/g, '\\303\\244')).sort();
      expect(plain).toEqual(names.sort());
      expect(await overlayTree(store, before, changes)).toBe(after);
    }
  });

  it('makes directories where there are none, and leaves no empty ones', async () => {
    const store = new MemoryStore(reader);
    const [oid = ''] = repository.git('rev-parse', 'main:package-lock.json').split('\n');
    const file: Entry = { mode: '100644', oid: oid as Oid };
    const one = await overlayTree(store, null, new Map([['a/b/c', file]]));
    expect([...(await changedEntries(store.read, null, one)).keys()]).toEqual(['a/b/c']);
    expect(await overlayTree(store, one, new Map([['a/b/c', null]]))).toBe(null);
    const two = await overlayTree(store, one, new Map([['a', file]]));
    expect([...(await changedEntries(store.read, one, two))]).toEqual([
      ['a/b/c', null],
      ['a', file],
    ]);
  });

  it.each([
    [['a.b', 'a/', 'a0']],
    [['a-', 'a.', 'a/', 'a0', 'ab']],
    [['Z', 'a', 'z', 'é', '\udcff']],
  ])('sorts %j as git does', (names) => {
    const entries = names.map((name): [string, Entry] => [
      name.replace(/\/$/, ''),
      {
        mode: name.endsWith('/') ? '040000' : '100644',
        oid: (name.endsWith('/') ? trees[0]! : repository.git('rev-parse', 'main:hub0.txt')) as Oid,
      },
    ]);
    const sorted = inGitOrder(new Map([...entries].reverse()));
    expect([...sorted]).toEqual(entries);
    const { oid, bytes } = looseTree('sha1', sorted);
    const lines = entries.flatMap(([name, { mode, oid: of }]) => [
      Buffer.from(`${mode} ${mode === '040000' ? 'tree' : 'blob'} ${of}\t`),
      encodeRepoPath(name as RepoPath),
      Uint8Array.of(0),
    ]);
    const made = repository.run('git', ['mktree', '-z', '--missing'], {
      input: Buffer.concat(lines),
    });
    expect(made.stdout.trim()).toBe(oid);
    expect([...parseTree(readLooseObject(bytes), 20)]).toEqual(entries);
  });
});
