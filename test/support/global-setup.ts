import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds `dist/` once, so that hooks and the command line run what users run, and gives all tests one
 * temporary directory. It is removed at the end and not file by file: some file systems (ext4) take ten
 * times as long to make a file while many have just been deleted.
 */
export default function setup(): () => void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const build = ['--import', './scripts/ts-node.mjs', 'scripts/build.ts'];
  execFileSync(process.execPath, build, { cwd: root, stdio: 'inherit' });
  const scratch = mkdtempSync(join(tmpdir(), 'bailiwick-tests-'));
  process.env['TMPDIR'] = scratch;
  return () => rmSync(scratch, { recursive: true, force: true });
}
