import { beforeEach, describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import { POLICY } from '../support/policy.ts';
import type { TestRepository } from '../support/repository.ts';

let repository: TestRepository;

/** What others landed on `upstream`, whose main is further than that of `origin`. */
beforeEach(() => {
  repository = guardedRepository();
  for (const name of ['origin', 'upstream']) {
    repository.git('init', '-q', '--bare', '-b', 'main', `../${name}.git`);
    repository.git('remote', 'add', name, `../${name}.git`);
    repository.git('push', '-q', '--no-verify', name, 'main');
  }
  repository.git('switch', '-q', '-c', 'landed');
  repository.commit('policy', {
    'ownership.yml': POLICY.replace("'package.json'", "'elsewhere/**'"),
  });
  repository.git('push', '-q', '--no-verify', 'upstream', 'landed:main');
  repository.git('switch', '-q', '-c', 'feat/a1/work', 'main');
});

/** Commits where only the newer policy lets a1 change something. */
function commit(): string[] {
  repository.write('elsewhere/x', `${(texts += 1)}\n`);
  return codesIn(repository.tryGit('commit', '-q', '-a', '-m', 'x'));
}
let texts = 0;

describe('where the policy and the base are', () => {
  it('is origin, unless the configuration says otherwise, also once the short way is open', () => {
    expect(commit()).toEqual(['unowned']);
    repository.git('restore', '--staged', '--worktree', '.');
    repository.write('services/core/core.py', 'own\n');
    repository.git('commit', '-q', '-a', '-m', 'own');
    repository.git('config', 'bailiwick.remote', 'upstream');
    expect(commit()).toEqual([]);
    expect(repository.bailiwick(['check', '--branch', 'HEAD']).stdout).toContain('upstream/main');
    repository.git('config', '--unset', 'bailiwick.remote');
    expect(commit()).toEqual(['unowned']);
  });

  it('is what the base follows, where origin has none of its name', () => {
    repository.git('remote', 'rename', 'origin', 'mirror');
    repository.git('push', '-q', '--no-verify', 'upstream', 'landed:trunk');
    repository.git('fetch', '-q', '--all');
    repository.git('branch', '-q', '--set-upstream-to=upstream/trunk', 'main');
    expect(commit()).toEqual([]);
    expect(repository.bailiwick(['check', '--branch', 'HEAD']).stdout).toContain('upstream/trunk');
  });

  it('is said outright by --base, and what is not there is no pass', () => {
    repository.commit('elsewhere', { 'elsewhere/x': 'changed\n' });
    expect(repository.bailiwick(['check', '--branch', 'HEAD']).code).toBe(1);
    expect(
      repository.bailiwick(['check', '--branch', 'HEAD', '--base', 'upstream/main']).code,
    ).toBe(0);
    expect(repository.bailiwick(['check', '--branch', 'HEAD', '--base', 'no/such']).code).toBe(2);
  });

  it('doubts an origin/HEAD that a newer base has left behind', () => {
    repository.git('push', '-q', '--no-verify', 'origin', 'main:master');
    repository.git('fetch', '-q', 'origin');
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/master');
    const text = POLICY.replace('base: main', 'base: master');
    repository.git('switch', '-q', '-c', 'old', 'main');
    repository.commit('old', { 'ownership.yml': text });
    repository.git('push', '-q', '--no-verify', 'origin', 'old:master');
    repository.git('switch', '-q', 'main');
    repository.commit('newer', { 'elsewhere/y': 'y\n' });
    repository.git('push', '-q', '--no-verify', 'origin', 'main');
    repository.git('switch', '-q', 'feat/a1/work');
    const doubted = repository.bailiwick(['check', '--branch', 'HEAD']).stdout.replace(/\s+/g, ' ');
    expect(doubted).toContain('origin/HEAD may be old: this is judged against origin/master');
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    expect(repository.bailiwick(['check', '--branch', 'HEAD']).stdout).not.toContain('may be old');
  });
});
