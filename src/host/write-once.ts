import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../domain/failure.ts';

/** A file that never changes once it is there. */
export interface LastingFile {
  /** Absolute; is there. What is made in it may be read by whom it may be. */
  readonly directory: string;
  /** Below it, one directory deep. */
  readonly path: string;
  readonly content: Uint8Array;
}

let written = 0;

/**
 * Writes a file whole or not at all, for reading only. One that is there holds the same; it only
 * becomes young again, so that nobody removes it for its age meanwhile.
 *
 * @param unfinished how the name of one begins that a kill leaves in the directory
 * @throws Failure `io` when it cannot be written
 */
export function writeOnce({ directory, path, content }: LastingFile, unfinished: string): void {
  const target = join(directory, path);
  if (isRenewed(target)) return;
  const temporary = join(directory, `${unfinished}${process.pid}_${(written += 1)}`);
  try {
    const { mode } = statSync(directory);
    writeFileSync(temporary, content, { flag: 'w', mode: 0o400 });
    chmodSync(temporary, mode & 0o444);
    makeDirectory(dirname(target), mode & 0o7777);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure('io', `${target}: ${code ?? message}`);
  }
}

function isRenewed(path: string): boolean {
  const now = new Date();
  try {
    utimesSync(path, now, now);
    return true;
  } catch {
    // It is not there, or somebody else's: then it is written anew.
    return false;
  }
}

/** With exactly this mode, whatever the mask of the process is. */
function makeDirectory(path: string, mode: number): void {
  try {
    mkdirSync(path);
    chmodSync(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
