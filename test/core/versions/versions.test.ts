import { describe, expect, it } from 'vitest';
import { holdTogether } from '../../../src/core/versions/hold-together.ts';
import { type Ecosystem, manifestKind } from '../../../src/core/versions/manifest-kind.ts';
import { parseManifest } from '../../../src/core/versions/parse-manifest.ts';
import { driftBetween, versionDrift } from '../../../src/core/versions/version-drift.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

describe('manifests', () => {
  const read = (path: string, text: string) =>
    Object.fromEntries(parseManifest(manifestKind(path)!, text) ?? [['unreadable', []]]);

  it.each<[string, string, Record<string, string[]>]>([
    [
      'a/requirements-dev.txt',
      "# said\nFast_API[all]>=0.1,<1 ; python_version > '3'\n-r other.txt\nredis==5.0 \\\n  --hash=sha256:00\ngit+https://x/y\npkg @ https://x/y.whl\nbare\n-e .\n",
      { 'fast-api': ['>=0.1,<1'], redis: ['==5.0'] },
    ],
    [
      'pyproject.toml',
      "[project]\ndependencies = ['a>=1', 'b']\n[project.optional-dependencies]\nx = ['c (<2)']\n[tool.poetry.dependencies]\npython = '^3.9'\nD = '^1.2'\ne = { version = '~2', extras = ['x'] }\n[tool.poetry.group.dev.dependencies]\nf = '1.0'\n",
      { a: ['>=1'], c: ['<2'], d: ['^1.2'], e: ['~2'], f: ['1.0'] },
    ],
    [
      'package.json',
      '{"dependencies": {"x": "^1.0.0"}, "devDependencies": {"x": "^2.0.0", "y": "workspace:*"}}',
      { x: ['^1.0.0', '^2.0.0'], y: ['workspace:*'] },
    ],
    [
      'Cargo.toml',
      "[dependencies]\nserde = '1'\nown = { path = '../own' }\ntokio = { version = '1.2', features = [] }\n[workspace.dependencies]\nlog = '0.4'\n",
      { serde: ['1'], tokio: ['1.2'], log: ['0.4'] },
    ],
    [
      'svc/go.mod',
      'module example.com/svc\n\ngo 1.21\n\nrequire github.com/pkg/errors v0.9.1 // said\nrequire (\n\tgithub.com/redis/go-redis/v9 v9.5.1\n\tgolang.org/x/net v0.0.0-20240101000000-abcdef012345\n\tgolang.org/x/sys v0.15.0 // indirect\n\texample.com/own v1.0.0\n\t"gopkg.in/yaml.v3" v3.0.1\n)\nreplace example.com/own => ../own\nexclude golang.org/x/text v0.3.0\n',
      {
        'github.com/pkg/errors': ['v0.9.1'],
        'github.com/redis/go-redis': ['v9.5.1'],
        'golang.org/x/net': ['v0.0.0-20240101000000-abcdef012345'],
        'gopkg.in/yaml': ['v3.0.1'],
      },
    ],
    ['package.json', '{', { unreadable: [] }],
    ['package.json', '[]', {}],
    ['Cargo.toml', '= 1', { unreadable: [] }],
  ])('%s %j', (path, text, expected) => {
    expect(read(path, text)).toEqual(expected);
  });

  it('are told by their names', () => {
    const kinds = [
      'a/package.json',
      'node_modules/x/package.json',
      'package.json.bak',
      'go.modules',
    ];
    expect(kinds.map(manifestKind)).toEqual(['package.json', null, null, null]);
  });
});

