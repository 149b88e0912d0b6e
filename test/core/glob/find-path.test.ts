import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFindPath } from '../../../src/core/glob/find-path.ts';
import { parseGlob } from '../../../src/core/glob/parse.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import { anyGlob, anyPath, SMALL_PATHS } from './arbitrary.ts';
import { globOf } from './glob.ts';
import { oracleMatches } from './oracle.ts';

const findPath = makeFindPath();

const find = (all: readonly string[], none: readonly string[] = []): string => {
  const search = findPath(all.map(globOf), none.map(globOf));
  return search.kind === 'found' ? search.path : `(${search.kind})`;
};

describe('a path that two globs share', () => {
  it.each<[a: string, b: string, shared: string]>([
    ['src/**', 'lib/**', '(none)'],
    ['src/**', 'src/**/*.ts', 'src/.ts'],
    ['src/**', '*', 'src'],
    ['s*/**', 'src', '(none)'],
    ['s?c/**', 'src', 'src'],
    ['{a,b}/**', '{b,c}/**', 'b'],
    ['apps/*/src/**', 'apps/web/**/*.spec.ts', 'apps/web/src/.spec.ts'],
    ['**/*.ts', '**/*.md', '(none)'],
    ['**/*.test.ts', '**/*.ts', '.test.ts'],
    ['*.ts', 'src/*.ts', '(none)'],
    ['**/alembic/**', 'services/**', 'services/alembic'],
    ['src/[ab]', 'src/[bc]', 'src/b'],
    ['src/[ab]', 'src/[cd]', '(none)'],
    ['src/[id]', 'src/\\[id\\]', 'src/[id]'],
    ['src/[^a]', 'src/a', '(none)'],
    ['src/?', 'src/??', '(none)'],
    ['src/?', 'src/😀', '(none)'],
    ['src/??', 'src/😀', 'src/😀'],
    ['a/**/b', 'a/b', 'a/b'],
    ['a/**/b', 'ab', '(none)'],
    ['a.', '?.', 'a.'],
    ['*', '.*', '.a'],
    ['..*', '*', '..a'],
    ['Src/**', 'src/**', '(none)'],
    ['src/\\(a\\)/**', 'src/(a)x/**'.replaceAll(/[()]/g, '\\$&'), '(none)'],
    ['café/**', 'caf?/x', 'café/x'],
    // Long witnesses: a search over words instead of states would never end.
    [
      '**/packages/frontend/**/components/*.stories.tsx',
      'apps/**/packages/**/components/*.tsx',
      'apps/packages/frontend/components/.stories.tsx',
    ],
    ['**/*a*b/**/*c*d/**', '{x,y}/**/*d*', 'x/ab/cd'],
  ])('%s and %s: %s', (a, b, shared) => {
    expect(find([a, b])).toBe(shared);
    expect(find([b, a])).toHaveLength(shared.length);
  });
});

describe('a path in some globs and outside of others', () => {
  it.each<[all: string[], none: string[], path: string]>([
    [['src/**'], ['src'], 'src/a'],
    [['src/**'], ['src/**'], '(none)'],
    [['src/*.ts'], ['src/**'], '(none)'],
    [['src/**/*.ts'], ['src/*'], 'src/a/.ts'],
    [['src/**', '**/*.ts'], ['src/*.ts'], 'src/a/.ts'],
    [['src/**', '**/*.ts'], ['src/**/a/**', 'src/*', 'src/b/**'], 'src/c/.ts'],
    [['src/?'], ['src/a', 'src/[b-z]', 'src/[^a-z]'], '(none)'],
    [['{a,b}/**'], ['a/**'], 'b'],
    [['{a,b}/**'], ['a/**', 'b/**'], '(none)'],
  ])('in %j, not in %j: %s', (all, none, path) => {
    expect(find(all, none)).toBe(path);
  });
});

describe('proofs', () => {
  const glob = anyGlob.filter((text) => parseGlob(text).ok);
  const globs = fc.tuple(glob, glob, fc.array(glob, { maxLength: 2 }));

  it('agree with trying every short path', () => {
    const seen = { found: 0, none: 0 };
    fc.assert(
      fc.property(globs, ([a, b, none]) => {
        const search = findPath([globOf(a), globOf(b)], none.map(globOf));
        const holds = (path: string): boolean =>
          oracleMatches(a, path) &&
          oracleMatches(b, path) &&
          !none.some((text) => oracleMatches(text, path));
        if (search.kind === 'unknown') throw new Error('gave up');
        seen[search.kind] += 1;
        if (search.kind === 'found') {
          expect({ a, b, none, path: search.path, holds: holds(search.path) }).toMatchObject({
            holds: true,
          });
          const shorter = SMALL_PATHS.find(
            (path) => path.length < search.path.length && holds(path),
          );
          expect(shorter).toBeUndefined();
        } else {
          expect({ a, b, none, path: SMALL_PATHS.find(holds) }).toEqual({ a, b, none });
        }
      }),
      { numRuns: 350, seed: 29 },
    );
    expect(seen.found).toBeGreaterThan(30);
    expect(seen.none).toBeGreaterThan(30);
  });

  it('never call globs apart that share a path', () => {
    fc.assert(
      fc.property(glob, glob, anyPath, (a, b, path) => {
        fc.pre(!/[\n\u2028]/.test(path));
        fc.pre(globOf(a).matches(path as RepoPath) && globOf(b).matches(path as RepoPath));
        expect(findPath([globOf(a), globOf(b)]).kind).toBe('found');
      }),
      { numRuns: 150, seed: 30, maxSkipsPerRun: 2000 },
    );
  });
});
