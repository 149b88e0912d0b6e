import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainLog } from '../../../src/domain/text/plain-log.ts';

it.each([
  ['lines and tabs stay', 'a\tb\nc\n', 'a\tb\nc\n'],
  ['colours', '\x1b[1;31mred\x1b[0m', 'red'],
  ['a title of the window', '\x1b]0;evil\x07after', 'after'],
  ['a link', '\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\', 'text'],
  ['moves of the cursor, and a screen wiped', 'a\x1b[2J\x1b[1;1Hb', 'ab'],
  ['a reset', '\x1bcx', 'x'],
  ['the eight-bit forms', '\x9b31mred\x9d0;t\x9cx', 'redx'],
  ['a sequence that is cut off', 'a\x1b[3', 'a3'],
  ['one that never ends', 'a\x1b]0;the rest', 'a'],
  ['NULs, backspaces, bells', 'a\0\b\x07b', 'ab'],
  ['a line drawn over', '1%\r2%\r\nend', '1%\n2%\nend'],
  ['what turns the direction of text', 'a\u202eb\u200bc', 'abc'],
])('%s', (_title, text, plain) => {
  expect(plainLog(text)).toBe(plain);
});

it('leaves nothing that a terminal obeys, whatever comes', () => {
  const piece = fc.constantFrom(
    '\x1b',
    '[',
    ']',
    '0',
    ';',
    'm',
    '\x07',
    '\\',
    '\x9b',
    '\x9d',
    'P',
    'a',
    '\r',
    '\n',
    '\0',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(plainLog(pieces.join(''))).not.toMatch(/(?![\n\t])[\x00-\x1f\x7f-\x9f]/);
    }),
  );
});
