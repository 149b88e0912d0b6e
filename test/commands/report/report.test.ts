import { expect, it } from 'vitest';
import { runReport } from '../../../src/commands/report.ts';
import { renderReportMarkdown } from '../../../src/render/markdown/report.ts';
import { renderReport } from '../../../src/render/terminal/report.ts';
import { hostIn } from '../../support/host.ts';
import { view } from '../../render/examples.ts';
import { asPublished } from '../../support/report-schema.ts';
import { land, landable } from '../land/fixture.ts';

it('95 report derives the same figures in every clone, and says what is not recorded', async () => {
  const repository = landable();
  const now = Date.now();
  const host = { ...hostIn(repository), now: () => now + 60_000 };
  const none = await runReport(host, { since: '1d' });
  // The clock goes on while it is asked: a day is one day all the same.
  let ticks = now;
  const ticking = { ...host, now: () => (ticks += 1) };
  expect((await runReport(ticking, { since: '1d' })).data.landings.days).toEqual([0]);
  expect(none.data).toMatchObject({
    landings: { count: 0, ordered: null, outside: 0 },
    integration: null,
    waits: { requests: null, landing: null, locks: null, phases: null },
    refusals: null,
    targets: { landings: null, conflicts: null, integration: null },
  });
  await land(repository);
  repository.git('merge', '-q', '--no-edit', '--no-ff', 'feat/a1/x');
  const first = await runReport(host, { since: '1d' });
  expect(first.data).toMatchObject({
    landings: { count: 2, ordered: 2, outside: 0, undone: 0 },
    integration: { landings: 1, landed: 2, red: 1, conflict: 0, rate: 2 / 3 },
  });
  expect(first.data.agents.map(({ agent, landings }) => `${agent} ${landings}`)).toEqual([
    'a1 1',
    'a2 0',
    'a3 1',
  ]);
  await asPublished(Promise.resolve(first));
  expect((await runReport(host, { since: '1d' })).data).toEqual(first.data);
  // A clone with the same refs has the same figures.
  const clone = repository.at('../report-clone');
  repository.git('clone', '-q', repository.directory, clone.directory);
  clone.git('fetch', '-q', 'origin', 'refs/bailiwick/*:refs/bailiwick/*');
  const there = await runReport({ ...hostIn(clone), now: () => now + 60_000 }, { since: '1d' });
  expect({ ...there.data, base: null }).toEqual({ ...first.data, base: null });
  const text = renderReport(first, view);
  expect(text).toContain('waited for locks');
  expect(text).toContain('not recorded');
  expect(renderReportMarkdown(first)).toContain('| a1 | 1 |');
  // Receipts that nobody can read spoil only themselves, and nothing is tried that could not be written down.
  const spoilt = repository.git('commit-tree', '-m', 'x', 'main^{tree}');
  repository.git('update-ref', 'refs/bailiwick/receipts/main', spoilt);
  const rest = await runReport(host, { since: '1d' });
  expect(rest.data.landings).toMatchObject({ count: 2, ordered: 2 });
  expect(rest.data.notices).toContainEqual(expect.stringMatching(/^receipts are not counted: /));
  const journal = repository.git('rev-parse', 'refs/bailiwick/landings/main');
  await expect(land(repository)).rejects.toThrow('refs/bailiwick/receipts/main does not hold');
  expect(repository.git('rev-parse', 'refs/bailiwick/landings/main')).toBe(journal);
  await expect(runReport(host, { since: 'soon' })).rejects.toThrow('how far to look back');
});
