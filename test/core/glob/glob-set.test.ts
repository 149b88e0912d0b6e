import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeGlobSet } from '../../../src/core/glob/glob-set.ts';
import { parseGlob } from '../../../src/core/glob/parse.ts';
import { foldPath } from '../../../src/domain/text/fold.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import { anyGlob, anyPath } from './arbitrary.ts';
import { globOf } from './glob.ts';

const setOf = (...globs: string[]) =>
  makeGlobSet(globs.map((text) => ({ glob: globOf(text), value: text })));

describe('a set of globs', () => {
  const set = setOf('src/**', '**/*.ts', 'lib/**', 'src/a/**', '**/src/**', '*', 'Src/**');

  it.each([
    ['src', ['src/**', '**/src/**', '*']],
    ['src/a/b.ts', ['src/**', '**/*.ts', 'src/a/**', '**/src/**']],
    ['src/src/src', ['src/**', '**/src/**']],
    ['lib/x', ['lib/**']],
    ['other/x', []],
  ])('finds in order what names %j', (path, found) => {
    expect(set.find(path as RepoPath)).toEqual(found);
  });

  it('finds what names a path once case is ignored', () => {
    expect(set.findFolded('SRC/a/b' as RepoPath, 'src/a/b')).toEqual([
      'src/**',
      'src/a/**',
      '**/src/**',
      'Src/**',
    ]);
  });

  it('finds what names a path exactly even if its folded form is longer', () => {
    const path = 'aß' as RepoPath;
    expect(setOf('a?').findFolded(path, foldPath(path))).toEqual(['a?']);
  });

  it('finds what trying every glob finds', () => {
    const globs = fc.array(
      anyGlob.filter((text) => parseGlob(text).ok),
      { maxLength: 12 },
    );
    let found = 0;
    fc.assert(
      fc.property(globs, fc.array(anyPath, { maxLength: 5 }), (texts, paths) => {
        const all = texts.map(globOf);
        const set = makeGlobSet(all.map((glob, index) => ({ glob, value: index })));
        for (const path of paths as RepoPath[]) {
          const folded = foldPath(path);
          const exact = all.flatMap((glob, index) => (glob.matches(path) ? [index] : []));
          const near = all.flatMap((glob, index) =>
            glob.matches(path) || glob.matchesFolded(folded) ? [index] : [],
          );
          found += exact.length;
          expect(set.find(path)).toEqual(exact);
          expect(set.findFolded(path, folded)).toEqual(near);
        }
      }),
      { numRuns: 250, seed: 26 },
    );
    expect(found).toBeGreaterThan(100);
  });
});
