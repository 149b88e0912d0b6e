import { expect, it } from 'vitest';
import { runHandoffRun } from '../../../src/commands/handoff/run.ts';
import { runHook } from '../../../src/commands/hook.ts';
import { runLock } from '../../../src/commands/lock.ts';
import { runReport } from '../../../src/commands/report.ts';
import { runTaskAssign } from '../../../src/commands/task/assign.ts';
import { runTaskStart } from '../../../src/commands/task/start.ts';
import { renderReport } from '../../../src/render/terminal/report.ts';
import { view } from '../../render/examples.ts';
import { hostIn } from '../../support/host.ts';
import { asPublished } from '../../support/report-schema.ts';
import { TestRepository } from '../../support/repository.ts';

const MINUTE = 60_000;

it('time blocked by a lock or a phase is from the first refusal to what ended it, in the clone that saw it', async () => {
  const world = TestRepository.create();
  world.commit('first', {
    'ownership.yml': `version: 1
phases: { enforce: require }
agents:
  a1: { owns: ['a/**'], validate: ['true'] }
  a2: { owns: ['b/**'] }
  a3: { owns: ['c/**'], after: [a1] }
shared:
  common: { paths: ['common/**'], agents: [a1, a2], lock: required, ttl: 2h }
`,
  });
  for (const agent of ['a1', 'a2', 'a3']) world.git('branch', `feat/${agent}/x`);
  const be = (agent: string) => world.git('symbolic-ref', 'HEAD', `refs/heads/feat/${agent}/x`);
  const start = Date.now();
  const at = (minutes: number) => hostIn(world, { now: () => start + minutes * MINUTE });
  const lock = (minutes: number, agent: string, verb: 'acquire' | 'release') => {
    be(agent);
    return runLock(at(minutes), { verb, name: 'common', agent });
  };
  const waits = async (minutes: number, where = world) => {
    const report = await asPublished(
      runReport(hostIn(where, { now: () => start + minutes * MINUTE }), { since: '1d' }),
    );
    const { locks, phases } = report.data.waits;
    return { locks, phases, report };
  };
  expect(await waits(0)).toMatchObject({ locks: null, phases: null });

  expect((await lock(1, 'a1', 'acquire')).verdict).toBe('allowed');
  // Told by the hook first, then by the lock itself.
  be('a2');
  world.write('common/x', 'mine\n');
  world.git('add', '-A');
  expect((await runHook(at(5), 'pre-commit')).verdict).toBe('refused');
  expect((await lock(10, 'a2', 'acquire')).verdict).toBe('refused');
  expect((await waits(15)).locks).toEqual({ count: 1, total: 10 * MINUTE, open: 1 });
  await lock(25, 'a1', 'release');
  await lock(40, 'a2', 'acquire');
  const locks = { count: 1, total: 20 * MINUTE, open: 0 };
  expect((await waits(60)).locks).toEqual(locks);

  world.git('reset', '-q', '--hard');
  be('a3');
  await runTaskAssign(at(50), { agent: 'a3', id: 't1', title: 'one', after: [] });
  expect((await runTaskStart(at(51), { id: 't1', agent: 'a3' })).verdict).toBe('refused');
  be('a1');
  await runHandoffRun(at(58), { agent: 'a1', yes: true });
  const phases = { count: 1, total: 7 * MINUTE, open: 0 };
  const { report, ...figures } = await waits(90);
  expect(figures).toEqual({ locks, phases });
  expect(report.data.refusals?.map(({ code }) => code).sort()).toEqual([
    'lock-held',
    'lock-held',
    'phase-closed',
  ]);
  expect(renderReport(report, view)).toMatch(
    /waited for locks +20m in all, 1 time \(this clone\)\n/,
  );

  // What only the journal of this clone knows is not known in another.
  const clone = world.at('../elsewhere');
  world.git('clone', '-q', world.directory, clone.directory);
  clone.git('fetch', '-q', 'origin', 'refs/bailiwick/*:refs/bailiwick/*');
  expect(await waits(90, clone)).toMatchObject({ locks: null, phases: null });
});
