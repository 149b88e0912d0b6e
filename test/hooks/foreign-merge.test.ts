import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import { POLICY } from '../support/policy.ts';
import type { Outcome, TestRepository } from '../support/repository.ts';

let repository: TestRepository;

/** `feat/a2/api` is open; a1 works on `feat/a1/work`, and both are of `main`. */
function fleet(policy = POLICY): void {
  repository = guardedRepository({ policy });
  repository.git('init', '-q', '--bare', '../origin.git');
  repository.git('remote', 'add', 'origin', '../origin.git');
  repository.git('push', '-q', '--no-verify', 'origin', 'main');
  repository.git('switch', '-q', '-c', 'feat/a2/api');
  repository.commit('theirs', { 'services/api/api.py': 'theirs\n' });
  repository.git('switch', '-q', '-c', 'feat/a1/work', 'main');
  repository.commit('mine', { 'services/core/core.py': 'mine\n' });
}

beforeEach(() => fleet());

const push = (): Outcome => repository.tryGit('push', '-q', 'origin', 'HEAD');
const refused = (outcome: Outcome): string => {
  expect({ code: outcome.code, codes: codesIn(outcome) }).toEqual({
    code: 1,
    codes: ['foreign-merge'],
  });
  return /^ {2}(git .*)$/m.exec(outcome.stderr)?.[1] ?? 'false';
};
const follow = (command: string): void => {
  const environment = { GIT_EDITOR: 'false' };
  const done = repository.run('sh', ['-c', command], { environment });
  expect({ code: done.code, command }).toEqual({ code: 0, command });
};
const mergeTheirs = (): void =>
  void repository.git('merge', '-q', '--no-verify', '--no-edit', 'feat/a2/api');
const files = (): string[] =>
  repository.git('diff', '--name-only', 'origin/main', 'HEAD').split('\n').filter(Boolean);

