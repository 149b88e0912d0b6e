import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realFiles } from '../../../src/host/files.ts';
import { refTips } from '../../../src/services/refs/ref-tips.ts';
import { TestRepository } from '../../support/repository.ts';

const NAMES = [
  'refs/heads/main',
  'refs/heads/other',
  'refs/heads/dir/deep',
  'refs/heads/ain',
  'refs/heads/dir',
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
];

describe('what refs name, read from files', () => {
  const repository = TestRepository.create();
  repository.commit('first', { x: '1\n' });
  const commonDirectory = join(repository.directory, '.git');
  const tips = () => refTips(realFiles, commonDirectory);
  const asGit = (ref: string): string | null => {
    const { code, stdout } = repository.tryGit('rev-parse', '-q', '--verify', ref);
    return code === 0 ? stdout.trim() : null;
  };

  it.each([
    ['one file for each', () => repository.git('branch', 'other')],
    ['a ref in a directory', () => repository.git('branch', 'dir/deep')],
    ['all packed', () => repository.git('pack-refs', '--all')],
    ['a file over a packed one', () => repository.commit('second', { x: '2\n' })],
    ['one packed and deleted', () => repository.git('branch', '-qD', 'other')],
    ['one that points at another', () => pointRemote()],
    [
      'one that points at none',
      () => repository.git('update-ref', '-d', 'refs/remotes/origin/main'),
    ],
    ['annotated tags packed, with what they lead to', () => packTag()],
  ])('is what git says: %s', (_what, change) => {
    change();
    const { tipOf, told } = tips();
    expect(NAMES.map(tipOf)).toEqual(NAMES.map(asGit));
    expect(told()).toEqual(new Map(NAMES.map((name) => [name, asGit(name)])));
  });

  it.each<[string, () => void]>([
    ['half an id', () => repository.write('.git/refs/heads/odd', '0123\n')],
    ['a line too many', () => repository.write('.git/refs/heads/odd', `${'0'.repeat(40)}\nx\n`)],
    ['nothing', () => repository.write('.git/refs/heads/odd', '')],
    ['itself', () => repository.write('.git/refs/heads/odd', 'ref: refs/heads/odd\n')],
    ['out of the refs', () => repository.write('.git/refs/heads/odd', 'ref: HEAD\n')],
    ['a link', () => linkOdd()],
  ])('is left to git where the file holds %s', (_what, spoil) => {
    spoil();
    const { tipOf, told } = tips();
    expect(tipOf('refs/heads/odd')).toBeUndefined();
    expect(told()).toBeNull();
    expect(tips().tipOf('refs/heads/main')).toBe(asGit('refs/heads/main'));
    expect(tips().tipOf('HEAD')).toBeUndefined();
    repository.run('rm', ['-f', '.git/refs/heads/odd']);
  });

  it.each([
    ['more packed refs than are read', '.git/packed-refs', () => '#'.repeat((1 << 20) + 1)],
    [
      'another storage',
      '.git/config',
      (text: string) => `${text}[extensions]\n\trefStorage = reftable\n`,
    ],
    ['no configuration', '.git/config', null],
  ])('is left to git with %s', (_what, file, change) => {
    const before = repository.read(file);
    if (change === null) repository.run('rm', [file]);
    else repository.write(file, change(before));
    expect(tips().tipOf('refs/heads/main')).toBeUndefined();
    repository.write(file, before);
  });

  function pointRemote(): void {
    repository.git('update-ref', 'refs/remotes/origin/main', 'main');
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  }

  function packTag(): void {
    repository.git('tag', '-a', '-m', 'x', 'v1', 'main');
    repository.git('pack-refs', '--all');
  }

  function linkOdd(): void {
    repository.run('rm', ['-f', '.git/refs/heads/odd']);
    symlinkSync('dir/deep', join(commonDirectory, 'refs/heads/odd'));
  }
});
