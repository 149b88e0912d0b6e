import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { LaneWorld, rounds } from '../support/lane-world.ts';

/** Every shell that may be somebody's `sh`, and two that read a script in a way of their own. */
const SHELLS = [
  ['sh'],
  ['dash'],
  ['bash', '--posix'],
  ['bash'],
  ['busybox', 'sh'],
  ['mksh'],
  ['zsh', '--emulate', 'sh'],
  ['zsh'],
].filter(([program, ...options]) => {
  const { status } = spawnSync(program!, [...options, '-c', 'exit 7'], { stdio: 'ignore' });
  return status === 7;
});

/** A small run here; before a release `npm run test:lane` makes 20,000 rounds. */
const ROUNDS = Number(process.env['BAILIWICK_TEST_ROUNDS'] ?? 60);
const SEED = Number(process.env['BAILIWICK_TEST_SEED'] ?? 7);

it('what the short way proves, the full check allows', async () => {
  const world = new LaneWorld();
  const seen = { attempts: 0, proven: 0 };
  await fc.assert(
    fc.asyncProperty(rounds(SHELLS), async (round) => {
      if (!(await world.begin(round))) return;
      for (const attempt of round.attempts) {
        seen.attempts += 1;
        if (!world.proven(round, attempt)) continue;
        seen.proven += 1;
        expect(await world.full(round, attempt)).toBe('allowed');
      }
    }),
    { seed: SEED, numRuns: ROUNDS },
  );
  // A generator that never gets as far as a yes would compare nothing.
  expect(seen.attempts).toBeGreaterThan(ROUNDS);
  expect(seen.proven).toBeGreaterThan(ROUNDS / 20);
  if (ROUNDS > 60) console.log(`${ROUNDS} rounds: ${JSON.stringify(seen)}`);
}, 86_400_000);
