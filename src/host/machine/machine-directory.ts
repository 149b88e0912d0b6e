import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';

/**
 * A directory that all programs of this user on this machine share, for what holds until it is started anew.
 *
 * @throws Failure `io` when somebody else made it: what others write is not believed
 */
export function machineDirectory(): string {
  const uid = process.getuid?.();
  const path = join(tmpdir(), `bailiwick-${uid ?? 'machine'}`);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { uid: owner, mode } = lstatSync(path);
    // Windows says nothing of owners, and gives every user a temporary directory.
    if (uid === undefined || (owner === uid && (mode & 0o022) === 0)) return path;
  } catch (error) {
    throw new Failure('io', `${path} cannot be made: ${(error as Error).message}`);
  }
  throw new Failure('io', `${path} may be written to by others, so it says nothing`, [
    hintTo('see whose it is', `ls -ld ${shellQuote(path)}`),
  ]);
}
