import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runLandContinue } from '../../../src/commands/land/continue.ts';
import { runLandStatus } from '../../../src/commands/land/status.ts';
import { processesIn } from '../../../src/host/process/processes.ts';
import { hostIn } from '../../support/host.ts';
import { packageRoot, scratchDirectory } from '../../support/repository.ts';
import { BRANCHES, landable, outcomes, seen } from './fixture.ts';

const GOOD = { 'a1/x': BRANCHES['a1/x']!, 'a3/x': BRANCHES['a3/x']! };

it('78 Ctrl-C ends what runs, keeps the worktree, and the journal says where it is', async () => {
  const [go, mark] = ['go', 'where'].map((name) => join(scratchDirectory(), name)) as [
    string,
    string,
  ];
  const repository = landable(GOOD, `test -e ${go} || { pwd -P >${mark}; sleep 300 & sleep 300; }`);
  const before = seen(repository);
  const args = ['land', '--all', '--local', '--yes'];
  const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), ...args], {
    cwd: repository.directory,
    env: repository.environment,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  while (!existsSync(mark) || readFileSync(mark, 'utf8') === '')
    await new Promise((resolve) => setTimeout(resolve, 20));
  const workTree = readFileSync(mark, 'utf8').trim();
  expect((await processesIn(workTree))?.length).toBeGreaterThan(1);
  child.kill('SIGINT');
  // As a shell that started it has to see.
  expect(await ended).toEqual([null, 'SIGINT']);
  // The whole group has gone, and not only its first process.
  expect(await processesIn(workTree)).toEqual([]);
  expect(seen(repository)).toBe(before);
  expect(repository.git('worktree', 'list', '--porcelain')).toMatch(/landing\/.*\n(?:.*\n)*locked/);
  const { journal } = (await runLandStatus(hostIn(repository))).data;
  expect([journal!.end, journal!.steps.map(({ state }) => state)]).toEqual([
    null,
    ['built', 'built'],
  ]);
  writeFileSync(go, '');
  const report = await runLandContinue(hostIn(repository), { yes: true });
  expect(outcomes(report)).toEqual(['feat/a1/x landed', 'feat/a3/x landed']);
});
