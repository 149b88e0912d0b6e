import { existsSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRoomyMemory, memoryRoot } from '../../src/host/memory-root.ts';
import { withTemporaryDirectory } from '../../src/host/temporary.ts';
import { scratchDirectory, TestRepository } from '../support/repository.ts';

describe('a temporary directory', () => {
  it("is nobody else's business, and goes with the work, done or failed", async () => {
    let seen = '';
    const found = await withTemporaryDirectory('test', (directory) => {
      seen = directory;
      if (process.platform !== 'win32') expect(statSync(directory).mode & 0o777).toBe(0o700);
      return Promise.resolve(readdirSync(directory));
    });
    expect(found).toEqual([]);
    expect(existsSync(seen)).toBe(false);
    const failing = withTemporaryDirectory('test', (directory) => {
      seen = directory;
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(seen)).toBe(false);
  });

  it('is in memory where there is room, unless TMPDIR names a place', () => {
    const named = scratchDirectory();
    const other = isRoomyMemory('/dev/shm') ? '/dev/shm' : tmpdir();
    expect(memoryRoot({})).toBe(other);
    for (const name of ['TMPDIR', 'TMP', 'TEMP'])
      expect(memoryRoot({ [name]: named })).toBe(tmpdir());
    expect(isRoomyMemory(join(named, 'nowhere'))).toBe(false);
  });

  it('is missed with a way out where none can be made', () => {
    const repository = TestRepository.create();
    repository.commit('first', { f: '1\n' });
    const { code, stderr } = repository.bailiwick(
      ['overlap', '--base', 'main', '--refs', 'refs/heads/'],
      { environment: { TMPDIR: join(repository.home, 'nowhere') } },
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/nowhere to put temporary files: .*ENOENT[^]*set TMPDIR/);
  });
});
