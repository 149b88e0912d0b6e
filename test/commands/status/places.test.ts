import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitProcessesStarted } from '../../../src/git/process/run.ts';
import { worktreePlaces } from '../../../src/git/worktree/places.ts';
import { withSession } from '../../../src/services/session/session.ts';
import { locateWorktrees } from '../../../src/services/status/locate-worktrees.ts';
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
  let processes = 0;
  await withSession(hostIn(repository), async (session) => {
    const before = gitProcessesStarted();
    const find = await locateWorktrees(session);
    const found = await Promise.all(paths.map(find));
    processes = gitProcessesStarted() - before;
    const { environment } = repository;
    for (const [at, directory] of paths.entries())
      expect(found[at]).toEqual(await worktreePlaces({ directory, environment }));
  });
  return processes;
}

describe('where worktrees keep what is their own', () => {
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
