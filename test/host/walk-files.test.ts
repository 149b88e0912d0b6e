import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkTarget } from '../../src/host/link-target.ts';
import { walkFiles } from '../../src/host/walk-files.ts';
import { scratchDirectory } from '../support/repository.ts';

function tree(...files: string[]): Buffer {
  const directory = scratchDirectory();
  for (const file of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    if (!file.endsWith('/')) writeFileSync(join(directory, file), '');
  }
  return Buffer.from(`${directory}/`);
}

const walk = (directory: Buffer, most = 100): [string[], boolean] => {
  const { paths, more } = walkFiles(directory, most);
  return [paths.map((path) => path.toString()).sort(), more];
};

describe('walkFiles', () => {
  it('finds files and links at any depth, and follows none', () => {
    const directory = tree('a', 'b/c/d', 'b/e f', 'empty/');
    mkdirSync(join(directory.toString(), 'empty'), { recursive: true });
    symlinkSync('b', join(directory.toString(), 'link'));
    symlinkSync('nowhere', join(directory.toString(), 'broken'));
    expect(walk(directory)).toEqual([['a', 'b/c/d', 'b/e f', 'broken', 'link'], false]);
  });

  it('takes a repository inside for one path', () => {
    expect(walk(tree('a', 'inner/.git/HEAD', 'inner/file', 'linked/.git'))).toEqual([
      ['a', 'inner/', 'linked/'],
      false,
    ]);
    expect(walk(tree('.git/HEAD', 'file'))).toEqual([[''], false]);
  });

  it('keeps names that are not UTF-8', () => {
    const directory = tree();
    const name = Buffer.of(0x63, 0xe9);
    writeFileSync(Buffer.concat([directory, name]), '');
    expect(walkFiles(directory, 9).paths).toEqual([name]);
  });

  it('ends after as many files as asked for, the nearest first', () => {
    const directory = tree('deep/deeper/1', 'deep/2', '3', '4');
    expect(walk(directory, 4)).toEqual([['3', '4', 'deep/2', 'deep/deeper/1'], false]);
    expect(walk(directory, 3)).toEqual([['3', '4', 'deep/2'], true]);
  });

  it('ends after as many directories, though none has a file', () => {
    const directory = tree(...Array.from({ length: 9 }, (_, at) => `${at}/x/`));
    for (let at = 0; at < 9; at += 1)
      mkdirSync(join(directory.toString(), `${at}/x`), { recursive: true });
    expect(walk(directory, 5)).toEqual([[], true]);
  });

  it('finds nothing where nothing is', () => {
    expect(walk(Buffer.from('/nonexistent/'))).toEqual([[], false]);
  });
});

describe('linkTarget', () => {
  it('reads links and nothing else', () => {
    const directory = tree('file');
    symlinkSync('../some where', join(directory.toString(), 'link'));
    const target = (name: string): string | null =>
      linkTarget(Buffer.concat([directory, Buffer.from(name)]))?.toString() ?? null;
    expect([target('link'), target('file'), target('none')]).toEqual(['../some where', null, null]);
  });
});
