import { describe, expect, it } from 'vitest';
import { TestRepository } from '../support/repository.ts';

const repository = TestRepository.create();

describe('a command that is not there', () => {
  it.each<[string, string | null]>([
    ['juggle', null],
    ['juggle --help', null],
    ['juggle open x -h', null],
    ['--help juggle', null],
    ['help juggle', null],
    ['statsu', 'status'],
    ['statsu --help', 'status'],
    ['-C . lokc --help', 'lock'],
    ['worktree ad', 'add'],
    ['worktree ad --help', 'add'],
    ['worktree --help ad', 'add'],
    ['worktree help ad', 'add'],
    ['help worktree ad', 'add'],
    ['-C . lock aquire --help', 'acquire'],
    ['lock --format json aquire -h', 'acquire'],
  ])('is wrong usage, and the nearest is named: %s', (words, near) => {
    const { code, stdout, stderr } = repository.bailiwick(words.split(' '));
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: unknown command '/);
    if (near === null) expect(stderr).not.toContain('Did you mean');
    else expect(stderr).toContain(`Did you mean ${near}?`);
  });

  it('says so in JSON', () => {
    const { code, stdout } = repository.bailiwick(['statsu', '--help', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'statsu',
      data: { failure: { kind: 'usage', message: expect.stringContaining('statsu') as unknown } },
    });
  });

  it.each([['--help'], ['help'], ['lock --help'], ['help lock'], ['lock help'], ['--version']])(
    'is not what there is: %s',
    (words) => {
      expect(repository.bailiwick(words.split(' ')).code).toBe(0);
    },
  );
});