describe('21: a branch of another agent merged into the own one', () => {
  it('is refused when it is made, and the merge can be stopped', () => {
    const outcome = repository.tryGit('merge', '--no-edit', 'feat/a2/api');
    follow(refused(outcome));
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(files()).toEqual(['services/core/core.py']);
  });

  it('is taken out at the push, where it is the last commit', () => {
    mergeTheirs();
    repository.write('services/core/core.py', 'not committed\n');
    const command = refused(push());
    expect(command).toMatch(/^git reset --keep [0-9a-f]{40}$/);
    follow(command);
    expect(repository.read('services/core/core.py')).toBe('not committed\n');
    expect(push().code).toBe(0);
    expect(files()).toEqual(['services/core/core.py']);
  });

  it.each(['a graft', 'a replacement'])('23: is seen where %s hides the other side', (what) => {
    mergeTheirs();
    const [merge, mine] = repository.git('rev-parse', 'HEAD', 'HEAD^1').split('\n');
    if (what === 'a graft') repository.write('.git/info/grafts', `${merge!} ${mine!}\n`);
    else repository.git('replace', '--graft', merge!, mine!);
    // git itself sees no merge any more.
    expect(repository.git('rev-list', '--merges', 'HEAD')).toBe('');
    refused(push());
  });

  it('is taken out from below what came after it', () => {
    mergeTheirs();
    repository.commit('more', { 'services/core/deep/er.py': 'more\n' });
    const command = refused(push());
    expect(command).toMatch(/^git rebase -q --autostash --onto [0-9a-f]{40} [0-9a-f]{40}$/);
    follow(command);
    expect(push().code).toBe(0);
    expect(files()).toEqual(['services/core/core.py', 'services/core/deep/er.py']);
    repository.git('switch', '-q', 'main');
    repository.git('merge', '-q', '--no-edit', 'feat/a1/work', 'feat/a2/api');
    expect(repository.read('services/api/api.py')).toBe('theirs\n');
  });

  it('is seen by history, also when its content was taken back', () => {
    mergeTheirs();
    repository.git('checkout', '-q', 'main', '--', 'services/api/api.py');
    repository.git('commit', '-q', '--no-verify', '-m', 'taken back');
    const outcome = push();
    expect(outcome.code).toBe(1);
    expect(codesIn(outcome)).toContain('foreign-merge');
    const check = repository.bailiwick(['check', '--branch', 'feat/a1/work', '--json']);
    expect(check.stdout).toContain('foreign-merge');
  });

  it('is seen inside of what the agent merged of its own, and below later merges of the base', () => {
    repository.git('switch', '-q', '-c', 'feat/a1/part');
    mergeTheirs();
    repository.git('switch', '-q', 'feat/a1/work');
    repository.git('merge', '-q', '--no-verify', '--no-ff', '--no-edit', 'feat/a1/part');
    repository.git('branch', '-q', '-D', 'feat/a1/part');
    repository.git('switch', '-q', 'main');
    repository.commit('landed', { 'web/app.ts': 'landed\n' });
    repository.git('push', '-q', '--no-verify', 'origin', 'main');
    repository.git('switch', '-q', 'feat/a1/work');
    repository.git('merge', '-q', '--no-verify', '--no-edit', 'origin/main');
    repository.commit('more', { 'services/core/deep/er.py': 'more\n' });
    const command = refused(push());
    expect(command).toContain('--rebase-merges');
    follow(command);
    expect(push().code).toBe(0);
    expect(files()).toEqual(['services/core/core.py', 'services/core/deep/er.py']);
    expect(repository.git('merge-base', 'HEAD', 'origin/main')).toBe(
      repository.git('rev-parse', 'origin/main'),
    );
  });

  it('is seen without a merge: a branch that was begun on it, or moved onto it', () => {
    repository.git('switch', '-q', '-c', 'feat/a1/begun', 'feat/a2/api');
    expect(refused(push())).toMatch(/^git reset --keep [0-9a-f]{40}$/);
    repository.commit('mine', { 'services/core/deep/er.py': 'mine\n' });
    follow(refused(push()));
    expect(push().code).toBe(0);
    expect(files()).toEqual(['services/core/deep/er.py']);
    repository.git('switch', '-q', '-c', 'feat/a1/moved', 'main');
    repository.git('merge', '-q', '--ff-only', 'feat/a2/api');
    repository.commit('taken back', { 'services/api/api.py': 'api\n' });
    const outcome = push();
    expect(codesIn(outcome)).toContain('foreign-merge');
    follow(/^ {2}(git .*)$/m.exec(outcome.stderr)?.[1] ?? 'false');
    expect(push().code).toBe(0);
    expect(files()).toEqual([]);
  });

  it.each(['a copy of the branch', 'a branch of the agent at their tip'])(
    'is seen although %s has the commits as well',
    (what) => {
      if (what !== 'a copy of the branch') {
        repository.git('branch', 'feat/a1/copy', 'feat/a2/api');
        repository.git('merge', '-q', '--no-verify', '--no-edit', 'feat/a1/copy');
      } else {
        mergeTheirs();
        repository.git('branch', 'feat/a1/copy');
      }
      repository.git('revert', '--no-edit', '-m', '1', 'HEAD');
      expect(codesIn(push())).toContain('foreign-merge');
      // Another clone has no log of that branch.
      rmSync(join(repository.directory, '.git/logs'), { recursive: true });
      expect(codesIn(push())).toContain('foreign-merge');
    },
  );

  it('is not said of own work on another own branch, on which another agent has built', () => {
    repository.git('switch', '-q', '-c', 'feat/a1/first', 'main');
    repository.commit('first', { 'services/core/deep/er.py': 'first\n' });
    repository.git('switch', '-q', '-c', 'feat/a2/on-top');
    repository.commit('theirs on top', { 'services/api/both.py': 'theirs\n' });
    repository.git('switch', '-q', 'feat/a1/work');
    repository.git('merge', '-q', '--no-edit', 'feat/a1/first');
    expect(push().code).toBe(0);
    repository.git('push', '-q', '--no-verify', 'origin', ':feat/a1/work');
    rmSync(join(repository.directory, '.git/logs'), { recursive: true });
    expect(push().code).toBe(0);
  });

  it('is not said of a branch that another agent has built on', () => {
    repository.git('switch', '-q', '-c', 'feat/a2/on-top');
    repository.commit('theirs on top', { 'services/api/both.py': 'theirs\n' });
    repository.git('switch', '-q', 'feat/a1/work');
    expect(push().code).toBe(0);
    repository.git('switch', '-q', 'feat/a2/on-top');
    expect(codesIn(push())).toEqual(['foreign-merge']);
  });

  it('is none once it has landed, wherever', () => {
    mergeTheirs();
    repository.git('push', '-q', '--no-verify', 'origin', 'feat/a2/api:main');
    repository.git('fetch', '-q', 'origin');
    expect(push().code).toBe(0);
  });

  it('waits where the policy lets the agent come after the other', () => {
    fleet(POLICY.replace(/( {2}a1:\n)/, '$1    after: [a2]\n'));
    const merged = repository.tryGit('merge', '--no-edit', 'feat/a2/api');
    expect(merged.code).toBe(0);
    const outcome = push();
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain('waits for feat/a2/api');
  });

  it('may be made by a person', () => {
    repository.git('switch', '-q', 'main');
    expect(repository.tryGit('merge', '--no-ff', '--no-edit', 'feat/a2/api').code).toBe(0);
  });
});
