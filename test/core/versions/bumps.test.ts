import { expect, it } from 'vitest';
import { isIntentPath, raisedBy } from '../../../src/core/versions/raised-by.ts';
import { packageIn, versionIn } from '../../../src/core/versions/version-in.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

it.each<[path: string, text: string, version: string | null, name: string | null]>([
  ['package.json', '{"name": "@acme/kit", "version": "1.4.0"}', '1.4.0', '@acme/kit'],
  ['package.json', '{"dependencies": {"version": "9.9.9"}}', null, null],
  ['package.json', '{', null, null],
  [
    'Cargo.toml',
    '[package]\nname = "kit"\nversion = "0.3.1"\n[dependencies]\nx = "9"\n',
    '0.3.1',
    'kit',
  ],
  ['pyproject.toml', '[project]\nname = "kit"\nversion = "2"\n', '2', 'kit'],
  ['pyproject.toml', '[tool.poetry]\nname = "kit"\nversion = "2.1"\n', '2.1', 'kit'],
  ['pyproject.toml', '[project]\ndynamic = ["version"]\n', null, null],
  ['kit/__init__.py', '"""Kit."""\n__version__ = "1.4.0rc1"\n', '1.4.0rc1', null],
  ['kit/version.go', 'package kit\n\nconst Version string = "v1.4.0"\n', '1.4.0', null],
  ['kit.gemspec', "  s.version = '1.4.0'\n", '1.4.0', null],
  ['VERSION', 'v1.4.0\n', '1.4.0', null],
  ['VERSION', 'see the tags\n', null, null],
])('the version that %s holds: %j', (path, text, version, name) => {
  expect([versionIn(path as RepoPath, text), packageIn(path as RepoPath, text)]).toEqual([
    version,
    name,
  ]);
});

it.each<[text: string, raised: string[]]>([
  ['---\n"@acme/kit": major\nother: "patch"\n---\n\nwords\n', ['@acme/kit', 'other']],
  ['---\r\ncommon: minor\r\n---\r\n', ['common']],
  ['---\ncommon: none\ntitle: major things\n---\n', []],
  ['common: major\n', []],
  ['words\n---\ncommon: major\n---\n', []],
  ['---\n---\n', []],
])('what %j raises', (text, raised) => {
  expect(raisedBy(text)).toEqual(raised);
});

it.each([
  ['.changeset/cold-cat.md', true],
  ['kit/.changes/x.md', true],
  ['.changeset/README.md', false],
  ['.changeset/config.json', false],
  ['docs/changeset/x.md', false],
])('%s is an intent file: %j', (path, isOne) => {
  expect(isIntentPath(path as RepoPath)).toBe(isOne);
});
