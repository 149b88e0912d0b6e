import { beforeEach, describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import type { Outcome, TestRepository } from '../support/repository.ts';

let repository: TestRepository;

/** `feat/a1/work` and `main` went apart: main changed files of a2, and one file that a1 changed too. */
beforeEach(() => {
  repository = guardedRepository();
  repository.git('switch', '-q', '-c', 'feat/a1/work');
  repository.commit('mine', { 'services/core/core.py': 'mine\n', 'services/core/own.py': 'own\n' });
  repository.git('switch', '-q', 'main');
  repository.commit('theirs', {
    'services/api/api.py': 'theirs\n',
    'services/api/new.py': 'new\n',
    'services/core/migrations/2.sql': 'alter\n',
  });
});

const passed = (outcome: Outcome): void => {
  expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 0, stderr: '' });
};

/** Merges main so that it stops at a conflict in `path`, which both sides changed. */
function conflictIn(path: string): void {
  repository.git('switch', '-q', 'main');
  repository.commit('main side', { [path]: 'main side\n' });
  repository.git('switch', '-q', 'feat/a1/work');
  repository.commit('branch side', { [path]: 'branch side\n' });
  expect(repository.tryGit('merge', '-q', 'main').code).toBe(1);
}

function resolve(path: string, content: string): Outcome {
  repository.write(path, content);
  repository.git('add', '-A');
  return repository.tryGit('commit', '-q', '--no-edit');
}

describe('merging main into a branch', () => {
  beforeEach(() => {
    repository.git('switch', '-q', 'feat/a1/work');
  });

  it('passes when git merges it clean, through pre-merge-commit', () => {
    passed(repository.tryGit('merge', '-q', '--no-edit', 'main'));
    expect(repository.git('rev-list', '--count', '--merges', 'HEAD')).toBe('1');
  });

  it('passes when it is committed by hand', () => {
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'main');
    passed(repository.tryGit('commit', '-q', '--no-edit'));
  });

  it('passes when the conflict was in own files only', () => {
    conflictIn('services/core/core.py');
    passed(resolve('services/core/core.py', 'both\n'));
  });

  it('17: is blocked when a foreign file was resolved by hand', () => {
    conflictIn('services/api/api.py');
    const outcome = resolve('services/api/api.py', 'mixed by hand\n');
    expect(outcome.code).toBe(1);
    expect(codesIn(outcome)).toEqual(['owned-by-other']);
    expect(outcome.stderr).toContain('services/api/api.py');
    expect(outcome.stderr).not.toContain('services/api/new.py');
    const remedy = /^\s*(\S.* request open --staged .*)$/m.exec(outcome.stderr)?.[1] ?? '';
    expect(repository.run('sh', ['-c', remedy]).code).toBe(0);
    passed(repository.tryGit('commit', '-q', '--no-edit'));
    // The hand's work is asked for, and still there.
    expect(repository.read('services/api/api.py')).toBe('mixed by hand\n');
    const asked = repository.git('for-each-ref', 'refs/bailiwick/requests', '--format=%(refname)');
    expect(repository.git('show', `${asked}^1:services/api/api.py`)).toBe('mixed by hand');
  });

  it('passes when theirs was taken', () => {
    conflictIn('services/api/api.py');
    passed(resolve('services/api/api.py', 'main side\n'));
  });

  it('17: is blocked when ours was kept in a foreign file', () => {
    conflictIn('services/api/api.py');
    expect(codesIn(resolve('services/api/api.py', 'branch side\n'))).toEqual(['owned-by-other']);
  });

  it('19: -s ours drops the changes of main, and is blocked', () => {
    const outcome = repository.tryGit('merge', '-q', '--no-edit', '-s', 'ours', 'main');
    expect(codesIn(outcome)).toEqual(['owned-by-other']);
    expect(outcome.stderr).toContain('services/api/new.py');
  });

  it('19: a dropped change of main is blocked', () => {
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'main');
    repository.git('rm', '-qf', 'services/api/new.py');
    expect(codesIn(repository.tryGit('commit', '-q', '--no-edit'))).toEqual(['owned-by-other']);
  });

  it('6: an edit hidden in a merge is blocked', () => {
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'main');
    repository.write('web/app.ts', 'evil\n');
    repository.git('add', '-A');
    const outcome = repository.tryGit('commit', '-q', '--no-edit');
    expect(codesIn(outcome)).toEqual(['owned-by-other']);
    expect(outcome.stderr).toContain('web/app.ts');
    expect(outcome.stderr).not.toContain('services/api/new.py');
  });

  it('own files may change in a merge', () => {
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'main');
    repository.write('services/core/own.py', 'adapted\n');
    repository.git('add', '-A');
    passed(repository.tryGit('commit', '-q', '--no-edit'));
  });

  it('18: an octopus does not crash', () => {
    repository.git('branch', 'other', 'main');
    repository.git('switch', '-q', 'other');
    repository.commit('more', { 'services/api/more.py': 'more\n' });
    repository.git('switch', '-q', 'main');
    repository.commit('again', { 'web/again.ts': 'again\n' });
    repository.git('switch', '-q', 'feat/a1/work');
    const outcome = repository.tryGit('merge', '-q', '--no-edit', 'main', 'other');
    expect({ code: outcome.code, codes: codesIn(outcome) }).toEqual({ code: 0, codes: [] });
  });

  it('a squash of main passes: every path is as the base has it', () => {
    repository.git('merge', '-q', '--squash', 'main');
    passed(repository.tryGit('commit', '-q', '-m', 'squash'));
  });

  it('leaves no object behind', () => {
    const count = (): string =>
      repository.git('count-objects', '-v').split('\n').slice(0, 3).join(' ');
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'main');
    const before = count();
    expect(repository.bailiwick(['check']).code).toBe(0);
    expect(count()).toBe(before);
  });

  it('works in a linked worktree', () => {
    repository.git('switch', '-q', 'main');
    repository.git('worktree', 'add', '-q', '../linked', 'feat/a1/work');
    const linked = repository.at('../linked');
    passed(linked.tryGit('merge', '-q', '--no-edit', 'main'));
  });
});
