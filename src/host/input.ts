import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';

/** All of standard input; empty at once when it is a terminal, because nobody is going to type it. */
export async function readStandardInput(): Promise<Buffer> {
  if (isatty(0)) return Buffer.alloc(0);
  try {
    // At once, where that can be had: what a stream needs takes a hook 3 ms to load.
    return readFileSync(0);
  } catch {
    return readStream();
  }
}

/** Of a pipe that somebody has set not to wait, and of none at all. */
async function readStream(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
