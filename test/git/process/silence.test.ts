import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Oid } from '../../../src/domain/refs.ts';
import { DiffProcess, TREE_DIFFS } from '../../../src/git/diff/diff-process.ts';
import { walkHistory } from '../../../src/git/history/walk-history.ts';
import { mergeOnce } from '../../../src/git/merge/merge-once.ts';
import { ObjectReader } from '../../../src/git/objects/object-reader.ts';
import { commitTo, fleetOf } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

/** Milliseconds; long for git, short for a test. */
const PATIENCE = 2000;

const pipes: string[] = [];
afterEach(() => pipes.splice(0).forEach((pipe) => rmSync(pipe, { force: true })));

/** Puts in the place of an object what can be opened and never ends, as a dead network drive is. */
function silence(repository: TestRepository, oid: string): void {
  const path = join(repository.directory, '.git/objects', oid.slice(0, 2), oid.slice(2));
  rmSync(path, { force: true });
  mkdirSync(dirname(path), { recursive: true });
  repository.run('mkfifo', [path]);
  pipes.push(path);
}

const loose = (): TestRepository => {
  const repository = fleetOf({ f: '1\n', g: '1\n' }, { a: { f: '2\n' }, b: { g: '2\n' } });
  commitTo(repository, 'feat/a', { f: '3\n' });
  repository.run('sh', [
    '-c',
    'mv .git/objects/pack . && git unpack-objects -q <pack/*.pack || cat pack/*.pack | git unpack-objects -q; rm -rf pack',
  ]);
  return repository;
};

describe('git that says nothing more', () => {
  it('costs the object it says nothing of, and no other', async () => {
    const repository = loose();
    const [lost, good] = ['feat/a:f', 'feat/b:g'].map((name) => repository.git('rev-parse', name));
    silence(repository, lost!);
    const reader = new ObjectReader(repository.repo, {}, PATIENCE);
    const reads = await Promise.allSettled([good!, lost!, good!].map((oid) => reader.read(oid)));
    expect(reads.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(String((reads[1] as PromiseRejectedResult).reason)).toContain(
      `git said nothing for 2 s of the object ${lost}`,
    );
    expect((await reader.read(good!))?.data.toString()).toBe('2\n');
    const last = reader.read(lost!);
    await Promise.all([reader.close(), expect(last).rejects.toThrow('said nothing')]);
  });

  it('costs the pair it says nothing of, and no other', async () => {
    const repository = loose();
    const tree = (name: string): Oid => repository.git('rev-parse', `${name}^{tree}`) as Oid;
    const [main, a, b] = [tree('main'), tree('feat/a'), tree('feat/b')];
    silence(repository, repository.git('rev-parse', 'feat/a:f'));
    const process = new DiffProcess(repository.repo, TREE_DIFFS, PATIENCE);
    const pairs = [b, a, b].map((after) => ({ before: main, after }));
    const diffs = await process.diff(pairs);
    expect(diffs.map((diff) => 'failed' in diff)).toEqual([false, true, false]);
    expect(diffs[1]).toMatchObject({ died: true, failed: 'git said nothing for 2 s' });
    await process.close();
  });

  it('ends a merge, and says so', async () => {
    const repository = loose();
    const [ours, theirs] = ['feat/a', 'feat/b'].map((name) => repository.git('rev-parse', name));
    silence(repository, theirs!);
    const merge = mergeOnce(
      repository.repo,
      { ours: ours as Oid, theirs: theirs as Oid },
      PATIENCE,
    );
    await expect(merge).rejects.toThrow('git said nothing for 2 s');
  });

  it('ends a walk through history, and says so', async () => {
    const repository = loose();
    const [tip, before] = ['feat/a', 'feat/a~1'].map((name) => repository.git('rev-parse', name));
    silence(repository, before!);
    const walk = walkHistory(repository.repo, [tip as Oid], () => 'more', PATIENCE);
    await expect(walk).rejects.toThrow('said nothing');
  });
});
