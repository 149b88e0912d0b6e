import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
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
  const name = `bailiwick-${purpose}-${randomName()}`;
  const directory = join(place === 'disk' ? tmpdir() : memoryRoot(process.env), name);
  const remove = (): void => {
    removeTree(directory);
    cleaner.dismiss();
  };
  // Before the directory: a kill between the two would leave it for ever.
  const cleaner = new Cleaner(directory);
  const removed = atEnd(remove);
  try {
    makeDirectory(directory);
    return await work(directory);
  } finally {
    remove();
    removed();
  }
}

/** In a third of the time that `rmSync` takes, which is there for what changes meanwhile. */
function removeTree(directory: string): void {
  try {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) removeTree(path);
      else unlinkSync(path);
    }
    rmdirSync(directory);
  } catch {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Nobody else may foresee it; that it is new is seen when it is made. node:crypto would cost a hook 2 ms. */
const randomName = (): string =>
  [process.pid, process.hrtime()[1], Math.random() * 2 ** 52, Math.random() * 2 ** 52]
    .map((part) => Math.floor(part).toString(36))
    .join('-');

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