describe('two specifiers', () => {
  it.each<[Ecosystem, string, string, boolean | null]>([
    ['npm', '^1.0.0', '1.2.3', true],
    ['npm', '^1.0.0', '^2.0.0', false],
    ['npm', '>=1', '*', true],
    ['npm', 'workspace:*', '^1.0.0', null],
    ['cargo', '1', '1.2', true],
    ['cargo', '0.3', '0.4', false],
    ['cargo', '>=1, <3', '2', true],
    ['cargo', '=1.2.3', '1.2.4', false],
    ['go', 'v1.2.3', 'v1.9.0', true],
    ['go', 'v1.2.3', 'v2.0.0', false],
    ['go', 'v0.9.1', 'v0.10.0', false],
    ['go', 'v2.0.0+incompatible', 'v3.1.0+incompatible', false],
    ['go', 'v0.0.0-20240101000000-abcdef012345', 'v0.0.0-20250101000000-abcdef012345', null],
    ['go', 'v1.2.3', 'latest', null],
    ['python', '>=1,<2', '==1.5', true],
    ['python', '>=1,<2', '>=2', false],
    ['python', '>1', '<2', true],
    ['python', '<1', '<2', true],
    ['python', '!=1.0', '==1.0', false],
    ['python', '~=1.4', '==1.9', true],
    ['python', '~=1.4', '==2.0', false],
    ['python', '==1.*', '>1.0', true],
    ['python', '^1.2', '1.9', true],
    ['python', '^0.2', '0.3', false],
    ['python', '~1.2', '1.3', false],
    ['python', '==1.0', 'nonsense', null],
    ['python', '==1.0rc1', '>=1.0', false],
    ['python', '*', '==3', true],
  ])('of %s: %s and %s', (ecosystem, a, b, expected) => {
    expect(holdTogether(ecosystem, a, b)).toBe(expected);
    expect(holdTogether(ecosystem, b, a)).toBe(expected);
  });
});

describe('drift', () => {
  const manifest = (path: string, text: string, before = '') => ({
    path: path as RepoPath,
    kind: manifestKind(path)!,
    dependencies: parseManifest(manifestKind(path)!, text)!,
    before:
      before === '' ? new Map<string, string[]>() : parseManifest(manifestKind(path)!, before)!,
  });
  const said = (all: ReturnType<typeof versionDrift>): string[] =>
    all.map(
      ({ name, mine, theirs }) =>
        `${name} ${mine.specifier} > ${theirs.map((one) => `${one.path} ${one.specifier}`).join()}`,
    );
  const other = manifest('b/requirements.txt', 'fastapi<1\nredis==5.0\n');

  it.each([
    ['a pin outside', 'fastapi==1.2', '', ['fastapi ==1.2 > b/requirements.txt <1']],
    ['a pin inside is none', 'fastapi==0.9', '', []],
    ['what was so before is not its doing', 'fastapi==1.2', 'fastapi==1.2', []],
    [
      'what it changed is',
      'fastapi==1.3',
      'fastapi==1.2',
      ['fastapi ==1.3 > b/requirements.txt <1'],
    ],
  ])('%s', (_, text, before, expected) => {
    const changed = manifest('a/requirements.txt', text, before);
    expect(said(versionDrift([changed], [other]))).toEqual(expected);
  });

  it('is told of two manifests that one branch changes, and not across ecosystems', () => {
    const one = manifest('a/requirements.txt', 'redis==4.0');
    const two = manifest('c/pyproject.toml', "project.dependencies = ['redis==5.0']");
    const npm = manifest('d/package.json', '{"dependencies": {"redis": "6.0.0"}}');
    expect(said(versionDrift([one, npm], [two]))).toEqual(['redis ==4.0 > c/pyproject.toml ==5.0']);
  });

  it('90 between branches: both add one dependency otherwise, or change it apart', () => {
    const a = manifest('a/requirements.txt', 'redis>=4\nfastapi==1\n', 'fastapi==0.9');
    const b = manifest('b/requirements.txt', 'redis>=5\nfastapi>=0.9\n', 'fastapi>=0.8');
    expect(said(driftBetween([a], [b]))).toEqual(['redis >=4 > b/requirements.txt >=5']);
    expect(said(driftBetween([a], [a]))).toEqual([]);
  });
});
