import { describe, expect, it } from 'vitest';
import {
  makeTree,
  translateCodeownersPattern,
} from '../../../src/core/starter/codeowners-pattern.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

const FILES = [
  'README.md',
  'apps/github/index.ts',
  'apps/octo cat/x.ts',
  'build/logs/deep/a.log',
  'docs/build-app/trouble.md',
  'docs/start.md',
  'lib/docs/api.md',
  'logs/b.log',
  'scripts/deploy.js',
  'src/[id]/page.tsx',
  'src/(auth)/page.tsx',
  'Makefile',
] as RepoPath[];

// The examples of docs.github.com, "About code owners", and what tends to be written besides.
describe('a pattern of CODEOWNERS as globs', () => {
  it.each<[pattern: string, globs: string[] | null]>([
    ['*', ['**']],
    ['*.js', ['**/*.js']],
    ['/build/logs/', ['build/logs/**']],
    ['docs/*', ['docs/*']],
    ['apps/', ['**/apps/**']],
    ['/docs/', ['docs/**']],
    ['/scripts/', ['scripts/**']],
    ['**/logs', ['**/logs/**']],
    ['/apps/github', ['apps/github/**']],
    ['docs', ['**/docs/**']],
    ['/docs', ['docs/**']],
    ['/Makefile', ['Makefile']],
    ['README.md', ['**/README.md']],
    ['docs/start.md', ['docs/start.md']],
    ['/src/**', ['src/**']],
    ['src/**/page.tsx', ['src/**/page.tsx']],
    ['/apps/*/', ['apps/*/**']],
    ['/apps/g*', ['apps/g*/**']],
    ['/**/*.md', ['**/*.md']],
    ['/apps/octo\\ cat/', ['apps/octo cat/**']],
    ['/src/(auth)/', ['src/\\(auth\\)/**']],
    ['/src/{a,b}/', ['src/\\{a,b\\}/**']],
    ['/not/there', ['not/there/**']],
    ['/not/there.txt', ['not/there.txt']],
    ['/a/b**c/', ['a/b*c/**']],
    ['/a//b', null],
    ['/', null],
    ['\\#x', null],
    ['/*a*b*c*/', null],
    ['../x', null],
  ])('%s', (pattern, globs) => {
    expect(
      translateCodeownersPattern(pattern, makeTree(FILES))?.map(({ text }) => text) ?? null,
    ).toEqual(globs);
  });
});
