import { describe, expect, it } from 'vitest';
import { type ChangedNames, namesInDoubt } from '../../../src/core/names/names-in-doubt.ts';
import { declares, importsElsewhere } from '../../../src/core/names/declares.ts';
import { definitionsIn } from '../../../src/core/names/definitions-in.ts';
import { goPackageOf, sharedNames } from '../../../src/core/names/shared-names.ts';
import { type Language, languageOf } from '../../../src/core/names/language-of.ts';
import { nameChange, usedMore } from '../../../src/core/names/name-change.ts';
import { firstUse, namesIn } from '../../../src/core/names/names-in.ts';
import { stripCode } from '../../../src/core/names/strip-code.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

const path = (text: string): RepoPath => text as RepoPath;

describe('code without comments and strings', () => {
  const kept = (language: Language, text: string): string[] => namesIn(stripCode(text, language));

  it.each<[Language, string, string[]]>([
    ['python', 'real  # said\n"""said\nsaid"""\nx = \'said\' + real2', ['real', 'x', 'real2']],
    ['python', '"""a \\""" said """\nreal', ['real']],
    ['go', 'a := `said\nsaid` // said\nb := "said" + \'"\' + c', ['a', 'b', 'c']],
    ['rust', 'fn a<\'x>() { r#"said " said"#; "said\nsaid"; b }', ['fn', 'a', 'x', 'b']],
    ['ruby', '=begin\nsaid\n=end\na # said\nb = "said"', ['a', 'b']],
    ['c', '#define A 1 /* said\nsaid */\nb // said', ['define', 'A', 'b']],
    ['script', 'a `said ${b + `said ${c}` + {d: 1}.d} said` e', ['a', 'b', 'c', 'd', 'd', 'e']],
    ['script', 'a = /["`/]said/g; b = c / d / e', ['a', 'b', 'c', 'd', 'e']],
    ['script', 'a `never ends ${b', ['a', 'b']],
    ['script', "a 'never ends\nb /* never ends\nc", ['a', 'b']],
  ])('%s: %j', (language, text, names) => {
    expect(kept(language, text).filter((name) => name !== 'g')).toEqual(names);
    // Every line stays where it is.
    expect(stripCode(text, language).split('\n')).toHaveLength(text.split('\n').length);
  });

  it('never begins a name inside a number', () => {
    expect(namesIn('1_000 0xfeed x1')).toEqual(['x1']);
  });

  it('takes time in proportion to what is hostile', () => {
    for (const part of ['"', '`${', '=/[', "'", '/*', '/'])
      for (const language of ['script', 'rust', 'python', 'go', 'c', 'ruby'] as const)
        expect(stripCode(part.repeat(20_000), language)).toBeTypeOf('string');
  });
});

describe('definitions', () => {
  const of = (language: Language, text: string): string[] =>
    definitionsIn(stripCode(text, language), language).map(
      ({ name, line, unique }) => `${line} ${name}${unique === null ? '' : ` ${unique}`}`,
    );

  it.each<[Language, string, string[]]>([
    [
      'go',
      'func Open() {\n\tcalls(x)\n}\nfunc (s *Server) Close() {}\ntype Reader interface {\n\tReadAll(n int) error\n}\nconst quiet = 1\nconst Loud = 2\nfunc init() {}\nfunc Go() {}',
      ['1 Open value', '4 Close', '5 Reader value', '6 ReadAll', '9 Loud value'],
    ],
    [
      'python',
      'class Store:\n    def load(self): ...\n@overload\ndef parse(a): ...\nasync def fetch(): ...\nname = 1',
      ['1 Store value', '2 load', '4 parse', '5 fetch value'],
    ],
    [
      'script',
      'export const LIMIT = 1;\nconst inner = 2;\nexport default async function load() {}\nexport interface Store {\n  readonly items?: string;\n  close(): void;\n}\ntype Names = string;\nfunction over(a: string): void;\nabstract;\n  function nested() {}',
      [
        '1 LIMIT value',
        '3 load value',
        '4 Store',
        '5 items',
        '6 close',
        '8 Names type',
        '9 over',
        '11 nested',
      ],
    ],
    [
      'rust',
      'pub(crate) async fn open() {}\nstruct Store;\n#[cfg(unix)]\nfn page() {}\n    pub fn method() {}',
      ['1 open value', '2 Store type', '4 page', '5 method'],
    ],
    ['ruby', 'module Tools\n  class Store\n    def self.open\n', ['1 Tools', '2 Store', '3 open']],
    [
      'c',
      '#define LIMIT 1\nstatic int page_size(int x) {\nint other(int);\n',
      ['1 LIMIT', '2 page_size'],
    ],
  ])('of %s', (language, text, names) => {
    expect(of(language, text)).toEqual(names);
  });

  it.each([
    ['src/a.ts', 'script'],
    ['a/b.PY', null],
    ['vendor/a.go', null],
    ['a.pb.go', null],
    ['types.d.ts', null],
    ['a.md', null],
    ['Makefile', null],
  ] as const)('%s is read as %s', (file, language) => {
    expect(languageOf(file)).toBe(language);
  });
});

