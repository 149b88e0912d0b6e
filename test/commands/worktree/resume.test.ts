import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot, type TestRepository } from '../../support/repository.ts';
import {
  add,
  AGENTS,
  beside,
  fleetRepository,
  remove,
  shared,
  withSetup,
  worktreeNames,
} from './fixture.ts';

/** Starts the command in a group of its own, waits until a file is there, and kills the whole group. */
async function killed(
  repository: TestRepository,
  flag: string,
  args: string[],
  when = [flag],
): Promise<void> {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(packageRoot, 'dist/cli.js'), 'worktree', 'add', ...args],
    {
      cwd: repository.directory,
      env: { ...repository.environment, KEY_A1: 's3cret', FLAG: flag },
      detached: true,
      stdio: 'ignore',
    },
  );
  const gone = new Promise((resolve) => child.on('exit', resolve));
  while (!when.every((path) => existsSync(path)))
    await new Promise((resolve) => setTimeout(resolve, 10));
  process.kill(-child.pid!, 'SIGKILL');
  await gone;
}

/** What a worktree of `add` is like, killed on the way or not. */
function expectComplete(repository: TestRepository, name: string, agent: string): void {
  const worktree = beside(repository, name);
  expect(worktree.git('status', '--porcelain')).toBe('');
  expect(worktree.read('services/core/a.py')).toBe('a\n');
  expect(worktree.git('branch', '--show-current')).toBe(`feat/${agent}/main`);
  expect(worktree.read('.agent.env')).toContain(`AGENT_ID=${agent}\n`);
  expect(existsSync(join(worktree.directory, 'AGENT_FOCUS.md'))).toBe(true);
  const directory = worktree.git('rev-parse', '--git-dir');
  expect(readFileSync(join(directory, 'bailiwick/agent'), 'utf8')).toBe(`${agent}\n`);
  expect(readdirSync(directory)).not.toContain('locked');
  expect(shared(repository, 'bailiwick/worktrees.json')).not.toMatch(/"maker": \{/);
}

describe('worktree add that was killed', () => {
  it('in the middle of setup is completed the next time, without touching new work', async () => {
    const policy = withSetup(
      '[ "$AGAIN" = 1 ] || { echo $$ >"$FLAG.$AGENT_ID"; sleep 60; }',
      'echo x >>runs.local',
    );
    const repository = fleetRepository(policy);
    const flag = join(repository.home, 'flag');
    const flags = ['a3', 'a4'].map((agent) => `${flag}.${agent}`);
    await killed(repository, flag, ['a3', 'a4', '--yes'], flags);
    // The shell of a setup command is in a group of its own, and goes on.
    for (const path of flags) process.kill(-Number(readFileSync(path, 'utf8')), 'SIGKILL');
    for (const name of ['wt-a3-main', 'wt-a4-main'])
      expect(existsSync(join(repository.home, name, 'runs.local'))).toBe(false);
    const worktree = beside(repository, 'wt-a3-main');
    worktree.write('docs/new.md', 'staged\n');
    worktree.git('add', 'docs/new.md');
    const environment = { ...repository.environment, AGAIN: '1' };
    const report = await add(repository, { agents: ['a3', 'a4'] }, { environment });
    expect(report.data.worktrees.map(({ outcome, setup }) => [outcome, setup])).toEqual([
      ['completed', 'done'],
      ['completed', 'done'],
    ]);
    expect(worktree.git('diff', '--cached', '--name-only')).toBe('docs/new.md');
    worktree.git('rm', '-q', '--cached', 'docs/new.md');
    worktree.run('rm', ['docs/new.md']);
    expectComplete(repository, 'wt-a3-main', 'a3');
    expectComplete(repository, 'wt-a4-main', 'a4');
    expect(worktree.read('runs.local')).toBe('x\n');
  });

  /** A filter that stops in the middle of the checkout, until it is told not to. */
  function slowCheckout(): { repository: TestRepository; flag: string } {
    const repository = fleetRepository(AGENTS, {
      '.gitattributes': 'web/* filter=slow\n',
      'zoo.txt': 'z\n',
    });
    const flag = join(repository.home, 'flag');
    const filter = `[ -e '${flag}' ] || { touch '${flag}'; sleep 60; }; cat`;
    repository.git('config', 'filter.slow.smudge', filter);
    return { repository, flag };
  }

  it('in the middle of the checkout is completed the next time', async () => {
    const { repository, flag } = slowCheckout();
    await killed(repository, flag, ['a1']);
    const worktree = beside(repository, 'wt-a1-core-pipeline');
    expect(existsSync(join(worktree.directory, 'zoo.txt'))).toBe(false);
    expect(readdirSync(worktree.git('rev-parse', '--git-dir'))).toContain('index.lock');
    worktree.write('docs/a.md', 'written meanwhile\n');
    const report = await add(repository, { agents: ['a1'] });
    expect(report.data.worktrees[0]!.outcome).toBe('completed');
    expect(worktree.git('status', '--porcelain')).toBe('M docs/a.md');
    worktree.git('restore', 'docs/a.md');
    expectComplete(repository, 'wt-a1-core-pipeline', 'a1');
    expect(worktree.read('zoo.txt')).toBe('z\n');
  });

  it('before git had made it is made anew, and nothing is left of the first time', async () => {
    const repository = fleetRepository();
    const hook = join(repository.directory, '.git/hooks/reference-transaction');
    const flag = join(repository.home, 'flag');
    writeFileSync(hook, `#!/bin/sh\ngrep -q feat/a3 && touch '${flag}' && sleep 60\nexit 0\n`, {
      mode: 0o755,
    });
    await killed(repository, flag, ['a3']);
    repository.run('rm', [hook]);
    repository.run('rm', ['-f', '.git/refs/heads/feat/a3/main.lock']);
    expect((await add(repository, { agents: ['a3', 'a4'] })).verdict).toBe('allowed');
    expectComplete(repository, 'wt-a3-main', 'a3');
    expect(worktreeNames(repository)).toEqual(['my repo', 'wt-a3-main', 'wt-a4-main']);
  });

  it('can be removed instead, once nothing of it would be lost', async () => {
    const { repository, flag } = slowCheckout();
    await killed(repository, flag, ['a1']);
    const refused = await remove(repository, { names: ['a1'] });
    expect(refused.data.worktrees[0]!.obstacles.map(({ kind }) => kind)).toEqual(['uncommitted']);
    const report = await remove(repository, { names: ['a1'], discardUncommitted: true });
    expect(report.verdict).toBe('allowed');
    expect(worktreeNames(repository)).toEqual(['my repo']);
    expect(shared(repository, 'bailiwick/worktrees.json')).toBeNull();
  });
});

it('is refused while another command is at it', async () => {
  const repository = fleetRepository(withSetup('touch "$FLAG"; sleep 60'));
  const flag = join(repository.home, 'flag');
  const child = spawn(
    process.execPath,
    [join(packageRoot, 'dist/cli.js'), 'worktree', 'add', 'a3', '--yes'],
    { cwd: repository.directory, env: { ...repository.environment, FLAG: flag }, stdio: 'ignore' },
  );
  const gone = new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
  while (!existsSync(flag)) await new Promise((resolve) => setTimeout(resolve, 10));
  await expect(add(repository, { agents: ['a3'] })).rejects.toThrow(/is just being made/);
  const report = await remove(repository, { names: ['a3'], ignoreProcesses: true });
  expect(report.data.worktrees[0]!.obstacles.map(({ kind }) => kind)).toEqual(['making']);
  child.kill('SIGTERM');
  expect(await gone).toBe('SIGTERM');
  expect(worktreeNames(repository)).toEqual(['my repo']);
});
