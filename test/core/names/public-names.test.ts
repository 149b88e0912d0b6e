import { expect, it } from 'vitest';
import { languageOfPart } from '../../../src/core/names/language-of.ts';
import { publicNames } from '../../../src/core/names/public-names.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

it.each<[path: string, text: string, names: string[]]>([
  [
    'a.py',
    'def client():\n    def inner(): pass\ndef _own(): pass\nclass Kind: pass\n',
    ['client', 'Kind'],
  ],
  ['a.py', '# def client():\n"""\ndef quoted():\n"""\n', []],
  [
    'a.go',
    'func Open() {\nfunc close() {\ntype Kind struct\nconst Limit = 1\nconst hidden = 2\n',
    ['Open', 'Kind', 'Limit'],
  ],
  ['a.go', 'func (k *Kind) Close() {\nfunc (k *kind) Flush() {\n', ['Close']],
  [
    'a.ts',
    'export function open() {\nfunction hidden() {\nexport const limit = 1;\nexport type Kind = 1;\n',
    ['open', 'limit', 'Kind'],
  ],
  [
    'a.ts',
    'export {\n  one as first,\n  type Other,\n  fourth,\n};\nexport { fifth } from "./x";\n',
    ['first', 'Other', 'fourth', 'fifth'],
  ],
  ['a.ts', '// export function gone() {\nexport default class Kind {\n', ['Kind']],
  [
    'a.rs',
    'pub fn open() {\npub(crate) fn near() {\nfn hidden() {\npub struct Kind {\n',
    ['open', 'Kind'],
  ],
  ['a.rb', 'class Kind\n  def open\n  def _own\n', ['Kind', 'open']],
  ['a.h', 'int open_file(const char *name);\n#define LIMIT 1\n', ['LIMIT', 'open_file']],
  ['a.c', 'int open_file(const char *name) {\n', []],
])('the public names of %s: %j', (path, text, names) => {
  expect([...publicNames(text, path as RepoPath, languageOfPart(path)!)]).toEqual(names);
});

it.each(['a_test.go', 'test/a.py', 'internal/a.go', 'vendor/a.go', 'dist/a.js', 'a.md', 'a.pb.go'])(
  '%s gives nobody a name',
  (path) => {
    expect(languageOfPart(path)).toBeNull();
  },
);
