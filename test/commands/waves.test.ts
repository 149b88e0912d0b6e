import { describe, expect, it } from 'vitest';
import { runOrder } from '../../src/commands/order.ts';
import type { LandingMode } from '../../src/domain/landing.ts';
import { Random } from '../bench/random.ts';
import { hostIn } from '../support/host.ts';
import { commitTo, fleetOf, lines, PLAIN } from '../support/overlap.ts';
import type { TestRepository } from '../support/repository.ts';

/** `BAILIWICK_SEEDS=50 npx vitest run test/commands/waves.test.ts` looks further. */
const SEEDS = Number(process.env['BAILIWICK_SEEDS'] ?? 1);
const SHUFFLES = 20;

/** A line of one of the files, far enough from the others to keep apart. */
type Spot = readonly [file: string, line: number];
type Edits = readonly (readonly [spot: Spot, text: string])[];

const FILES = ['f', 'g', 'h'];
const SPOTS = FILES.flatMap((file) =>
  Array.from({ length: 8 }, (_, at): Spot => [file, 2 + 3 * at]),
);

const contentOf = (edits: Edits): Record<string, string> =>
  Object.fromEntries(
    FILES.map((file) => {
      const own = edits.filter(([spot]) => spot[0] === file);
      return [file, lines(26, Object.fromEntries(own.map(([[, line], text]) => [line, text])))];
    }),
  );

/**
 * Branches edit a few lines, then the base takes over some of it by itself, and younger branches, which have
 * that, edit the same lines again.
 */
function buildOneWay(seed: number): TestRepository {
  const random = new Random(seed);
  const repository = fleetOf(contentOf([]), {});
  const edit = (name: string, spots: readonly Spot[], base: Edits): Edits => {
    const edits = spots.map((spot): Edits[number] => [spot, random.chance(0.2) ? 'same' : name]);
    const files = { ...contentOf([...base, ...edits]), [`own-${name}`]: '1\n' };
    commitTo(repository, `feat/${name}`, files, 'main');
    return edits;
  };
  const some = (count: number, from: readonly Spot[]): Spot[] =>
    Array.from({ length: count }, () => random.pick(from));
  const old = ['o1', 'o2', 'o3', 'o4', 'o5'].flatMap((name) => edit(name, some(2, SPOTS), []));
  const taken = old.filter(() => random.chance(0.5));
  commitTo(repository, 'main', contentOf(taken));
  const hot = taken.map(([spot]) => spot);
  for (const name of ['y1', 'y2', 'y3', 'y4'])
    edit(name, [...some(1, hot.length > 0 ? hot : SPOTS), ...some(1, SPOTS)], taken);
  commitTo(repository, 'main', { last: `${seed}\n` });
  return repository;
}

function lands(repository: TestRepository, land: LandingMode, ref: string): boolean {
  const head = repository.git('rev-parse', 'HEAD');
  if (land === 'rebase') {
    if (repository.tryGit('rebase', '-q', head, `${ref}^0`).code === 0) return true;
    repository.git('rebase', '--abort');
    return false;
  }
  if (land === 'merge')
    return repository.tryGit('merge', '-q', '--no-edit', '--no-ff', ref).code === 0;
  if (repository.tryGit('merge', '-q', '--squash', ref).code !== 0) return false;
  repository.tryGit('commit', '-q', '-m', ref);
  return true;
}

function shuffled(random: Random, refs: readonly string[]): string[] {
  const rest = [...refs];
  return refs.map(() => rest.splice(random.below(rest.length), 1)[0]!);
}

describe('a wave', () => {
  let directed = 0;
  const cases = (['merge', 'squash', 'rebase'] as const).flatMap((land) =>
    Array.from({ length: SEEDS }, (_, at) => [land, 40 + at] as const),
  );
  it.each(cases)(
    `lands clean in any order, by --land %s: fleet %i in ${SHUFFLES} orders`,
    { timeout: 240_000 },
    async (land, seed) => {
      const repository = buildOneWay(seed);
      const { data } = await runOrder(hostIn(repository), { ...PLAIN, land });
      expect(data.degraded).toEqual([]);
      directed += data.pairs.filter(({ oneWay }) => oneWay).length;
      const outcomes = new Map(data.replay!.steps.map(({ ref, outcome }) => [ref, outcome]));
      const random = new Random(seed);
      for (let round = 0; round < SHUFFLES; round += 1) {
        repository.git('checkout', '-q', '-f', '--detach', 'main');
        for (const [at, wave] of data.waves.entries()) {
          const clean = wave.filter((ref) => outcomes.get(ref) === 'landed');
          const order = data.anyOrder[at] ? shuffled(random, clean) : clean;
          for (const ref of order)
            expect(`${round} ${order.join(' ')}: ${ref} ${lands(repository, land, ref)}`).toBe(
              `${round} ${order.join(' ')}: ${ref} true`,
            );
        }
      }
    },
  );

  it('was tried with conflicts that have a direction', () => expect(directed).toBeGreaterThan(0));
});
