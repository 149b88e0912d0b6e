import { describe, expect, it } from 'vitest';
import { foldPath } from '../../../src/domain/text/fold.ts';

const allCharacters = (property: RegExp): string[] => {
  const found: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const char = String.fromCodePoint(code);
    if (property.test(char)) found.push(char);
  }
  return found;
};

describe('foldPath', () => {
  it.each([
    ['ASCII', 'SRC/Main.TS', 'src/main.ts'],
    ['sharp s and SS', 'straße', 'STRASSE'],
    ['capital sharp s and ss', 'STRAẞE', 'strasse'],
    ['long s and s', 'ſrc', 'src'],
    ['composed and decomposed', 'caf\u00e9', 'cafe\u0301'],
    ['composed capital and decomposed small', 'CAF\u00c9', 'cafe\u0301'],
    ['both sigmas and their capital', 'ας', 'ΑΣ'],
    ['a sigma in the middle and at the end', 'ασ', 'ας'],
    ['the Kelvin sign and k', '\u212a', 'k'],
    ['a ligature and its letters', 'ﬁle', 'FILE'],
    ['dotted capital I, composed and not', '\u0130', 'I\u0307'],
    ['dotted capital I and its small form', '\u0130', 'i\u0307'],
    ['Hangul syllables and their letters', '\uac00', '\u1100\u1161'],
  ])('makes %s meet', (_what, a, b) => {
    expect(foldPath(a)).toBe(foldPath(b));
  });

  it.each([
    ['dotted capital I and i', '\u0130', 'i'],
    ['e with and without an accent', 'é', 'e'],
    ['a Cyrillic and a Latin a', 'а', 'a'],
    ['full-width and plain letters, which no file system joins', 'ａ', 'a'],
    ['a slash and a backslash', 'a/b', 'a\\b'],
  ])('keeps %s apart', (_what, a, b) => {
    expect(foldPath(a)).not.toBe(foldPath(b));
  });

  it('gives the beginning of a path whatever follows: no letter depends on its neighbours', () => {
    expect(foldPath('ΑΣΑ').startsWith(foldPath('ΑΣ'))).toBe(true);
  });

  it('joins every character with its upper, lower and decomposed forms', () => {
    const wrong = allCharacters(/\p{Changes_When_Casemapped}|\p{Changes_When_NFKC_Casefolded}/u)
      .flatMap((char) => [
        [char, char.toUpperCase()],
        [char, char.toLowerCase()],
        [char, char.toUpperCase().toLowerCase()],
        [char, char.normalize('NFD')],
      ])
      .filter(([a, b]) => foldPath(a!) !== foldPath(b!));
    expect(wrong).toEqual([]);
  });

  it('changes nothing when applied twice', () => {
    const wrong = allCharacters(/\p{Changes_When_Casemapped}/u).filter(
      (char) => foldPath(foldPath(char)) !== foldPath(char),
    );
    expect(wrong).toEqual([]);
  });
});
