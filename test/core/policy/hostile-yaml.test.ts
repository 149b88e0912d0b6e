import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOwnership } from '../../../src/core/policy/parse.ts';

/** What is wrong with a text: never nothing, and never an error of the program. */
function problemsOf(text: string): string[] {
  const parsed = parseOwnership(text);
  return parsed.ok ? [] : parsed.error.map(({ message }) => message);
}

const agents = "agents: { a1: { owns: ['a/**'] } }\n";

describe('a policy that YAML can read and nobody meant', () => {
  it.each([
    '!!merge x',
    '!!binary aGk=',
    '!!set {a, b}',
    '!!timestamp 2026-01-01',
    '!!omap [a: 1]',
  ])('a value with the tag %s', (value) => {
    expect(problemsOf(`version: 1\nbase: ${value}\n${agents}`)).not.toEqual([]);
  });

  it('a key with a tag', () => {
    expect(problemsOf(`version: 1\n!!merge x: 1\n${agents}`)).not.toEqual([]);
  });

  const deep: Record<string, string> = {
    lists: `a: ${'['.repeat(100_000)}`,
    'lists that are closed': `a: ${'['.repeat(60_000)}${']'.repeat(60_000)}`,
    maps: `a: ${'{a: '.repeat(60_000)}`,
    'lists in lines': `${'- '.repeat(100_000)}a`,
    'maps by indentation': Array.from({ length: 700 }, (_, at) => `${' '.repeat(at)}a:\n`).join(''),
    'keys in keys': '? '.repeat(100_000),
    tags: `a: ${'! '.repeat(100_000)}`,
  };
  it.each(Object.entries(deep))('thousands of levels: %s', (_what, text) => {
    expect(problemsOf(text)).not.toEqual([]);
  });

  it('whatever it is made of', () => {
    const piece = fc.constantFrom(
      ...['version: 1\n', agents, 'base: ', 'frozen:', '!!merge ', '!!binary ', '!!set ', '!x '],
      ...['&a ', '*a ', '<<: ', '? ', '- ', ': ', '[', ']', '{', '}', '|\n', '>-\n', '"', "'", '#'],
      ...[
        '\n',
        '  ',
        '\t',
        '%YAML 1.1\n',
        '---\n',
        '...\n',
        'x',
        '.nan',
        '0x',
        '~',
        '\0',
        '\ud800',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        problemsOf(pieces.join(''));
      }),
      { numRuns: Number(process.env['BAILIWICK_TEST_RUNS'] ?? 3000), seed: 5 },
    );
  });
});
