import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { decodeRepoPath, encodeRepoPath, type RepoPath } from '../../../src/domain/path.ts';
import { shellQuote } from '../../../src/domain/text/quote.ts';

/** What a real bash makes of the quoted words: the bytes of each. */
function readBack(quoted: readonly string[]): Buffer[] {
  const script = `printf '%s\\0' ${quoted.join(' ')}`;
  const { stdout, status, stderr } = spawnSync('bash', ['--norc', '-s'], { input: script });
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
  const words: Buffer[] = [];
  for (let at = 0; at < stdout.length;) {
    const end = stdout.indexOf(0, at);
    words.push(stdout.subarray(at, end));
    at = end + 1;
  }
  return words;
}

const withoutNul = (text: string): string => text.replaceAll('\0', '');
const path = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...'abcf019\'"\\$`!*?[]{}()<>|&;#~=:^%@+-_,./ \n\t\r\x1b\x7fé'),
  }),
  fc.string({ unit: 'binary' }).map(withoutNul),
  fc.uint8Array({ maxLength: 12, min: 1 }).map((bytes) => decodeRepoPath(bytes)),
);
const samples = fc.sample(path, { seed: 11, numRuns: 1500 });

describe('shellQuote', () => {
  it('is read back by a real shell as the same bytes', () => {
    const wanted = samples.map((text) =>
      Buffer.from(encodeRepoPath(text as RepoPath)).toString('hex'),
    );
    const words = readBack(samples.map(shellQuote)).map((word) => word.toString('hex'));
    expect(words).toEqual(wanted);
  });

  it('never needs more than one line or a character that does not show', () => {
    const showing = /^[\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\p{Cn}\p{Co}]*$/u;
    expect(samples.map(shellQuote).filter((quoted) => !showing.test(quoted))).toEqual([]);
  });

  it.each([
    ['src/main.ts', 'src/main.ts'],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", String.raw`'it'\''s'`],
    ['$(rm -rf ~)', "'$(rm -rf ~)'"],
    ['-x', "'-x'"],
    // zsh reads an unquoted leading `=` as the place of a command.
    ['=ls', "'=ls'"],
    ['~', "'~'"],
    ['é.txt', "'é.txt'"],
    ['a\nb', String.raw`$'a\012b'`],
    // Three octal digits end by themselves; more than two hexadecimal ones are unspecified in POSIX.
    ['\x01f', String.raw`$'\001f'`],
    ['\x1b[31m', String.raw`$'\033\13331m'`],
    ['c\udce9', String.raw`$'c\351'`],
    ['\u202egpj.exe', String.raw`$'\342\200\256gpj.exe'`],
    ['::error::x', String.raw`$'\072:error\072:x'`],
    ['a##[error]x', String.raw`$'a\043\043\133error\135x'`],
    ['a::b', 'a::b'],
    [':/a\tb', String.raw`$':/a\011b'`],
    ['\u200b', String.raw`$'\342\200\213'`],
  ])('%j is written %s', (text, quoted) => {
    expect(shellQuote(text)).toBe(quoted);
  });
});
