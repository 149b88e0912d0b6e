import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../support/repository.ts';

const page = readFileSync(join(packageRoot, 'docs/judging.md'), 'utf8');

interface Row {
  readonly number: number;
  readonly layers: readonly string[];
  /** Files below `test`, sorted. */
  readonly tests: readonly string[];
}

/** The table of the known ways around. */
const rows = page.split('\n').flatMap((line): Row[] => {
  const [, number, , layers, , tests] = line.split(' | ').length === 5 ? cellsOf(line) : [];
  if (number === undefined || !/^\d+$/.test(number)) return [];
  return [{ number: Number(number), layers: layers!.split(', '), tests: filesIn(tests!) }];
});

function cellsOf(line: string): string[] {
  return ['', ...line.replace(/^\| | \|$/g, '').split(' | ')];
}

function filesIn(cell: string): string[] {
  return cell === 'open' ? [] : [...cell.matchAll(/`([^`]+)`/g)].map(([, file]) => file!);
}

/** The files with a test that bears the number, by number. */
function numberedTests(): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>();
  const root = join(packageRoot, 'test');
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const name = file.replaceAll('\\', '/');
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, numbers] of source.matchAll(/['"`]((?:\d+, )*\d+)[a-z]?: (?!\d)/g))
      for (const number of numbers!.split(', ').map(Number))
        found.set(number, (found.get(number) ?? new Set()).add(name));
  }
  return found;
}

describe('the table of docs/judging.md', () => {
  const tests = numberedTests();

  it('numbers its rows from 1 without a gap', () => {
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, at) => at + 1));
    expect(rows.length).toBeGreaterThan(40);
  });

  it('has a row for every number that a test bears', () => {
    const known = new Set(rows.map(({ number }) => number));
    expect([...tests].filter(([number]) => !known.has(number))).toEqual([]);
  });

  it.each(rows)('$number: names the tests that bear the number', ({ number, tests: named }) => {
    expect(named).toEqual([...(tests.get(number) ?? [])].sort());
  });

  it.each(rows)('$number: says what stops it in the words of the page', ({ layers }) => {
    if (layers.includes('nothing')) expect(layers).toEqual(['nothing']);
    const order = ['commit hook', 'push hook', 'gate', 'nothing'];
    expect(layers).toEqual(order.filter((layer) => layers.includes(layer)));
  });

  it('states every rule in a section of its own, with its reason', () => {
    const sections = page.split(/^## /m).filter((section) => /^R\d: /.test(section));
    expect(sections.map((section) => section.slice(0, 2))).toEqual(
      [1, 2, 3, 4, 5, 6].map((number) => `R${number}`),
    );
    for (const section of sections) expect(section).toContain('**Why:**');
  });
});
