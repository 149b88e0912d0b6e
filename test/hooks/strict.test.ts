import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import type { Outcome, TestRepository } from '../support/repository.ts';

let repository: TestRepository;
let branches = 0;

beforeAll(() => {
  repository = guardedRepository();
  repository.run('rm', ['-r', '.git/hooks']);
  repository.git('config', 'commit.gpgSign', 'false');
  const outcome = repository.bailiwick(['init', '--strict', '--no-policy']);
  expect(outcome.stdout).toMatch(/reference-transaction .* active/);
  expect(outcome.code).toBe(0);
  repository.commit('second', { 'elsewhere/y': 'y\n' });
  repository.git('branch', 'others');
  repository.git('switch', '-q', 'others');
  repository.commit('of nobody', { 'elsewhere/x': 'other\n' });
});

/** A fresh branch of a1 with one commit of its own. */
function begin(): string {
  const branch = `feat/a1/strict-${(branches += 1)}`;
  repository.git('switch', '-q', '--discard-changes', '-c', branch, 'main');
  repository.write('services/core/core.py', `${branch}\n`);
  repository.git('commit', '-q', '-a', '-m', 'own');
  return branch;
}

/** The branch stayed where it was, and these codes were named. */
function expectRefused(outcome: Outcome, at: string, ...codes: string[]): void {
  expect({ codes: codesIn(outcome), failed: outcome.code !== 0 }).toEqual({ codes, failed: true });
  expect(repository.git('log', '-1', '--format=%H')).toBe(at);
}

/** Runs the last command of an answer as it stands there. */
const remedy = ({ stderr }: Outcome): Outcome =>
  repository.run('sh', ['-c', /\n {2}(git [^\n]*--abort)\n/.exec(stderr)?.[1] ?? 'false']);

const tip = (): string => repository.git('rev-parse', 'HEAD');

describe('strict mode', () => {
  it('1: sees --no-verify, and says what the commit hook would', () => {
    begin();
    const at = tip();
    repository.write('services/api/api.py', 'of another\n');
    const outcome = repository.tryGit('commit', '-q', '-a', '--no-verify', '-m', 'x');
    expectRefused(outcome, at, 'owned-by-other');
    repository.git('restore', '--staged', '--worktree', '.');
  });

  it('5: sees a cherry-pick, and its remedy leads back', () => {
    begin();
    const at = tip();
    const outcome = repository.tryGit('cherry-pick', 'others');
    expectRefused(outcome, at, 'unowned');
    expect(remedy(outcome).code).toBe(0);
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(tip()).toBe(at);
  });

  it('5: sees a revert', () => {
    begin();
    const at = tip();
    const outcome = repository.tryGit('revert', '--no-edit', 'main');
    expectRefused(outcome, at, 'unowned');
    // git keeps no state of it that could be ended: what is staged is taken back as for a commit.
    const printed = /\n {2}(git [^\n]*)\n/.exec(outcome.stderr)?.[1] ?? 'false';
    expect(repository.run('sh', ['-c', printed]).code).toBe(0);
    expect(repository.git('diff', '--cached', '--name-only')).toBe('');
  });

  it('5: sees a rebase when it moves the branch, and its remedy leads back', () => {
    const branch = begin();
    const at = tip();
    const outcome = repository.tryGit('rebase', '-q', 'others');
    expect(codesIn(outcome)).toEqual(['unowned']);
    expect(repository.git('rev-parse', branch)).toBe(at);
    expect(remedy(outcome).code).toBe(0);
    expect(repository.git('rev-parse', 'HEAD')).toBe(at);
    expect(repository.git('symbolic-ref', '--short', 'HEAD')).toBe(branch);
  });

  it('5: sees what am applies', () => {
    begin();
    const at = tip();
    const patch = repository.git('format-patch', '-1', '--stdout', 'others');
    const outcome = repository.run('git', ['am', '-q'], { input: `${patch}\n` });
    expectRefused(outcome, at, 'unowned');
    repository.tryGit('am', '--abort');
  });

  it('7: sees plumbing, on this branch and on another', () => {
    const branch = begin();
    const at = tip();
    const tree = repository.git('rev-parse', 'others^{tree}');
    const made = repository.git('commit-tree', tree, '-p', at, '-m', 'plumbed');
    const outcome = repository.tryGit('update-ref', `refs/heads/${branch}`, made);
    expectRefused(outcome, at, 'unowned');
    expect(repository.tryGit('update-ref', 'refs/heads/feat/a2/made', made).code).not.toBe(0);
    expect(repository.tryGit('update-ref', 'refs/heads/topic', made).code).toBe(0);
    repository.git('branch', '-q', '-D', 'topic');
  });

  it('passes own work however it is made, and what is there already', () => {
    const branch = begin();
    repository.write('services/core/new.py');
    repository.git('add', '.');
    repository.git('commit', '-q', '--no-verify', '-m', 'own, unseen');
    repository.git('commit', '-q', '--amend', '-m', 'own, amended');
    repository.git('revert', '--no-edit', 'HEAD');
    repository.git('merge', '-q', '--no-ff', '--no-edit', 'main');
    repository.git('switch', '-q', '-c', `${branch}-2`, 'main');
    repository.git('cherry-pick', `${branch}~1`);
    repository.git('rebase', '-q', 'main');
    repository.git('reset', '-q', '--hard', 'HEAD~1');
    repository.git('branch', 'feat/a2/begun', 'main');
    repository.git('branch', '-q', '-D', 'feat/a2/begun');
    repository.git('stash', 'list');
  });

  it('lets a branch that is wrong already be put right in steps', () => {
    begin();
    repository.git('-c', 'core.hooksPath=/dev/null', 'cherry-pick', 'others');
    repository.write('services/core/next.py');
    repository.git('add', '.');
    repository.git('commit', '-q', '-m', 'own');
    repository.git('restore', '--source=main', '--staged', '--worktree', 'elsewhere');
    repository.git('commit', '-q', '-m', 'put back');
  });

  it('starts nothing for what concerns no agent', () => {
    repository.git('switch', '-q', '--discard-changes', 'main');
    // Whatever the hook may have to ask has been asked here.
    repository.git('branch', 'topic-a');
    const hook = join(repository.directory, '.git/hooks/reference-transaction');
    const zero = '0'.repeat(40);
    const at = repository.git('rev-parse', 'main');
    const moved = ['refs/heads/topic-b', 'refs/tags/v1', 'refs/remotes/origin/x', 'refs/stash'];
    const ask = (ref: string): Outcome =>
      repository.run(hook, ['prepared'], {
        input: `${zero} ${at} ${ref}\n`,
        environment: { PATH: '/nonexistent' },
      });
    for (const ref of moved) expect(ask(ref)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(ask('refs/heads/feat/a1/x').code).toBe(2);
    // The hook forgets what branches look like when the base moves.
    repository.git('switch', '-q', 'main');
    repository.commit('main goes on');
    expect(ask('refs/heads/topic-b').code).toBe(2);
  });
});
