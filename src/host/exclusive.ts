import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { shellQuote } from '../domain/text/quote.ts';
import type { ProcessMark } from '../domain/process-mark.ts';
import { pause } from './pause.ts';
import { isAlive, ownProcessMark } from './process/process-mark.ts';

/**
 * Runs `work` while no other process does so with the same lock file. Waits for the other; takes over
 * from one that was killed.
 *
 * @param patience how long to wait at most, in milliseconds.
 * @throws Failure `io` when the other does not end in time.
 */
export async function exclusively<T>(
  lockFile: string,
  work: () => Promise<T>,
  patience = 60_000,
): Promise<T> {
  mkdirSync(dirname(lockFile), { recursive: true });
  const mine = JSON.stringify(ownProcessMark());
  const deadline = Date.now() + patience;
  for (let wait = 5; !create(lockFile, mine); wait = Math.min(wait * 2, 200)) {
    if (isLeft(lockFile)) breakLock(lockFile);
    else if (Date.now() > deadline) throw heldTooLong(lockFile);
    await pause(wait * (0.5 + Math.random()));
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** Makes a file that did not exist; false when it does. */
function create(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // EPERM, EBUSY: Windows, while another process is removing the file.
    if (code === 'EEXIST' || code === 'EPERM' || code === 'EBUSY') return false;
    throw new Failure('io', `${path}: ${code ?? message}`);
  }
}

/** The process that made the file no longer runs. */
function isLeft(lockFile: string): boolean {
  const holder = readHolder(lockFile);
  if (holder === 'gone') return false;
  // Made and not yet written, which takes no time unless the process was killed just then.
  if (holder === null) return ageOf(lockFile) > 10_000;
  return !isAlive(holder);
}

/**
 * Removes a lock file that was left. Only one process may: another that saw the same would remove the
 * lock of whoever came next.
 */
function breakLock(lockFile: string): void {
  const breaking = `${lockFile}.break`;
  if (!create(breaking, '')) {
    if (ageOf(breaking) > 10_000) rmSync(breaking, { force: true });
    return;
  }
  try {
    if (isLeft(lockFile)) rmSync(lockFile, { force: true });
  } finally {
    rmSync(breaking, { force: true });
  }
}

function readHolder(lockFile: string): ProcessMark | 'gone' | null {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')) as ProcessMark;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : null;
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function heldTooLong(lockFile: string): Failure {
  const holder = readHolder(lockFile);
  const who =
    holder === null || holder === 'gone' ? '' : ` (process ${holder.pid} on ${holder.host})`;
  return new Failure('io', `another bailiwick command is at work here${who}`, [
    hintTo('go on when none is', `rm ${shellQuote(lockFile)}`),
  ]);
}
