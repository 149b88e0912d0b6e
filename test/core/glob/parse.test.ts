import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainFault, parseGlob, yamlQuote } from '../../../src/core/glob/parse.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { anyPath } from './arbitrary.ts';
import { globOf } from './glob.ts';

function explain(text: string): [message: string, hint: string] {
  const parsed = parseGlob(text);
  if (parsed.ok) throw new Error(`${text} is a glob`);
  const { message, hint } = explainFault(parsed.error);
  return [message, hintSentence(hint)];
}

describe('what is no glob', () => {
  it.each<[glob: string, message: RegExp, hint: string]>([
    ['', /is empty/, "To name every path, write '**'"],
    ['src/', /ends in a slash/, "To name everything in the directory, write 'src/**'"],
    ['src/**/', /ends in a slash/, "To name everything in the directory, write 'src/**'"],
    ['/src/**', /starts with a slash/, "To name the same paths, write 'src/**'"],
    ['/', /starts with a slash/, "To name the same paths, write '**'"],
    ['./src/**', /a `\.` segment/, "To name the same paths, write 'src/**'"],
    ['a/./b', /a `\.` segment/, "To name the same paths, write 'a/b'"],
    ['a//b', /two slashes/, "To name the same paths, write 'a/b'"],
    ['src/**foo', /part of a segment/, "To name such files at any depth, write 'src/**/*foo'"],
    ['foo**', /part of a segment/, "To name such files at any depth, write 'foo*/**'"],
    ['a**b/c', /part of a segment/, "To name such files at any depth, write 'a*/**/*b/c'"],
    ['a/***', /more than two `\*`/, "To go any number of directories down, write 'a/**'"],
    ['**/**/a', /twice in a row/, "To name the same paths, write '**/a'"],
    ['(auth)/**', /unescaped `\(`/, "To name a path with that character, write '\\(auth\\)/**'"],
    ['a|b', /unescaped `\|`/, "To name a path with that character, write 'a\\|b'"],
    ['src/@(a|b)/x', /a group/, "To name one of several, write 'src/{a,b}/x'"],
    ['(a|b).ts', /a group/, "To name one of several, write '{a,b}.ts'"],
    [
      '[...slug]/x',
      /names a character twice/,
      "To name a path with brackets, write '\\[...slug\\]/x'",
    ],
    [
      '[[...slug]]/**',
      /cannot stand there/,
      "To name a path with brackets, write '\\[\\[...slug\\]\\]/**'",
    ],
    ['[!a]x', /negates a class with `!`/, "To name any character but these, write '[^a]x'"],
    ['[a', /not closed/, "To name a path with that character, write '\\[a'"],
    ['[a/b]', /not closed/, "To name a path with that character, write '\\[a/b\\]'"],
    ['a]', /without a `\[`/, "To name a path with that character, write 'a\\]'"],
    ['[]', /names no character/, "To name a path with brackets, write '\\[\\]'"],
    ['{a,b', /never closed/, "To name a path with a brace, write '\\{a,b'"],
    ['a}', /without a `\{`/, "To name a path with that character, write 'a\\}'"],
    ['{a}', /without a choice/, "To name a path with braces, write '\\{a\\}'"],
    ['x{1..3}', /a range in braces/, "To name them all, write 'x{1,2,3}'"],
    ['src\\lib\\**', /a `\\` before/, "To separate directories as git does, write 'src/lib/**'"],
    [
      'a/(b)/[...c]/',
      /unescaped `\(`/,
      "To name a path with that character, write 'a/\\(b\\)/\\[...c\\]/**'",
    ],
    ["it's/", /ends in a slash/, "To name everything in the directory, write 'it''s/**'"],
  ])('%j is mended', (glob, message, hint) => {
    expect(explain(glob)).toEqual([expect.stringMatching(message), hint]);
  });

  it.each<[glob: string, message: RegExp, hint: RegExp]>([
    ['!src/b', /starts with `!`/, /list 'src\/b' under `except`/],
    ['!(a).ts', /extended glob `!\(`/, /under `except`/],
    ['a+(b)', /extended glob `\+\(`/, /use braces/],
    ['../a', /a `\.\.` segment/, /top down/],
    ['a/../b', /a `\.\.` segment/, /top down/],
    ['*a*b*c', /3 `\*` in one segment; 2/, /fewer `\*`/],
    ['**/a/**/b/**/c/**', /4 `\*\*`; 3/, /fewer `\*\*`/],
    ['x'.repeat(257), /257 characters long; 256/, /several globs/],
    ['a\nb', /control character U\+000A/, /write \?/],
    ['a\0b', /control character U\+0000/, /write \?/],
    ['a\ud800', /not well-formed/, /write \?/],
    ['{a,{b,c}}', /braces inside braces/, /one pair of braces/],
    ['{a..c}', /a range in braces/, /list them/],
    ['{1..999}', /a range in braces/, /list them/],
    [`{${'a,'.repeat(16)}a}`, /17 choices in braces; 16/, /several globs/],
    ['{a,b,c}{a,b,c}{a,b,c}{a,b,c}', /81 globs.*; 64/, /several globs/],
    ['[z-a]', /the unclear range z-a/, /lower end first/],
    ['[A-z]', /the unclear range A-z/, /one case/],
    ['[[:alpha:]]', /POSIX character class/, /ranges/],
    ['{a,}', /empty for one choice/, /several globs|'\*\*'/],
    ['{,a/}/b', /empty segment for one choice|starts with a slash/, /several globs/],
  ])('%j is explained', (glob, message, hint) => {
    expect(explain(glob)).toEqual([expect.stringMatching(message), expect.stringMatching(hint)]);
  });

  it('never throws, and every suggestion is a glob', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .array(fc.constantFrom(...'ab./*?[]{}(),|!\\^-+@ é😀'), { maxLength: 20 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (glob) => {
        const parsed = parseGlob(glob);
        if (parsed.ok) return;
        const { hint } = explainFault(parsed.error);
        const suggested = /, write '((?:[^']|'')*)'$/.exec(hint.aim)?.[1]?.replaceAll("''", "'");
        if (suggested !== undefined) expect(parseGlob(suggested).ok).toBe(true);
      }),
      { numRuns: 3000, seed: 23 },
    );
  });
});

describe('what is a glob', () => {
  it('is kept as written, in NFC', () => {
    expect(globOf('café/**'.normalize('NFD')).text).toBe('café/**'.normalize('NFC'));
  });

  it('compiles, whatever the grammar lets through', () => {
    const glob = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '*',
            '?',
            '[ab]',
            '[^a-c]',
            '/',
            '\\(',
            '{a,b}',
            '**',
            '.',
            ',',
            '"',
            '+',
            '$',
          ),
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((parts) => parts.join(''));
    let compiled = 0;
    fc.assert(
      fc.property(glob, anyPath, (text, path) => {
        if (!parseGlob(text).ok) return;
        compiled += 1;
        globOf(text).matches(path as never);
        globOf(text).matchesFolded(path);
      }),
      { numRuns: 2000, seed: 24 },
    );
    expect(compiled).toBeGreaterThan(200);
  });

  it('names the text it escapes', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        fc.pre(!/[\n\u2028]/.test(path));
        const glob = path.replaceAll(/[*?[\]{}()|!,]/g, '\\$&');
        expect(globOf(glob).matches(path as never)).toBe(true);
      }),
      { numRuns: 300, seed: 25, maxSkipsPerRun: 1000 },
    );
  });
});

describe('yamlQuote', () => {
  it('doubles what would end the scalar', () => {
    expect(yamlQuote("it's")).toBe("'it''s'");
  });
});
