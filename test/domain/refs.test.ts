import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  branchOf,
  isNullOid,
  parseBranchName,
  parseOid,
  parseRefName,
  shortRef,
} from '../../src/domain/refs.ts';
import { TestRepository } from '../support/repository.ts';

const TABLE = [
  ...['main', 'feat/a1/x', '@', 'a@', '@a', 'a@b', 'a@{b', 'a{b', '@{', '@{-1}', '-', '-a', 'a-'],
  ...['', '/', 'a/', '/a', 'a//b', '.', '..', 'a.', '.a', 'a/.b', 'a.b', 'a..b', 'a...b', 'a/b.'],
  ...['a.lock', 'a.lock/b', 'a.LOCK', 'a.lockx', '.lock', 'a b', 'a\tb', 'a\nb', 'a\u007fb', 'a~b'],
  ...['a^b', 'a:b', 'a?b', 'a*b', 'a[b', 'a]b', 'a\\b', 'HEAD', 'head', 'HEAD/a', 'a/HEAD'],
  ...[
    'refs/heads/a',
    'heads/a',
    'FETCH_HEAD',
    'zzz";echo${IFS}x;#',
    'é',
    '😀',
    '\u202ea',
    'a'.repeat(200),
  ],
];

const letters = fc.constantFrom(...'ab/.@{-lock~^:?*[\\ \n\u007fé');
const random = fc.sample(fc.string({ unit: letters, minLength: 1, maxLength: 8 }), {
  seed: 7,
  numRuns: 150,
});
// Git is started by a shell with the word as an argument, which cannot hold a NUL.
const names = [...new Set([...TABLE, ...random])];

/** What the real git says of each word, in one process for the loop and one git for each word. */
function askGit(command: string): boolean[] {
  const repository = TestRepository.create();
  const script = `while IFS= read -r -d '' word; do ${command} && echo yes || echo no; done`;
  const { stdout } = repository.run('bash', ['-c', script], {
    input: names.map((name) => `${name}\0`).join(''),
    // Outside a repository `@` and `@{-1}` are not replaced by what they stand for.
    environment: { GIT_DIR: '/nonexistent' },
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => line === 'yes');
}

describe.each<[string, string, (name: string) => boolean]>([
  [
    'parseBranchName',
    'git check-ref-format --branch "$word" >/dev/null 2>&1',
    (name) => parseBranchName(name) !== null,
  ],
  [
    'parseRefName',
    'git check-ref-format "refs/$word"',
    (name) => parseRefName(`refs/${name}`) !== null,
  ],
])('%s', (_name, command, accepts) => {
  let answers: boolean[] = [];
  beforeAll(() => {
    answers = askGit(command);
  });

  it('agrees with git on every word', () => {
    expect(answers).toHaveLength(names.length);
    expect(names.filter((name, at) => accepts(name) !== answers[at])).toEqual([]);
  });

  it('is asked about words of both kinds', () => {
    expect(answers.filter((answer) => answer).length).toBeGreaterThan(30);
    expect(answers.filter((answer) => !answer).length).toBeGreaterThan(30);
  });
});

describe('parseRefName', () => {
  it.each(['main', 'HEAD', 'refs', 'heads/main', '/refs/heads/a', 'refs/'])(
    'refuses %j',
    (name) => {
      expect(parseRefName(name)).toBeNull();
    },
  );
});

describe('parseOid', () => {
  it.each([
    ['a'.repeat(40), true],
    ['0123456789'.repeat(4), true],
    ['f'.repeat(64), true],
    ['A'.repeat(40), false],
    ['a'.repeat(39), false],
    ['a'.repeat(41), false],
    [`${'a'.repeat(40)}\n`, false],
    ['', false],
  ])('%j: %j', (text, valid) => {
    expect(parseOid(text)).toBe(valid ? text : null);
  });
});

describe('isNullOid', () => {
  it.each([
    ['0'.repeat(40), true],
    ['0'.repeat(64), true],
    [`${'0'.repeat(39)}1`, false],
    ['', false],
  ])('%j: %j', (oid, expected) => {
    expect(isNullOid(oid)).toBe(expected);
  });
});

describe('branchOf', () => {
  it.each([
    ['refs/heads/feat/a1/x', 'feat/a1/x'],
    ['refs/tags/v1', null],
    ['refs/heads/', null],
    ['refs/heads/-x', null],
    ['main', null],
  ])('%j: %j', (ref, branch) => {
    expect(branchOf(ref)).toBe(branch);
  });
});

describe('shortRef', () => {
  it.each([
    ['refs/heads/feat/a1/x', 'feat/a1/x'],
    ['refs/remotes/origin/main', 'origin/main'],
    ['refs/tags/v1', 'v1'],
    ['refs/bailiwick/locks/common', 'refs/bailiwick/locks/common'],
    ['refs/heads/refs/heads/x', 'refs/heads/x'],
  ])('%j: %j', (ref, short) => {
    expect(shortRef(parseRefName(ref)!)).toBe(short);
  });
});
