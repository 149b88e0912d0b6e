import { describe, expect, it } from 'vitest';
import { describeConflicts } from '../../../src/core/overlap/conflicts.ts';
import { isMechanical } from '../../../src/core/overlap/mechanical.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

const OID = 'a'.repeat(40);
const say = (kind: string, ...paths: string[]) => ({ kind, paths: paths as RepoPath[] });

describe('what git said', () => {
  it('is sorted, said once, and without the names git makes up', () => {
    const found = describeConflicts(
      [
        say('CONFLICT (contents)', 'z'),
        say('CONFLICT (contents)', 'z'),
        say('CONFLICT (file/directory)', `d~${OID}`, 'd'),
        say('CONFLICT (modify/delete)', `d~${OID}_0`),
        say('CONFLICT (binary)', 'b'),
        say('CONFLICT (contents)', 'b'),
        say('CONFLICT (submodule not initialized)', 's'),
        say('CONFLICT (contents)', 's'),
      ],
      (path) => (path === 'z' ? [[3, 4]] : []),
    );
    expect(
      found.map(({ path, kind, lines }) => `${path} ${kind} ${JSON.stringify(lines)}`),
    ).toEqual([
      'b CONFLICT (binary) undefined',
      'd CONFLICT (file/directory) undefined',
      'd CONFLICT (modify/delete) undefined',
      's CONFLICT (submodule not initialized) undefined',
      'z CONFLICT (contents) [[3,4]]',
    ]);
  });
});

describe('a mechanical conflict', () => {
  it.each([
    'package-lock.json',
    'web/yarn.lock',
    'Cargo.lock',
    'go.sum',
    'CHANGELOG.md',
    'docs/Changes',
    'RELEASE-NOTES.rst',
    'package.json',
    'a/b/pyproject.toml',
    'Gemfile',
  ])('is in %s', (path) => expect(isMechanical(path)).toBe(true));

  it.each(['src/lock.ts', 'package.json.ts', 'locks/x', 'changelog.ts', 'news/today.md', 'lock'])(
    'is not in %s',
    (path) => expect(isMechanical(path)).toBe(false),
  );
});
