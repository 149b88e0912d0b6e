import { fstatSync, readFileSync } from 'node:fs';

/** All of standard input; empty at once when it is a terminal, because nobody is going to type it. */
export async function readStandardInput(): Promise<Buffer> {
  if (await isTerminal()) return Buffer.alloc(0);
  try {
    // At once, where that can be had: what a stream needs takes a hook 3 ms to load.
    return readFileSync(0);
  } catch {
    return readStream();
  }
}

/** Asked only of what may be one: the part of Node that knows takes a hook several milliseconds to load. */
async function isTerminal(): Promise<boolean> {
  try {
    if (!fstatSync(0).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  return (await import('node:tty')).isatty(0);
}

/** Of a pipe that somebody has set not to wait, and of none at all. */
async function readStream(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
