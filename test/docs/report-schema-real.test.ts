import { describe, expect, it } from 'vitest';
import { runOrder } from '../../src/commands/order.ts';
import { LANDING_MODES } from '../../src/domain/landing.ts';
import type { Report } from '../../src/domain/report.ts';
import { buildFleet, WILD } from '../bench/fleet.ts';
import { Fleet } from '../commands/status/fixture.ts';
import { hostIn } from '../support/host.ts';
import { commitTo, fleetOf, lines, look, PLAIN } from '../support/overlap.ts';
import { open, printed, strict } from '../support/report-schema.ts';
import { TestRepository } from '../support/repository.ts';

function expectAsPublished(report: Report): void {
  const json = printed(report);
  expect(open(json), JSON.stringify(open.errors)).toBe(true);
  expect(strict(json), JSON.stringify(strict.errors)).toBe(true);
}

describe('what real commands print is what the schema says, to the last key', () => {
  it.each(LANDING_MODES)('overlap and order of a wild fleet, by %s', async (land) => {
    const repository = TestRepository.create();
    buildFleet(repository, { ...WILD, seed: 4, branches: 14 });
    const low = commitTo(repository, 'feat/low', { 'hub0.txt': lines(9) }, 'main');
    commitTo(repository, 'feat/top', { 'hub1.txt': lines(9) }, low);
    commitTo(repository, 'feat/case', { 'HUB0.txt': '1\n' }, 'main');
    expectAsPublished(await look(repository, { land, renameLimit: 1 }));
    expectAsPublished(await runOrder(hostIn(repository), { ...PLAIN, land }));
  });

  it('order with a combination', async () => {
    const [one, two] = [lines(20), lines(20, { 3: 'x', 8: 'y', 13: 'z' })];
    const repository = fleetOf(
      { 'old/one': one, 'old/two': two },
      {
        a: { 'old/one': null, 'new/one': one },
        b: { 'old/two': null, 'new/two': two },
        c: { 'old/three': '3\n' },
      },
    );
    const report = await runOrder(hostIn(repository), PLAIN);
    expect(report.data.combinations).toHaveLength(1);
    expectAsPublished(report);
  });

  it('order with a conflict one way only, and overlap of uncommitted work', async () => {
    const repository = fleetOf({ f: lines(10), g: lines(10) }, {});
    const began = repository.git('rev-parse', 'main');
    commitTo(repository, 'main', { f: lines(10, { 5: 'x' }) });
    commitTo(repository, 'feat/again', { f: lines(10, { 5: 'y' }) }, 'main');
    const both = { f: lines(10, { 5: 'x' }), g: lines(10, { 1: 'g' }) };
    commitTo(repository, 'feat/taken-over', both, began);
    const report = await runOrder(hostIn(repository), PLAIN);
    expect(report.data.pairs.map(({ oneWay }) => oneWay?.later)).toEqual(['feat/taken-over']);
    expectAsPublished(report);
    repository.git('worktree', 'add', '-q', '../wt', 'feat/again');
    repository.at('../wt').write('new', '1\n');
    const uncommitted = await look(repository, { refs: [], worktrees: true });
    expect(uncommitted.data.branches.some((branch) => branch.uncommitted)).toBe(true);
    expectAsPublished(uncommitted);
  });

  it('status of worktrees with something amiss', async () => {
    const fleet = new Fleet();
    const tree = fleet.worktree('wt-a1', 'feat/a1/x');
    tree.write('web/of-another.ts', '1\n');
    tree.write('services/core/own.py', '1\n');
    fleet.worktree('wt-gone', 'feat/a2/y');
    fleet.main.run('rm', ['-rf', '../wt-gone']);
    fleet.main.git('switch', '-q', '--detach');
    const report = await fleet.status();
    expect(report.data.rows.length).toBeGreaterThan(1);
    expectAsPublished(report);
  });
});
