import { readlinkSync } from 'node:fs';

/** The bytes a symbolic link holds; null for anything else, and where nothing is. */
export function linkTarget(path: Buffer): Buffer | null {
  try {
    return readlinkSync(path, { encoding: 'buffer' });
  } catch {
    return null;
  }
}
