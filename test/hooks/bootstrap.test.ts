import { beforeEach, describe, expect, it } from 'vitest';
import { guardedRepository, installHooks } from '../support/guarded.ts';
import { POLICY } from '../support/policy.ts';
import { TestRepository } from '../support/repository.ts';

/** Hooks are there, `main` has no policy, and a branch brings one: where everyone is after `init`. */
let repository: TestRepository;
beforeEach(() => {
  repository = TestRepository.create();
  repository.commit('first', { 'services/core/core.py': 'core\n', 'services/api/api.py': 'api\n' });
  installHooks(repository);
  repository.git('switch', '-q', '-c', 'feat/a2/policy');
  repository.write('ownership.yml', POLICY);
  repository.write('.husky/pre-commit', 'true\n');
  repository.git('add', '-A');
});

const NOTICE = 'main has no ownership.yml yet, so nothing was judged';

/** What git prints is wrapped for people. */
const words = (text: string): string => text.replace(/\s+/g, ' ');

describe('between init and the landing of the policy', () => {
  it('the change that brings it passes, as an agent, and again when it is amended', () => {
    expect(repository.tryGit('commit', '-q', '-m', 'policy')).toMatchObject({ code: 0 });
    repository.write('ownership.yml', `${POLICY}# more\n`);
    const again = repository.tryGit('commit', '-q', '-a', '-m', 'better');
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toContain('bootstrap');
    expect(again.stderr).not.toContain('restore');
    const branch = repository.bailiwick(['check', '--branch', 'HEAD']);
    expect(branch).toMatchObject({ code: 0 });
    expect(branch.stdout).not.toContain('restore');
    expect(repository.tryGit('push', '-q', '.', 'HEAD:refs/heads/copy')).toMatchObject({ code: 0 });
  });

  it('one that nobody could be judged by does not pass', () => {
    repository.write('ownership.yml', 'version: 1\nagents: [\n');
    repository.git('add', '-A');
    const outcome = repository.tryGit('commit', '-q', '-m', 'policy');
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toContain('ownership.yml:');
  });

  it('people and agents commit, merge and push in every worktree', () => {
    repository.git('commit', '-q', '-m', 'policy');
    repository.git('worktree', 'add', '-q', '../wt', '-b', 'feat/a1/work', 'main');
    const other = repository.at('../wt');
    other.write('services/api/api.py', 'changed\n');
    const commit = other.tryGit('commit', '-q', '-a', '-m', 'work');
    expect(commit.code).toBe(0);
    expect(words(commit.stderr)).toContain(NOTICE);
    expect(other.tryGit('push', '-q', '.', 'main:refs/heads/copy').code).toBe(0);
    expect(other.tryGit('merge', '-q', '--no-ff', '-m', 'merge', 'feat/a2/policy').code).toBe(0);
  });

  it('also while the policy is not committed anywhere', () => {
    repository.git('rm', '-q', '--cached', 'ownership.yml');
    repository.write('services/api/api.py', 'changed\n');
    const commit = repository.tryGit('commit', '-q', '-a', '-m', 'work');
    expect(commit.code).toBe(0);
    expect(words(commit.stderr)).toContain(NOTICE);
  });

  it('a broken draft on one branch blocks nobody else', () => {
    repository.commit('broken', { 'ownership.yml': 'version: [\n' });
    repository.git('switch', '-q', 'main');
    repository.write('services/api/api.py', 'changed\n');
    expect(repository.tryGit('commit', '-q', '-a', '-m', 'work').code).toBe(0);
  });
});

describe('once the policy has landed', () => {
  it('its rules hold', () => {
    repository.git('commit', '-q', '-m', 'policy');
    repository.git('switch', '-q', 'main');
    repository.git('merge', '-q', '--no-verify', 'feat/a2/policy');
    repository.git('switch', '-q', '-c', 'feat/a1/work');
    repository.write('services/api/api.py', 'changed\n');
    expect(repository.tryGit('commit', '-q', '-a', '-m', 'work').code).not.toBe(0);
  });

  it('a base that nothing here names is not taken for one without a policy', () => {
    const guarded = guardedRepository({ policy: POLICY.replace('base: main', 'base: trunk') });
    guarded.git('branch', '-m', 'main', 'trunk');
    guarded.git('switch', '-q', '--orphan', 'feat/a1/work');
    guarded.commit('elsewhere', { x: 'x\n' });
    guarded.write('x', 'y\n');
    const outcome = guarded.tryGit('commit', '-q', '-a', '-m', 'work');
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toContain('cannot decide');
  });
});
