import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const NAME = 'bailiwick-tests-';

/**
 * Gives all tests one temporary directory, whichever projects run. It is removed at the end and not
 * file by file: some file systems (ext4) take ten times as long to make a file while many have just
 * been deleted.
 */
export default function setup(): (() => void) | undefined {
  if (basename(tmpdir()).startsWith(NAME)) return undefined;
  const scratch = mkdtempSync(join(tmpdir(), NAME));
  process.env['TMPDIR'] = scratch;
  return () => rmSync(scratch, { recursive: true, force: true });
}
