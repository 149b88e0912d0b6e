import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { Cleaner } from './cleaner.ts';
import { memoryRoot } from './memory-root.ts';
import { atEnd } from './signals.ts';

/**
 * Runs `work` with a fresh directory, which nobody else may look into, and removes it whatever happens:
 * success, failure, SIGINT, SIGTERM, SIGHUP, and SIGKILL, after which it takes a moment.
 *
 * @param place `memory` for what stays small and is many files; see `memoryRoot`.
 * @throws Failure `io` when it cannot be made.
 */
export async function withTemporaryDirectory<T>(
  purpose: string,
  work: (directory: string) => Promise<T>,
  place: 'disk' | 'memory' = 'disk',
): Promise<T> {
  const name = `bailiwick-${purpose}-${randomBytes(8).toString('hex')}`;
  const directory = join(place === 'disk' ? tmpdir() : memoryRoot(process.env), name);
  const cleaner = new Cleaner(directory);
  const remove = (): void => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    cleaner.dismiss();
  };
  const removed = atEnd(remove);
  try {
    makeDirectory(directory);
    return await work(directory);
  } finally {
    remove();
    removed();
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure('io', `there is nowhere to put temporary files: ${directory}: ${code}`, [
      hintTo('put them elsewhere, set TMPDIR to a directory you may write to'),
    ]);
  }
}

/** A fresh directory that stays when the program ends, for a person to look into. */
export const keepTemporaryDirectory = (purpose: string): string =>
  realpathSync(mkdtempSync(join(tmpdir(), `bailiwick-${purpose}-`)));
