import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { sharedStatePaths, worktreeStatePaths } from '../../../src/git/worktree/state-paths.ts';
import { packageRoot } from '../../support/repository.ts';
import { add, beside, fleetRepository, guard, withSetup } from './fixture.ts';

it('everything we keep in a git directory is in the list of what we keep', async () => {
  const repository = fleetRepository(withSetup('echo made'));
  await guard(repository);
  const { data } = await add(repository, { agents: ['a1', 'a2'], yes: true });
  const one = beside(repository, data.worktrees[0]!.path.replace(/.*\//, ''));
  for (const name of ['first', 'second']) {
    one.write('services/core/a.py', `${name}\n`);
    one.git('add', '-A');
    const env = { PATH: `${packageRoot}/node_modules/.bin:${process.env['PATH']}` };
    const commit = one.run('git', ['commit', '-q', '-m', name], { environment: env });
    expect(commit).toMatchObject({ code: 0 });
  }
  expect(repository.bailiwick(['overlap'])).toMatchObject({ code: 0, stderr: '' });
  const common = join(repository.directory, '.git');
  const shared = Object.values(sharedStatePaths({ commonDirectory: common }));
  const own = [
    common,
    ...readdirSync(join(common, 'worktrees')).map((id) => join(common, 'worktrees', id)),
  ].flatMap((gitDirectory) => Object.values(worktreeStatePaths({ gitDirectory })));
  const kept = readdirSync(common, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /(?:^|\/)bailiwick(?:\/|$)/.test(relative(common, path)));
  const listed = [...shared, ...own];
  expect(
    kept.filter((path) => !listed.some((each) => path === each || path.startsWith(`${each}/`))),
  ).toEqual([]);
  // And what is listed is there, but for the lock that nobody holds.
  const names = new Set(
    kept.map(
      (path) =>
        relative(common, path)
          .replace(/worktrees\/[^/]+\//, '')
          .split('/')[1],
    ),
  );
  expect([...names].sort()).toEqual([
    'agent',
    'approved.json',
    'asked',
    'lane',
    'logs',
    'overlap-cache',
    'passed',
    'passed-commits',
    'policy-found.json',
    'policy.json',
    'worktrees.json',
  ]);
});
