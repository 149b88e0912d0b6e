import { describe, expect, it } from 'vitest';
import type { OverlapPair } from '../../../src/domain/reports/overlap.ts';
import { bruteForce } from '../../bench/brute-force.ts';
import { buildFleet, WILD } from '../../bench/fleet.ts';
import { look } from '../../support/overlap.ts';
import { TestRepository } from '../../support/repository.ts';

/** `npm run test:fleet` looks at 200. */
const SEEDS = Number(process.env['BAILIWICK_SEEDS'] ?? 5);
const FIRST = Number(process.env['BAILIWICK_FIRST_SEED'] ?? 1);

describe.each(['merge', 'squash'] as const)('overlap --land %s', (land) => {
  it.each(Array.from({ length: SEEDS }, (_, at) => FIRST + at))(
    'finds exactly the pairs that git cannot merge: fleet %i',
    { timeout: 60_000 },
    async (seed) => {
      const repository = TestRepository.create();
      const { branches } = buildFleet(repository, { ...WILD, seed });
      const { data } = await look(repository, { land });
      const expected = bruteForce(repository, branches, land);
      const conflicting = data.pairs.filter(({ level }) => level === 'conflict');
      const withBase = data.branches.filter(({ base }) => base === 'conflict');
      expect(data.degraded).toEqual([]);
      expect(withBase.map(({ ref }) => ref)).toEqual(expected.withBase);
      const sign = ({ b, oneWay }: OverlapPair): string =>
        oneWay ? (oneWay.later === b ? ' > ' : ' < ') : ' ';
      expect(conflicting.map((pair) => `${pair.a}${sign(pair)}${pair.b}`)).toEqual(expected.pairs);
    },
  );
});

describe('overlap --land rebase', () => {
  it.each([31, 32])('finds exactly the branches that git cannot rebase: fleet %i', async (seed) => {
    const repository = TestRepository.create();
    const { branches } = buildFleet(repository, { ...WILD, seed });
    const { data } = await look(repository, { land: 'rebase' });
    const found = data.branches.map(({ ref, base }) => `${ref} ${base === 'conflict'}`);
    repository.git('switch', '-q', '--detach', 'main');
    const expected = [...branches].sort().map((name) => {
      const { code } = repository.tryGit('rebase', '-q', 'main', `${name}^0`);
      if (code !== 0) repository.git('rebase', '--abort');
      return `${name} ${code !== 0}`;
    });
    expect(found).toEqual(expected);
  });
});
