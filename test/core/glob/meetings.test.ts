import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFindPath } from '../../../src/core/glob/find-path.ts';
import { meetings } from '../../../src/core/glob/meetings.ts';
import { parseGlob } from '../../../src/core/glob/parse.ts';
import { anyGlob } from './arbitrary.ts';
import { globOf } from './glob.ts';

const meet = (...texts: string[]): [number, number][] =>
  meetings(
    texts.map((text, value) => ({ glob: globOf(text), value })),
    makeFindPath(),
  );

const sound = anyGlob.filter((text) => parseGlob(text).ok);

describe('globs that meet', () => {
  it.each<[globs: string[], pairs: [number, number][]]>([
    [['src/**', 'src/a/**', 'lib/**'], [[0, 1]]],
    [['src/**', 'src'], [[0, 1]]],
    [['**', 'a/b'], [[0, 1]]],
    [['**/*.md', 'docs/**', '.clang-format', 'Dockerfile'], [[0, 1]]],
    [
      ['apps/api/**', '**/deployments/**', 'deployments'],
      [
        [0, 1],
        [1, 2],
      ],
    ],
    [['{a,b}/**', '{b,c}/**', 'd/**'], [[0, 1]]],
    [['a/b/c', 'a/b/d', 'a/*/c'], [[0, 2]]],
  ])('%j', (globs, pairs) => {
    expect(meet(...globs)).toEqual(pairs);
  });

  it('are just those that a search of every pair finds', () => {
    const find = makeFindPath();
    let met = 0;
    fc.assert(
      fc.property(fc.array(sound, { minLength: 2, maxLength: 6 }), (texts) => {
        const globs = texts.map(globOf);
        const all = globs.flatMap((one, a) =>
          globs.flatMap((other, b) =>
            a < b && find([one, other]).kind !== 'none' ? [[a, b] as [number, number]] : [],
          ),
        );
        met += all.length;
        expect(meet(...texts)).toEqual(all);
      }),
      { seed: 7, numRuns: 150 },
    );
    expect(met).toBeGreaterThan(100);
  });
});
