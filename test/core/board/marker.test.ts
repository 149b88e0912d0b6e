import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markComment, readMarker, shownText } from '../../../src/core/board/marker.ts';

describe('the hidden first line of a comment', () => {
  it('is read back, hides whatever it holds, and leaves the text alone', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.string(), (base, at, text) => {
        const body = markComment({ base, at }, text);
        expect(readMarker(body)).toEqual({ base, at });
        const [line = ''] = body.split('\n');
        expect(line.slice(4, -3)).not.toMatch(/[<>]|--/);
        expect(body.slice(line.length + 1)).toBe(text);
      }),
      { seed: 7, numRuns: 200 },
    ));

  it.each([
    'no marker',
    '<!-- bailiwick:board -->',
    '<!-- bailiwick:board {} -->',
    '<!-- bailiwick:board {"base":"main"} -->',
    '<!-- bailiwick:board {"base":"main","at":"1"} -->',
    '<!-- bailiwick:board nonsense -->',
    'text\n<!-- bailiwick:board {"base":"main","at":1} -->',
  ])('is not found in %j', (body) => expect(readMarker(body)).toBeNull());

  it('does not count, nor do the line ends the host makes', () =>
    expect(shownText('<!-- x -->\r\na\r\nb\r\n')).toBe('a\nb'));
});
