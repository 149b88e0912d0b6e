import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of this checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/**
 * Writes a file that is made from the source. With `--check` it only says whether the file is what
 * it would be now, and ends with 1 when it is not.
 *
 * @param path relative to the top of the checkout
 */
export function writeGenerated(path: string, content: string): void {
  const file = `${root}/${path}`;
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return;
  }
  if (read(file) === content) return;
  const script = relative(root, process.argv[1] ?? '');
  process.stderr.write(
    `${path} is stale. To make it anew, run node --import ./scripts/ts-node.mjs ${script}\n`,
  );
  process.exitCode = 1;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
