import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRepoPath, encodeRepoPath, isNotUtf8, parseRepoPath } from '../../src/domain/path.ts';

const settings = { seed: 20240501, numRuns: 500 };
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Random bytes alone hardly ever hold a valid sequence, so pieces of both kinds are mixed. */
const mixedBytes = fc
  .array(fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.string({ unit: 'binary' }).map(utf8)))
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

describe('decodeRepoPath', () => {
  it('and encodeRepoPath lose nothing, whatever the bytes', () => {
    fc.assert(
      fc.property(mixedBytes, (original) => {
        expect([...encodeRepoPath(decodeRepoPath(original))]).toEqual([...original]);
      }),
      settings,
    );
  });

  it('gives two different paths two different strings', () => {
    fc.assert(
      fc.property(mixedBytes, mixedBytes, (a, b) => {
        expect(decodeRepoPath(a) === decodeRepoPath(b)).toBe(Buffer.compare(a, b) === 0);
      }),
      settings,
    );
  });

  it('reads UTF-8 as the text it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const path = decodeRepoPath(utf8(text));
        expect(path).toBe(text);
        expect(isNotUtf8(path)).toBe(false);
      }),
      settings,
    );
  });

  it.each<[string, Uint8Array, string]>([
    ['Latin-1 é', bytes(0x63, 0xe9), 'c\udce9'],
    ['a sequence cut short', bytes(0xe2, 0x82), '\udce2\udc82'],
    ['a sequence cut short by a letter', bytes(0xe2, 0x82, 0x61), '\udce2\udc82a'],
    ['an overlong slash', bytes(0xc0, 0xaf), '\udcc0\udcaf'],
    ['an encoded surrogate', bytes(0xed, 0xb2, 0x80), '\udced\udcb2\udc80'],
    ['a code point above U+10FFFF', bytes(0xf4, 0x90, 0x80, 0x80), '\udcf4\udc90\udc80\udc80'],
    ['a byte order mark, which is kept', bytes(0xef, 0xbb, 0xbf, 0x61), '\ufeffa'],
    ['a good character after a bad byte', bytes(0xff, 0xf0, 0x9f, 0x98, 0x80), '\udcff😀'],
  ])('decodes %s', (_what, input, text) => {
    expect(decodeRepoPath(input)).toBe(text);
    expect([...encodeRepoPath(decodeRepoPath(input))]).toEqual([...input]);
  });
});

describe('parseRepoPath', () => {
  it.each(['a', 'a/b', '.env', 'a/...', 'a b', 'a\\b', '-rf', 'a\nb', 'é/😀', 'c\udce9'])(
    'accepts %j',
    (text) => {
      expect(parseRepoPath(text)).toBe(text);
    },
  );

  it.each(['', '/', '/a', 'a/', 'a//b', '.', '..', './a', 'a/.', 'a/../b', '../a', 'a\0b'])(
    'refuses %j',
    (text) => {
      expect(parseRepoPath(text)).toBeNull();
    },
  );

  it.each([
    ['a surrogate that stands for no byte', 'a\ud800'],
    ['bytes that are UTF-8 after all', 'a\udcc3\udca9'],
  ])('refuses %s: the path git knows would be another', (_what, text) => {
    expect(parseRepoPath(text)).toBeNull();
  });

  it('gives only paths that git gives back unchanged', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        (text) => {
          const path = parseRepoPath(text);
          if (path !== null) expect(decodeRepoPath(encodeRepoPath(path))).toBe(text);
        },
      ),
      settings,
    );
  });
});
