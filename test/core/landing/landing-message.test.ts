import { describe, expect, it } from 'vitest';
import { lastMessage, mergeMessage, squashOf } from '../../../src/core/landing/landing-message.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';

const branch = 'feat/a1/x' as BranchName;
const tip = 'ab'.repeat(20) as Oid;
const LANDED = `Bailiwick-Landed: feat/a1/x@${tip}`;
const by = (name: string, lines: number, message: string) => ({
  author: { name, email: `${name}@example.org` },
  lines,
  message,
});

describe('the message of what lands', () => {
  it('names the branch and its tip', () => {
    expect(mergeMessage(branch, tip)).toBe(`Merge branch 'feat/a1/x'\n\n${LANDED}\n`);
    expect(lastMessage('fix: it\n', branch, tip)).toBe(`fix: it\n\n${LANDED}\n`);
    expect(lastMessage('', branch, tip)).toBe(`Land feat/a1/x\n\n${LANDED}\n`);
  });

  it('joins trailers that are there, and nothing else', () => {
    expect(lastMessage('fix: it\n\nwhy\n\nRefs: 1\n', branch, tip)).toBe(
      `fix: it\n\nwhy\n\nRefs: 1\n${LANDED}\n`,
    );
    expect(lastMessage('fix: it', branch, tip)).toBe(`fix: it\n\n${LANDED}\n`);
    expect(lastMessage('one\n\nsee: this\nand that', branch, tip)).toContain(
      `and that\n\n${LANDED}`,
    );
  });

  it('of a squash is by whoever changed most, and names the others', () => {
    const one = by('ann', 3, 'a: first\n\nbody\n');
    expect(squashOf([one], branch, tip)).toEqual({
      author: one.author,
      message: `a: first\n\nbody\n\n${LANDED}\n`,
    });
    const all = [one, by('bob', 5, 'second'), by('ann', 1, 'third')];
    expect(squashOf(all, branch, tip)).toEqual({
      author: { name: 'bob', email: 'bob@example.org' },
      message: `a: first\n\n* a: first\n* second\n* third\n\nCo-authored-by: ann <ann@example.org>\n${LANDED}\n`,
    });
    expect(squashOf([], branch, tip)).toEqual({
      author: null,
      message: `Land feat/a1/x\n\n${LANDED}\n`,
    });
  });
});
