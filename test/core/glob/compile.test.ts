import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchStepsTaken } from '../../../src/core/glob/match.ts';
import { parseGlob } from '../../../src/core/glob/parse.ts';
import { anyGlob, anyPath } from './arbitrary.ts';
import { globOf, matches, matchesFolded } from './glob.ts';
import { micromatchSays } from './micromatch.ts';
import { oracleMatches } from './oracle.ts';

describe('what a glob names', () => {
  it.each<[glob: string, path: string, named: boolean]>([
    // A directory's own path is named too, except after a `*`.
    ['src/**', 'src', true],
    ['src/**', 'src/a', true],
    ['src/**', 'src/a/b/c.ts', true],
    ['src/**', 'srcs', false],
    ['src/**', 'a/src/b', false],
    ['*/**', 's', false],
    ['*/**', 's/t', true],
    ['s*/**', 'src', false],
    ['s*/**', 'src/a', true],
    ['s?c/**', 'src', true],
    ['src/**', 'src/.x', true],
    ['src/**', '.src/x', false],
    ['**', 'a', true],
    ['**', 'a/.b/c', true],
    // A bare name is one path, and a name without slash is at the top.
    ['src', 'src/a', false],
    ['*.ts', 'a.ts', true],
    ['*.ts', 'src/a.ts', false],
    ['**/*.ts', 'a.ts', true],
    ['**/*.ts', 'src/a.ts', true],
    ['**/*.ts', '.ts', true],
    ['docs/*', 'docs/a/b', false],
    ['docs/*', 'docs/.a', true],
    ['*.*', 'a.', true],
    ['*.*', '.a', true],
    ['.*', '.a', true],
    ['.*', 'a', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'ab', false],
    ['**/a/**', 'a', true],
    ['**/a/**', 'x/a', true],
    ['**/a/**', 'x/a/y', true],
    ['**/a/**', 'xa/y', false],
    // Classes: one character, or the text as it stands where nothing in it is special.
    ['src/[id]/x', 'src/[id]/x', true],
    ['src/[id]/x', 'src/i/x', true],
    ['src/[id]/x', 'src/id/x', false],
    ['src/\\[id\\]/x', 'src/[id]/x', true],
    ['src/\\[id\\]/x', 'src/i/x', false],
    ['[a-c]', 'b', true],
    ['[a-c]', '[a-c]', false],
    ['[^a]', 'b', true],
    ['[^a]', 'a', false],
    ['[^a]x', '/x', false],
    ['[ab]+', 'a+', true],
    ['[ab]+', 'aab', false],
    // Braces are expanded before anything else.
    ['{a,b}/c', 'b/c', true],
    ['{a,b}/c', '{a,b}/c', false],
    ['{**/a,b}', 'a', true],
    ['{**/a,b}', 'x/a', true],
    ['{src/**,b}', 'src', true],
    ['{a,b/**}/c', 'b/x/c', true],
    ['{a,b/**}/c', 'b/c', true],
    ['a{,.min}.js', 'a.js', true],
    ['a{,.min}.js', 'a.min.js', true],
    ['{.,}x', '.x', true],
    // Escapes, and characters that are special elsewhere only.
    ['\\(auth\\)/**', '(auth)/x', true],
    ['\\(auth\\)/**', 'auth/x', false],
    ['a\\{b\\}', 'a{b}', true],
    ['a\\,b', 'a,b', true],
    ['a,b', 'a,b', true],
    ['\\!a', '!a', true],
    ['a!b', 'a!b', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a\\?b', 'a?b', true],
    ['a\\|b', 'a|b', true],
    ['@scope/a+b', '@scope/a+b', true],
    ['a$^b', 'a$^b', true],
    ['say "hi"', 'say "hi"', true],
    ['a..b', 'a..b', true],
    ["it's", "it's", true],
    // Line breaks of every kind are characters like others.
    ['src/**', 'src/a\nb', true],
    ['src/*', 'src/a\r\nb', true],
    ['src/**', 'src/a\u2028b/c', true],
    ['src/?', 'src/\n', true],
    // `?` is one UTF-16 code unit: an emoji has two.
    ['src/?.ts', 'src/😀.ts', false],
    ['src/??.ts', 'src/😀.ts', true],
    ['src/*.ts', 'src/😀.ts', true],
    ['src/?.ts', 'src/é.ts', true],
    // Case and Unicode form count: a grant names exact bytes.
    ['SRC/**', 'src/a', false],
    ['café/**', 'café/a'.normalize('NFC'), true],
    ['café/**'.normalize('NFD'), 'café/a'.normalize('NFC'), true],
    ['café/**', 'café/a'.normalize('NFD'), false],
    // Bytes that are not UTF-8 arrive as lone surrogates.
    ['src/*', 'src/\udce9', true],
    ['src/?', 'src/\udce9', true],
  ])('%j and %j: %s', (glob, path, named) => {
    expect(matches(glob, path)).toBe(named);
  });

  it('agrees with a second matcher', () => {
    let named = 0;
    fc.assert(
      fc.property(anyGlob, anyPath, (glob, path) => {
        fc.pre(parseGlob(glob).ok);
        const expected = oracleMatches(glob, path);
        if (expected) named += 1;
        expect({ glob, path, named: matches(glob, path) }).toEqual({ glob, path, named: expected });
      }),
      { numRuns: 6000, seed: 20 },
    );
    expect(named).toBeGreaterThan(300);
  });

  it('agrees with micromatch, whose dialect it is a part of', () => {
    let named = 0;
    fc.assert(
      fc.property(anyGlob, anyPath, (glob, path) => {
        const parsed = parseGlob(glob);
        fc.pre(parsed.ok);
        const expected = micromatchSays(parsed.ok ? parsed.value.patterns : [], path);
        if (expected) named += 1;
        expect({ glob, path, named: matches(glob, path) }).toEqual({ glob, path, named: expected });
      }),
      { numRuns: 6000, seed: 22 },
    );
    expect(named).toBeGreaterThan(300);
  });

  it('takes a backslash for a character like others, everywhere', () => {
    expect(matches('src/*', 'src/a\\b')).toBe(true);
    expect(matches('src/*', 'src\\a')).toBe(false);
  });

  describe('never takes long, whatever the path', () => {
    const steps = (glob: string, path: string): number => {
      const before = matchStepsTaken();
      matches(glob, path);
      return matchStepsTaken() - before;
    };
    const globs: Record<string, string> = {
      'stars in names': '*e*e',
      'stars at every depth': '**/*e*/**/*e*/**/*e*.{ts,tsx,js,jsx}',
      'names at every depth': '**/e/**/e/**/x',
      'choices of all that': '{**/*e*/**/*e*x,**/*e*/**/*e*y,**/*e*/**/*e*z}',
      'classes that are also names': `**/${'[e]'.repeat(40)}x`,
    };
    const paths: Record<string, (length: number) => string> = {
      deep: (length) => 'e/'.repeat(length / 2 - 4) + 'e.tsxjs',
      long: (length) => 'e'.repeat(length - 6) + '.tsxjs',
      both: (length) => 'e'.repeat(length / 2) + '/e'.repeat(length / 4 - 2) + '.tsx',
    };
    for (const [what, glob] of Object.entries(globs))
      it.each(Object.entries(paths))(`${what}, a %s path`, (_which, path) => {
        const [short, long] = [steps(glob, path(512)), steps(glob, path(1024))];
        // At most path times pattern: four patterns of 256 units are far more than these globs are.
        expect(long).toBeLessThan(1024 * 256);
        // Twice the path is about twice the work, not four or eight times.
        expect(long).toBeLessThan(short * 2.5 + 100);
      });
  });
});

describe('what a glob names when case and Unicode form are ignored', () => {
  it.each<[glob: string, path: string, named: boolean]>([
    ['Migrations/**', 'migrations/x', true],
    ['migrations/**', 'MIGRATIONS/x', true],
    ['café/**', 'CAFÉ/a'.normalize('NFD'), true],
    ['straße/*', 'STRASSE/a', true],
    ['ΑΣ*', 'ασβ', true],
    ['[A-C]x', 'bX', true],
    ['[A-C]x', 'Dx', false],
    ['[É]x', 'éX', true],
    ['src/[Id]', 'SRC/[iD]', true],
    ['a/b', 'a/c', false],
  ])('%j and %j: %s', (glob, path, named) => {
    expect(matchesFolded(glob, path)).toBe(named);
  });

  it('covers what the glob names exactly, for plain ASCII without negated classes', () => {
    fc.assert(
      fc.property(anyGlob, anyPath, (glob, path) => {
        fc.pre(!glob.includes('[^') && parseGlob(glob).ok && matches(glob, path));
        expect({ glob, path, folded: matchesFolded(glob, path.toUpperCase()) }).toEqual({
          glob,
          path,
          folded: true,
        });
      }),
      { numRuns: 300, seed: 21, maxSkipsPerRun: 1000 },
    );
  });
});

describe('the literal directories of a glob', () => {
  it.each([
    ['src/**', 'src/'],
    ['src/a/b.ts', 'src/a/'],
    ['src/a?/b', 'src/'],
    ['*.ts', ''],
    ['package.json', ''],
    ['**/a', ''],
    ['{src/a,src/b}/**', 'src/'],
    ['src/{a,b}/**', 'src/'],
    ['src/\\(a\\)/**', 'src/(a)/'],
    ['{a,b}/**', ''],
  ])('of %j are %j', (glob, prefix) => {
    expect(globOf(glob).prefix).toBe(prefix);
  });

  it('hold every match, or are it', () => {
    fc.assert(
      fc.property(anyGlob, anyPath, (glob, path) => {
        fc.pre(parseGlob(glob).ok && matches(glob, path));
        expect(`${path}/`.startsWith(globOf(glob).prefix)).toBe(true);
      }),
      { numRuns: 300, seed: 22, maxSkipsPerRun: 1000 },
    );
  });
});
