import { beforeEach, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import type { Outcome, TestRepository } from '../support/repository.ts';

let repository: TestRepository;
const LINES = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`);
const lines = (changed: Record<number, string>): string =>
  `${LINES.map((line, at) => changed[at + 1] ?? line).join('\n')}\n`;

beforeEach(() => {
  repository = guardedRepository();
  repository.commit('lines', { 'services/core/long.py': lines({}), 'services/core/old.py': 'o\n' });
  repository.git('switch', '-q', '-c', 'feat/a1/work');
});

/** The commands below the aim, as a reader copies them. */
function remedyIn({ stderr }: Outcome): string {
  const block = /^To .*:\n((?: {2}.*\n)+)/m.exec(stderr)?.[1];
  if (block === undefined) throw new Error(`no remedy in:\n${stderr}`);
  return block.trim();
}

/** Runs it verbatim, where an editor would be a failure. */
function follow(outcome: Outcome, where = repository): void {
  expect(outcome.code).toBe(1);
  const environment = { GIT_EDITOR: 'false', EDITOR: 'false', VISUAL: 'false' };
  const done = where.run('sh', ['-c', remedyIn(outcome)], { environment });
  expect({ code: done.code, stderr: done.stderr }).toEqual({ code: 0, stderr: '' });
}

const commit = (...args: string[]): Outcome => repository.tryGit('commit', '-q', ...args);
const committed = (): string[] =>
  repository.git('show', '--format=', '--name-only', '--no-renames').split('\n').filter(Boolean);
const passed = (outcome: Outcome): void => {
  expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 0, stderr: '' });
};

describe('the remedy of a commit, run as it stands', () => {
  it('of chosen hunks adds none that was left out', () => {
    repository.write('services/core/long.py', lines({ 2: 'good', 39: 'later' }));
    repository.write('services/api/api.py', 'foreign\n');
    repository.git('rm', '-q', '--cached', 'services/core/old.py');
    repository.git('add', 'services/api/api.py');
    const args = ['commit', '-q', '-p', '-m', 'good'];
    follow(repository.run('git', args, { input: 'y\nn\n' }));
    passed(commit('-m', 'good'));
    expect(committed()).toEqual(['services/core/long.py', 'services/core/old.py']);
    expect(repository.git('show', 'HEAD:services/core/long.py')).toBe(lines({ 2: 'good' }).trim());
    expect(repository.read('services/core/long.py')).toBe(lines({ 2: 'good', 39: 'later' }));
    expect(repository.read('services/api/api.py')).toBe('foreign\n');
  });

  it('of chosen hunks works from a folder below', () => {
    repository.write('services/core/long.py', lines({ 2: 'good', 39: 'later' }));
    repository.write('services/api/api.py', 'foreign\n');
    repository.git('add', 'services/api/api.py');
    const below = repository.at('services/core');
    const args = ['commit', '-q', '-p', '-m', 'good'];
    follow(below.run('git', args, { input: 'y\nn\n' }), below);
    passed(commit('-m', 'good'));
    expect(committed()).toEqual(['services/core/long.py']);
  });

  it('of named paths commits the others without an editor', () => {
    repository.write('services/core/core.py', 'mine\n');
    repository.write('services/core/long.py', 'staged, and not to be committed\n');
    repository.write('services/api/api.py', 'foreign\n');
    repository.git('add', 'services/core/long.py');
    follow(commit('-m', 'both', 'services/core/core.py', 'services/api/api.py'));
    expect(committed()).toEqual(['services/core/core.py']);
    expect(repository.git('diff', '--cached', '--name-only')).toBe('services/core/long.py');
    expect(repository.read('services/api/api.py')).toBe('foreign\n');
  });

  it('of everything tracked ends with a commit that passes without -a', () => {
    repository.write('services/core/core.py', 'mine\n');
    repository.write('services/api/api.py', 'foreign\n');
    const outcome = commit('-a', '-m', 'all');
    expect(outcome.stderr).toContain('without -a');
    follow(outcome);
    passed(commit('-m', 'all'));
    expect(committed()).toEqual(['services/core/core.py']);
    expect(repository.read('services/api/api.py')).toBe('foreign\n');
  });

  it.each([
    ['out of a foreign part', 'services/api/api.py', 'services/core/api.py'],
    ['into a foreign part', 'services/core/long.py', 'services/api/long.py'],
  ])('of a file moved %s leaves both halves out', (_, from, to) => {
    repository.write('services/core/core.py', 'mine\n');
    repository.git('mv', from, to);
    repository.git('add', '-A');
    follow(commit('-m', 'moved'));
    passed(commit('-m', 'moved'));
    expect(committed()).toEqual(['services/core/core.py']);
    expect(repository.git('ls-files', '--others')).toBe(to);
  });

  it('of a first commit takes out what is not its own', () => {
    repository.git('switch', '-q', '--orphan', 'feat/a1/first');
    repository.write('services/core/core.py', 'mine\n');
    repository.write('services/api/api.py', 'foreign\n');
    repository.git('add', '-A');
    follow(commit('-m', 'first'));
    passed(commit('-m', 'first'));
    expect(committed()).toEqual(['services/core/core.py']);
  });
});
