import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Environment } from '../domain/repo.ts';

const MEMORY = '/dev/shm';
/** The type of a file system in memory. Source: statfs(2), TMPFS_MAGIC. */
const TMPFS = 0x01021994;
/** Free bytes that must be there: a thousand branches need a tenth of it. Containers often have less. */
const ENOUGH = 512 * 1024 * 1024;

/**
 * Where hundreds of small files are put that live for seconds: in memory where Linux offers that, because
 * making them takes many times as long on some disks; else in the system's temporary directory. Who names
 * a directory (`TMPDIR`, `TMP`, `TEMP`) is obeyed.
 */
export function memoryRoot(environment: Environment): string {
  const named = [environment['TMPDIR'], environment['TMP'], environment['TEMP']].some(Boolean);
  return !named && isRoomyMemory(MEMORY) ? MEMORY : tmpdir();
}

/** Whether a directory is in memory, may be written to, and has room. */
export function isRoomyMemory(directory: string): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(directory);
    if (type !== TMPFS || bavail * bsize < ENOUGH) return false;
    accessSync(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
