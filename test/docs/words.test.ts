import { describe, expect, it } from 'vitest';
import { PAGES, readPage } from '../support/promises.ts';

const words = [...readPage('docs/words.md').matchAll(/^\| ([a-z ]+?) +\| ([A-Z].*?) +\|$/gm)];

describe('docs/words.md', () => {
  it('defines each word once, in alphabetical order', () => {
    const names = words.map(([, word]) => word!);
    expect(names).toEqual([...new Set(names)].sort());
    expect(names.length).toBeGreaterThan(24);
  });

  it.each(words.map(([, word, meaning]) => [word!, meaning!]))(
    '%s: in plain sentences that end',
    (_word, meaning) => {
      expect(meaning).toMatch(/\.$/);
      expect(meaning.split(/\. (?=[A-Z])/).length).toBeLessThanOrEqual(3);
    },
  );

  it.each(['README.md', '.github/CONTRIBUTING.md', 'docs/judging.md'])('is named by %s', (page) => {
    expect(readPage(page)).toContain('words.md');
  });

  it.each(PAGES.filter((page) => /^docs\/(?!cli|words)/.test(page)))('is named by %s', (page) => {
    expect(readPage(page)).toContain('[words.md](words.md)');
  });
});
