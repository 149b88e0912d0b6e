import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { storedStream } from '../../../src/git/objects/stored-stream.ts';

describe('storedStream', () => {
  it.each([0, 1, 200, 5552, 5553, 65_535, 65_536, 200_000])('holds %d bytes for zlib', (length) => {
    const data = Buffer.from(Uint8Array.from({ length }, (_, at) => 255 - ((at * 7) % 256)));
    // zlib checks the sum, too.
    expect(inflateSync(storedStream(data)).equals(data)).toBe(true);
  });
});
