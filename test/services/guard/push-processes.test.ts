import { describe, expect, it } from 'vitest';
import { runHook } from '../../../src/commands/hook.ts';
import { gitProcessesStarted } from '../../../src/git/process/run.ts';
import { guardedRepository } from '../../support/guarded.ts';
import { hostIn } from '../../support/host.ts';

const repository = guardedRepository();
repository.git('update-ref', 'refs/remotes/origin/main', 'main');
repository.git('switch', '-q', '-c', 'feat/a1/work');
repository.commit('mine', { 'services/core/core.py': 'x\n' });

/** How many times git is started to judge a push of the branch, when a push before has read the policy. */
async function started(): Promise<number> {
  const head = repository.git('rev-parse', 'HEAD').trim();
  const line = `HEAD ${head} refs/heads/feat/a1/work ${'0'.repeat(40)}\n`;
  const host = { ...hostIn(repository), input: () => Promise.resolve(Buffer.from(line)) };
  const before = gitProcessesStarted();
  expect((await runHook(host, 'pre-push')).verdict).toBe('allowed');
  return gitProcessesStarted() - before;
}

describe('a push starts git', () => {
  it('three times where the branch has all of the base', async () => {
    expect(await started()).toBe(3);
  });

  it('four times where it has to be merged', async () => {
    repository.git('switch', '-q', 'main');
    repository.commit('progress', { 'services/api/api.py': 'y\n' });
    repository.git('update-ref', 'refs/remotes/origin/main', 'main');
    repository.git('switch', '-q', 'feat/a1/work');
    expect(await started()).toBe(4);
  });

  it('as often where other branches are thousands, locks among them', async () => {
    const head = repository.git('rev-parse', 'main').trim();
    const refs = Array.from({ length: 3000 }, (_, at) => [
      `create refs/bailiwick/locks/n${at} ${head}\n`,
      `create refs/heads/feat/a2/n${at} ${head}\n`,
    ]);
    repository.run('git', ['update-ref', '--stdin'], { input: refs.flat().join('') });
    repository.git('pack-refs', '--all');
    expect(await started()).toBe(4);
  });
});
