import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasNoMarks } from '../../../src/git/worktree/has-no-marks.ts';
import { unwatchedFiles } from '../../../src/git/worktree/unwatched-files.ts';
import { TestRepository } from '../../support/repository.ts';

describe.each(['sha1', 'sha256'] as const)('hasNoMarks (%s)', (format) => {
  const repository = TestRepository.create({ format });
  const names = ['a', 'bb', 'dir/ccc', `long/${'x'.repeat(200)}`, 'ä ö'];
  repository.commit('first', Object.fromEntries(names.map((name) => [name, name])));
  const path = join(repository.directory, '.git/index');
  const now = (): boolean => hasNoMarks(readFileSync(path));

  it.each(['--assume-unchanged', '--skip-worktree'])('sees %s on any file', async (mark) => {
    expect(now()).toBe(true);
    for (const name of names) {
      repository.git('update-index', mark, name);
      expect(now()).toBe(false);
      expect(await unwatchedFiles(repository.repo)).toEqual([name]);
      repository.git('update-index', mark.replace('--', '--no-'), name);
      expect(now()).toBe(true);
    }
    // With flags that say something else, entries are longer.
    repository.write('new');
    repository.git('add', '--intent-to-add', 'new');
    expect(now()).toBe(true);
    repository.git('update-index', mark, 'ä ö');
    expect(now()).toBe(false);
    repository.git('update-index', mark.replace('--', '--no-'), 'ä ö');
    repository.git('rm', '-q', '--cached', 'new');
  });

  it('is not certain of what it does not know', () => {
    const whole = readFileSync(path);
    for (const length of [0, 8, 100, whole.length - 1])
      expect(hasNoMarks(whole.subarray(0, length))).toBe(false);
    repository.git('update-index', '--index-version=4');
    expect(now()).toBe(false);
    repository.git('update-index', '--index-version=2');
    repository.git('update-index', '--split-index');
    expect(now()).toBe(false);
    repository.git('update-index', '--no-split-index');
    expect(now()).toBe(true);
    repository.git('-c', 'index.skipHash=true', 'update-index', '--force-write-index');
    const bytes = readFileSync(path);
    bytes.fill(0, bytes.length - (format === 'sha1' ? 20 : 32));
    writeFileSync(path, bytes);
    expect(now()).toBe(false);
  });
});
