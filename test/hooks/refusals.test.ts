import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runReport } from '../../src/commands/report.ts';
import type { Report } from '../../src/domain/report.ts';
import type { FleetReportData } from '../../src/domain/reports/fleet-report.ts';
import { renderReport } from '../../src/render/terminal/report.ts';
import { view } from '../render/examples.ts';
import { hermeticEnvironment } from '../support/environment.ts';
import { guardedRepository } from '../support/guarded.ts';
import { hostIn } from '../support/host.ts';
import { POLICY } from '../support/policy.ts';
import { asPublished } from '../support/report-schema.ts';

const TARGETS = 'limits: { targets: { landings: 2, conflicts: 1, integration: 95 } }\n';

it('what hooks refused is written down by rule, and never stands in the way', async () => {
  const repository = guardedRepository({ policy: `${POLICY}${TARGETS}` });
  const directory = join(repository.directory, '.git/bailiwick');
  const [file, old] = [join(directory, 'refusals'), join(directory, 'refusals.old')];
  const report = (): Promise<Report<FleetReportData>> =>
    asPublished(runReport(hostIn(repository, { now: () => Date.now() }), { offline: true }));
  const commit = (): number => repository.tryGit('commit', '-q', '-m', 'work').code;

  repository.git('switch', '-q', '-c', 'feat/a1/work');
  repository.write('services/core/core.py', 'own\n');
  repository.git('add', '-A');
  expect([commit(), existsSync(file)]).toEqual([0, false]);
  expect((await report()).data.refusals).toBeNull();

  repository.write('services/core/agent.py', 'frozen\n');
  repository.write('services/api/secret-name.py', 'foreign\n');
  repository.write('services/api/other.py', 'foreign\n');
  repository.git('add', '-A');
  expect(commit()).toBe(1);
  // Agents side by side lose no line of each other's.
  const started = Array.from({ length: 5 }, () =>
    spawn('sh', ['.git/hooks/pre-commit'], {
      cwd: repository.directory,
      env: hermeticEnvironment(repository.home),
      stdio: 'ignore',
    }),
  );
  const codes = await Promise.all(
    started.map((child) => new Promise((done) => child.on('close', done))),
  );
  expect(codes).toEqual([1, 1, 1, 1, 1]);
  const { data } = await report();
  expect(data.refusals).toEqual([
    { code: 'frozen', rule: 'frozen[0]', count: 6 },
    { code: 'owned-by-other', rule: 'agents.a2.owns[0]', count: 6 },
  ]);
  const text = renderReport(await report(), view);
  expect(text).toContain('frozen by frozen[0] 6');
  expect(text).toContain('(target: at least 2)');
  // Neither paths nor contents are kept.
  expect(readFileSync(file, 'utf8')).toMatch(/^(?:\d+\tpre-commit\ta1\t[a-z-]+\t\S+\t\d\n){12}$/);

  // It stays small, and junk in it says nothing.
  writeFileSync(file, 'junk\n'.repeat(60_000));
  expect(commit()).toBe(1);
  expect([statSync(file).size < 1000, existsSync(old)]).toEqual([true, true]);
  expect((await report()).data.refusals).toMatchObject([{ count: 1 }, { count: 1 }]);

  // Where it cannot be written the refusal is the same.
  rmSync(file);
  mkdirSync(file);
  const said = repository.tryGit('commit', '-q', '-m', 'work');
  expect([said.code, said.stderr]).toEqual([1, expect.stringContaining('services/core/agent.py')]);
});
