import { afterAll, describe, expect, it } from 'vitest';
import type { Oid } from '../../../src/domain/refs.ts';
import { straightLine } from '../../../src/git/history/straight-line.ts';
import { ObjectReader } from '../../../src/git/objects/object-reader.ts';
import { TestRepository } from '../../support/repository.ts';

const repository = TestRepository.create();
const reader = new ObjectReader(repository.repo);
afterAll(() => reader.close());

const at = (name: string): Oid => repository.git('rev-parse', name).trim() as Oid;
const empty = (...words: string[]): void =>
  void repository.git('commit', '-q', '--allow-empty', '-m', words.join(' '));
const from = (branch: string, start: string): void =>
  void repository.git('switch', '-q', '-c', branch, start);
const line = (base: string, head: string) => straightLine(reader, at(base), at(head));

describe('straightLine', () => {
  empty('root');
  repository.git('tag', 'root');
  for (let count = 0; count < 5; count += 1) empty('main', String(count));
  from('topic', 'main~2');
  empty('one');
  empty('two');
  from('updated', 'main~2');
  empty('own');
  repository.git('merge', '-q', '--no-edit', 'main');
  from('long', 'root');
  for (let count = 0; count < 120; count += 1) empty('long', String(count));
  repository.git('switch', '-q', '--orphan', 'apart');
  empty('apart');

  it.each([
    ['a branch of the tip', 'topic~2', 'topic', 'topic~2'],
    ['a branch from before it', 'main', 'topic', 'main~2'],
    ['the base itself', 'main', 'main', 'main'],
    ['what the base has already', 'main', 'root', 'root'],
  ])('finds where %s left it', async (_what, base, head, fork) => {
    expect((await line(base, head))?.fork).toBe(at(fork));
  });

  it.each([
    ['a merge', 'main', 'updated'],
    ['another history', 'main', 'apart'],
    ['more than a hundred commits', 'main', 'long'],
  ])('leaves %s to git', async (_what, base, head) => {
    expect(await line(base, head)).toBeNull();
  });

  it('knows what the base has, and says no where it does not', async () => {
    const found = await line('main', 'topic');
    expect(await found?.isInBase(at('root'))).toBe(true);
    expect(await found?.isInBase(at('topic~1'))).toBe(false);
    expect(await found?.isInBase(at('apart'))).toBe(false);
  });
});
