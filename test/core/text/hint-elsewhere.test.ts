import { describe, expect, it } from 'vitest';
import { hintElsewhere, inWorktree } from '../../../src/core/text/hint-elsewhere.ts';
import { hintTo } from '../../../src/domain/hint.ts';

describe('inWorktree', () => {
  it.each([
    ['git status', '.', 'git status'],
    ['git status', '../wt', 'git -C ../wt status'],
    ['git status', '../wt a1', "git -C '../wt a1' status"],
    ['git status', '-wt', 'git -C ./-wt status'],
    ['git log && git status', '..', 'git -C .. log && git status'],
    ['bailiwick init', '../wt', 'bailiwick init -C ../wt'],
    ['bailiwick init', "it's", "bailiwick init -C 'it'\\''s'"],
    ['bailiwick lock acquire x --wait', '/a', 'bailiwick lock acquire x --wait -C /a'],
  ])('%s in %s', (command, relative, there) => {
    expect(inWorktree(command, relative)).toBe(there);
  });
});

describe('hintElsewhere', () => {
  it.each([
    [hintTo('x', 'git status'), hintTo('x', 'git -C ../wt status')],
    [hintTo('x, use one of: a1, a2'), hintTo('x, use one of: a1, a2')],
  ])('%o', (hint, there) => {
    expect(hintElsewhere(hint, '../wt')).toEqual(there);
    expect(hintElsewhere(hint, '.')).toEqual(hint);
  });
});
