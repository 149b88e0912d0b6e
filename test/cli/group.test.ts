import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TestRepository } from '../support/repository.ts';

const repository = TestRepository.create();
repository.commit('first', { 'ownership.yml': 'version: 1\nagents: { a1: { owns: [x] } }\n' });
const elsewhere = repository.at('..');
const [parent, name] = [repository.home, 'repo'];

const json = (...args: string[]): Record<string, unknown> =>
  JSON.parse(elsewhere.bailiwick(args).stdout) as Record<string, unknown>;

describe('commands below a command', () => {
  it.each([
    [['-C', name, 'worktree', 'list', '--json']],
    [['worktree', '-C', name, '--json', 'list']],
    [['worktree', 'list', '--json', '-C', name]],
    [['worktree', 'list', '--format', 'json', '-C', join(parent, name)]],
  ])('take common options wherever they stand: %j', (args) => {
    expect(json(...args)).toMatchObject({
      command: 'worktree list',
      verdict: 'allowed',
      data: { worktrees: [{ path: repository.directory }] },
    });
  });

  it('are named in failures', () => {
    expect(json('worktree', 'add', '--json', '-C', name)).toMatchObject({
      command: 'worktree add',
      verdict: 'undecided',
      data: { failure: { kind: 'usage', message: 'no agent is named' } },
    });
  });

  it.each([
    [['worktree']],
    [['worktree', 'nonsense']],
    [['worktree', 'list', '--nonsense']],
    [['worktree', 'list', 'too many']],
  ])('exit with 2 when they are not what there is: %j', (args) => {
    const outcome = repository.bailiwick(args);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).not.toBe('');
  });

  it('have help with examples of their own', () => {
    expect(repository.bailiwick(['worktree', '--help']).stdout).toMatch(/^Commands:\n {2}add /m);
    const all = {
      worktree: ['add', 'list', 'remove', 'prune'],
      lock: ['acquire', 'renew', 'release', 'reset', 'list'],
    };
    for (const [group, commands] of Object.entries(all))
      for (const sub of commands) {
        const { code, stdout } = repository.bailiwick([group, sub, '--help']);
        expect(code).toBe(0);
        expect(stdout).toMatch(new RegExp(`^Examples?:\\n {2}bailiwick ${group} ${sub}`, 'm'));
        expect(repository.bailiwick([group, 'help', sub]).stdout).toBe(stdout);
        expect(repository.bailiwick(['help', group, sub]).stdout).toBe(stdout);
      }
  });
});
