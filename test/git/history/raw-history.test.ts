import { expect, it } from 'vitest';
import type { Oid } from '../../../src/domain/refs.ts';
import { recentLandings } from '../../../src/git/history/raw-history.ts';
import { TestRepository } from '../../support/repository.ts';

it('what is printed beyond a bound leaves the oldest landings out, and none in half', async () => {
  const repository = TestRepository.create();
  for (const [at, message] of ['first', '', 'third\n\nbody'].entries()) {
    for (const name of ['a', 'b ä']) repository.write(name, `${at}\n`);
    repository.git('add', '-A');
    repository.git('commit', '-q', '--allow-empty-message', '-m', message);
  }
  const { directory, environment } = repository;
  const tip = repository.git('rev-parse', 'HEAD') as Oid;
  const read = (bytes?: number) => recentLandings({ directory, environment }, tip, 500, bytes);
  const all = await read();
  expect(all.map(({ message, changes }) => [message.trim(), changes.length])).toEqual([
    ['third\n\nbody', 2],
    ['', 2],
    ['first', 2],
  ]);
  const seen = new Set<number>();
  for (let bytes = 0; bytes <= 800; bytes += 23) {
    const some = await read(bytes);
    expect(some).toEqual(all.slice(0, some.length));
    seen.add(some.length);
  }
  expect([...seen].sort()).toEqual([0, 1, 2, 3]);
});
