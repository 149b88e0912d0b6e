import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realFiles } from '../../src/host/files.ts';
import { scratchDirectory } from '../support/repository.ts';

describe('putting a file where nobody reads yet', () => {
  it('makes its directory and leaves what is there', () => {
    const directory = scratchDirectory();
    const path = join(directory, 'a/b/file');
    realFiles.put(path, 'first');
    realFiles.put(path, 'second');
    realFiles.put(join(directory, 'a/b/bytes'), Uint8Array.from([0, 255]));
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(readFileSync(join(directory, 'a/b/bytes'))).toEqual(Buffer.from([0, 255]));
    expect(readdirSync(join(directory, 'a/b')).sort()).toEqual(['bytes', 'file']);
  });

  it('fails as a Failure where it cannot', () => {
    const directory = scratchDirectory();
    mkdirSync(join(directory, 'file'));
    realFiles.put(join(directory, 'x'), '');
    chmodSync(join(directory, 'x'), 0o400);
    expect(() => realFiles.put(join(directory, 'x/below'), '')).toThrow(/x\/below: ENOTDIR/);
  });
});
