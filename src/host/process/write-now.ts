import { writeSync } from 'node:fs';

/**
 * Writes all of a text before it returns: the process may be ended before a stream is empty, and to open
 * a stream takes a hook 3 ms. A reader that is gone is not told anything.
 *
 * @param descriptor 1 or 2
 */
export function writeNow(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    }
  }
}