describe('what a change does to names', () => {
  const said = (before: string, after: string) => {
    const { gone, fresh, used } = nameChange(before, after, 'python');
    return { gone: [...gone], fresh: fresh.map(({ name }) => name), used: [...used] };
  };

  it.each([
    ['a name that goes', 'def load(): ...\n', '', { gone: ['load'], fresh: [], used: [] }],
    [
      '86 one of two by that name',
      'def load(a): ...\ndef load(b): ...\n',
      'def load(b): ...\n',
      { gone: [], fresh: [], used: [] },
    ],
    ['nothing', 'x\n', 'x\n', { gone: [], fresh: [], used: [] }],
    ['a new use', 'x\n', 'x\nload()\n', { gone: [], fresh: [], used: ['load'] }],
    ['one use moved', 'load()\nx\n', 'x\nload()\n', { gone: [], fresh: [], used: [] }],
    ['a new name', '', 'def save(): ...\n', { gone: [], fresh: ['save'], used: ['def', 'save'] }],
  ])('%s', (_, before, after, expected) => {
    expect(said(before, after)).toEqual(expected);
  });

  it('85 tells a use from words', () => {
    const more = (after: string) => usedMore('x\n', stripCode(after, 'python')).has('load');
    expect([more('x\nload()'), more('x # load'), more('x\n"load"')]).toEqual([true, false, false]);
  });

  it('names the line of the first new use, else of the first', () => {
    expect(firstUse('load()\n', 'load()\nx = load()\n', 'load')).toBe(2);
    expect(firstUse('load()\n', 'x\nload()\nload()\n', 'load')).toBe(2);
    expect(firstUse('', 'loader()\n', 'load')).toBe(0);
  });
});

describe('names in doubt', () => {
  const file = (name: string, before: string, after: string): ChangedNames => ({
    path: path(name),
    language: languageOf(name)!,
    ...nameChange(before, after, languageOf(name)!),
  });
  const removes = file('a.py', 'def load(): ...\n', '');
  const uses = file('b.py', '', 'load()\n');

  it.each<[string, ChangedNames[][], string[]]>([
    ['88 removed here, used there', [[removes], [uses]], ['load 0 a.py > 1 b.py']],
    ['the other way round', [[uses], [removes]], ['load 1 a.py > 0 b.py']],
    ['both in one branch', [[removes, uses], []], []],
    ['84 moved to another file', [[removes, file('c.py', '', 'def load(): ...\n')], [uses]], []],
    ['defined by who uses it', [[removes], [uses, file('c.py', '', 'def load(): ...\n')]], []],
    ['removed by who uses it', [[removes], [removes, uses]], []],
    ['of another language', [[removes], [file('b.ts', '', 'load()\n')]], []],
    ['a short name', [[file('a.py', 'def run(): ...\n', '')], [file('b.py', '', 'run()\n')]], []],
    [
      'removed by two',
      [[removes], [removes], [uses]],
      ['load 0 a.py > 2 b.py', 'load 1 a.py > 2 b.py'],
    ],
  ])('%s', (_, branches, expected) => {
    expect(
      namesInDoubt(branches).map(
        ({ name, remover, removed, user, used }) =>
          `${name} ${remover} ${removed} > ${user} ${used}`,
      ),
    ).toEqual(expected);
  });

  it.each<[Language, string, boolean]>([
    ['python', 'load = 1', true],
    ['python', 'def use(a, load): ...', true],
    ['python', 'for load in all: ...', true],
    ['python', 'if load == 1: ...', false],
    ['python', 'use(load)', false],
    ['script', 'const { load, save } = tools;', true],
    ['script', 'all.map((load) => load)', true],
    ['script', 'use({ load: given })', false],
    ['go', 'x, load := read()', true],
    ['go', 'load(x)', false],
  ])('%s: %j gives it a meaning of its own: %s', (language, code, expected) => {
    expect(declares(code, 'load', language)).toBe(expected);
  });

  it.each<[Language, string, boolean]>([
    ['script', "import { load } from 'lodash';", true],
    ['script', "import {\n  save,\n  load,\n} from './tools';", false],
    ['script', "import { load } from '@/tools';", false],
    ['python', 'from json import load', true],
    ['python', 'from app.tools import (\n    save,\n    load,\n)', false],
    ['python', 'from .tools import load', false],
    ['go', 'import "load"', false],
  ])('%s: %j comes from somebody else: %s', (language, text, expected) => {
    expect(importsElsewhere(text, 'load', { language, removed: path('app/tools.py') })).toBe(
      expected,
    );
  });
});

describe('names that two add', () => {
  const added = (name: string, text: string) => ({
    path: path(name),
    language: languageOf(name)!,
    goPackage: goPackageOf(path(name), languageOf(name)!, text),
    ...nameChange('', text, languageOf(name)!),
  });
  const go = (name: string, text = '') => added(name, `package p\n${text}func TestSync() {}\n`);

  it.each([
    ['89 in one file', 'a/x.py', 'a/x.py', 'def test_sync(): ...\n', 1],
    ['in two files of Python', 'a/x.py', 'a/y.py', 'def test_sync(): ...\n', 0],
    ['methods', 'a/x.py', 'a/x.py', '    def test_sync(): ...\n', 0],
    ['interfaces, which are joined', 'a.ts', 'a.ts', 'interface Store {\n}\n', 0],
    ['twice by each', 'a.py', 'a.py', 'def sync(): ...\n\ndef sync(): ...\n', 0],
  ])('%s', (_, first, second, text, count) => {
    expect(sharedNames([[added(first, text)], [added(second, text)]])).toHaveLength(count);
  });

  it('are one name in a package of Go, unless it is built on some machines only', () => {
    const between = (a: string, b: string, text = '') =>
      sharedNames([[go(a)], [go(b, text)]]).length;
    expect(between('a/x_test.go', 'a/y_test.go')).toBe(1);
    expect(between('a/x.go', 'b/y.go')).toBe(0);
    expect(between('a/x.go', 'a/y_windows.go')).toBe(0);
    expect(
      sharedNames([
        [added('a/x.go', 'package p\nfunc Same() {}\n')],
        [added('a/y.go', '//go:build x\npackage p\nfunc Same() {}\n')],
      ]),
    ).toEqual([]);
    expect(sharedNames([[go('a/x.go'), go('a/y.go')]])).toEqual([]);
  });
});
