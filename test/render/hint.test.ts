import { describe, expect, it } from 'vitest';
import { hintTo } from '../../src/domain/hint.ts';
import { hintLines, hintMarkdown, hintSentence, hintText } from '../../src/render/hint.ts';
import { view } from './examples.ts';

const lock = hintTo('take the lock', 'bailiwick lock acquire common');
const advice = hintTo('wait for the lock, ask its holder');

describe('a hint', () => {
  it('is one line where it fits', () => {
    expect(hintLines(lock, view, '  ')).toEqual([
      '  To take the lock, run bailiwick lock acquire common',
    ]);
  });

  it('never breaks the command', () => {
    expect(hintLines(lock, { ...view, width: 30 }, '  ')).toEqual([
      '  To take the lock, run:',
      '    bailiwick lock acquire common',
    ]);
  });

  it('wraps what has no command', () => {
    expect(hintLines(advice, { ...view, width: 24 }, '  ')).toEqual([
      '  To wait for the lock,',
      '  ask its holder',
    ]);
  });

  it('names the program as this reader starts it', () => {
    expect(hintText(lock, { program: 'npx bailiwick' })).toBe(
      'To take the lock, run npx bailiwick lock acquire common',
    );
  });

  it('is code in Markdown, and a sentence elsewhere', () => {
    expect(hintMarkdown(lock)).toBe('To take the lock, run `bailiwick lock acquire common`');
    expect(hintSentence(advice)).toBe('To wait for the lock, ask its holder');
  });

  it('lets no name steer the terminal', () => {
    const hostile = hintTo('\x1b[2J', '\u202e\x07');
    expect(hintText(hostile, view)).toMatch(/^[\x20-\x7e]*$/);
    expect(hintLines(hostile, { ...view, width: 4 }, '').join('')).toMatch(/^[\x20-\x7e]*$/);
  });
});
