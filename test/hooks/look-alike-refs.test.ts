import { beforeAll, describe, expect, it } from 'vitest';
import { installHooks } from '../support/guarded.ts';
import { POLICY } from '../support/policy.ts';
import { TestRepository } from '../support/repository.ts';

/** Where git looks for a name that is no ref itself; gitrevisions(7). */
const RULES = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];
const FILE = 'services/api/api.py';

let repository: TestRepository;

beforeAll(() => {
  repository = TestRepository.create();
  repository.commit('first', { 'ownership.yml': POLICY, [FILE]: '1\n', 'go.mod': 'x\n' });
  installHooks(repository);
  repository.git('branch', 'feat/a1/x');
  // A policy in which everything is a1's, and a lock that a1 holds.
  repository.git('switch', '-q', '-c', 'forged');
  repository.write('ownership.yml', "version: 1\nagents:\n  a1: { owns: ['**'] }\n");
  repository.git('add', '-A');
  repository.git('commit', '-q', '--no-verify', '-m', 'forged');
  repository.git('switch', '-q', 'feat/a1/x');
  repository.write(FILE, '2\n');
  repository.git('add', '-A');
});

describe.each(RULES)('a ref below %s that is called like the ref of the base', (rule) => {
  // There is no remote, so that the base is the local branch.
  const forged = `${rule}refs/remotes/origin/main`;

  it('has no say', () => {
    repository.git('update-ref', forged, 'forged');
    try {
      const owner = repository.bailiwick(['owner', FILE, '--json']);
      expect(owner.stdout).toContain('"owners":["a2"]');
      for (const args of [
        ['check', '--staged'],
        ['check', '--staged', '--json'],
      ])
        expect(repository.bailiwick(args).code).toBe(1);
      expect(repository.tryGit('commit', '-q', '-m', 'try').code).toBe(1);
    } finally {
      repository.git('update-ref', '-d', forged);
    }
  });
});

it('a branch that is called like the ref of a lock is no lock', () => {
  repository.git('switch', '-q', '-f', 'feat/a1/x');
  const taken = repository.bailiwick(['lock', 'acquire', 'common', '--offline', '--agent', 'a1']);
  expect(taken.code).toBe(0);
  const lock = 'refs/bailiwick/locks/common';
  repository.git('update-ref', `refs/heads/${lock}`, lock);
  repository.git('update-ref', '-d', lock);
  const { stdout } = repository.bailiwick(['lock', 'list', '--offline', '--json']);
  expect(stdout).toContain('"state":"free"');
  expect(
    repository.bailiwick(['check', '--agent', 'a1', '--paths', 'services/common/x']).code,
  ).toBe(1);
});
