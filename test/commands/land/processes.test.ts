import { expect, it } from 'vitest';
import { gitProcessesStarted } from '../../../src/git/process/run.ts';
import type { LandingMode } from '../../../src/domain/landing.ts';
import type { Files } from '../../support/overlap.ts';
import { land, landable, MODES } from './fixture.ts';

/** Processes of git that each step of a landing may cost. */
const EACH_STEP = 6;

/** Processes of git for a landing of so many branches, each validated and landed by itself. */
async function processesFor(count: number, mode: LandingMode): Promise<number> {
  const names = Array.from({ length: count }, (_, at) => `n${at}`);
  const branches = names.map((name): [string, Files] => [`a1/${name}`, { [`a/${name}`]: name }]);
  const repository = landable(Object.fromEntries(branches), 'true');
  const from = gitProcessesStarted();
  const { data } = await land(repository, { land: mode, each: true });
  const all = gitProcessesStarted() - from;
  // Each has landed by itself: there are as many receipts, and as many validations besides the base's.
  const receipts = repository.git(
    'rev-list',
    '--count',
    '--first-parent',
    'refs/bailiwick/receipts/main',
    '^main',
  );
  expect([data.journal!.end, data.journal!.runs, Number(receipts)]).toEqual([
    'done',
    count + 1,
    count,
  ]);
  return all;
}

it.each(MODES)('%s: one more step takes at most six more processes of git', async (mode) => {
  // Two, because a single branch has no other to be compared with.
  const [two, five] = [await processesFor(2, mode), await processesFor(5, mode)];
  expect(five - two).toBeGreaterThanOrEqual(3);
  expect((five - two) / 3).toBeLessThanOrEqual(EACH_STEP);
  expect(two).toBeLessThanOrEqual(56);
});
