import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitProcessesStarted } from '../../../src/git/process/run.ts';
import { hooksDirectory } from '../../../src/git/worktree/hooks-directory.ts';
import { hooksDirectories } from '../../../src/services/layout/hooks-directories.ts';
import { locateWorktrees } from '../../../src/services/layout/locate-worktrees.ts';
import { openWorkspace } from '../../../src/services/session/workspace.ts';
import { hostIn } from '../../support/host.ts';
import { TestRepository } from '../../support/repository.ts';

/** A main worktree and linked ones, one of them below a directory with a space in its name. */
function withWorktrees(): { repository: TestRepository; paths: string[] } {
  const repository = TestRepository.create();
  repository.commit('first', { f: '1\n' });
  const paths = ['../one', '../two trees/two', '../three'].map((path) => {
    repository.git('worktree', 'add', '-q', '--detach', path);
    return join(repository.directory, path);
  });
  return { repository, paths: [repository.directory, ...paths] };
}

/** Whether all is as git says it; how many processes were started for it. */
async function compare(repository: TestRepository, paths: readonly string[]): Promise<number> {
  const host = hostIn(repository);
  const workspace = await openWorkspace(host);
  const worktrees = await locateWorktrees(host, workspace);
  expect(worktrees.map(({ path }) => path).sort()).toEqual([...paths].sort());
  const before = gitProcessesStarted();
  const hooksOf = await hooksDirectories(workspace);
  const found = await Promise.all(worktrees.map(hooksOf));
  const processes = gitProcessesStarted() - before;
  const { environment } = repository;
  for (const [at, { path }] of worktrees.entries())
    expect(found[at]).toBe(await hooksDirectory({ directory: path, environment }));
  return processes;
}

describe('where git looks for the hooks of worktrees', () => {
  it.each([
    ['nothing set', []],
    ['a directory in each worktree', [['core.hooksPath', '.husky/_']]],
    ['one directory for all', [['core.hooksPath', '/some/where']]],
    ['settings without a value', [['core.hooksPath', 'hooks'], ['some.flag']]],
  ])('is as git says, asked twice: %s', async (_, settings) => {
    const { repository, paths } = withWorktrees();
    for (const [key, value] of settings)
      if (value === undefined)
        repository.run('sh', ['-c', `printf '[some]\\n\\tflag\\n' >>.git/config`]);
      else repository.git('config', key!, value);
    expect(await compare(repository, paths)).toBe(2);
  });

  it('is asked of each where they may differ', async () => {
    const { repository, paths } = withWorktrees();
    repository.git('config', 'core.hooksPath', '~/hooks');
    expect(await compare(repository, paths)).toBe(5);
    repository.git('config', 'core.hooksPath', 'shared');
    repository.write('../more', '[core]\n\thooksPath = other\n');
    repository.git('config', 'includeIf.gitdir:**/worktrees/one.path', '../../more');
    expect(await compare(repository, paths)).toBe(5);
    repository.git('config', '--unset-all', 'includeIf.gitdir:**/worktrees/one.path');
    repository.git('config', 'extensions.worktreeConfig', 'true');
    repository.at('../one').git('config', '--worktree', 'core.hooksPath', 'mine');
    expect(await compare(repository, paths)).toBe(5);
  });
});
