import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseActionReference, workflowFiles } from '../../src/core/install/workflows.ts';
import type { BranchName } from '../../src/domain/refs.ts';
import { packageRoot } from '../support/repository.ts';

const page = readFileSync(join(packageRoot, 'docs/action.md'), 'utf8');
const tests = join(packageRoot, 'test/action');

interface Row {
  readonly numbers: readonly number[];
  readonly text: string;
}

/** The table of the known ways around. */
const rows = page
  .split('### The known ways around, one by one')[1]!
  .split('\n')
  .flatMap((line): Row[] => {
    const [, numbers, text] = /^\| ([\d, ]+) \| (.*) \|$/.exec(line) ?? [];
    return numbers && text ? [{ numbers: numbers.split(', ').map(Number), text }] : [];
  });

function sourceOf(name: string): string {
  if (name !== 'parity') return readFileSync(join(tests, name), 'utf8');
  const files = readdirSync(join(tests, name));
  return files.map((file) => readFileSync(join(tests, name, file), 'utf8')).join('');
}

describe('docs/action.md', () => {
  it('answers every known way around', () => {
    const numbers = rows.flatMap((row) => row.numbers).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 45 }, (_, at) => at + 1));
  });

  it.each(rows.map((row): [string, Row] => [row.numbers.join(', '), row]))(
    'names tests of way %s that are there, or says what remedies it',
    (_, { numbers, text }) => {
      const named = [...text.matchAll(/`(parity|[a-z-]+\.test\.ts)`/g)].map(([, name]) => name!);
      if (named.length === 0) return expect(text.length).toBeGreaterThan(40);
      const source = named.map(sourceOf).join('');
      for (const number of numbers)
        expect(source).toMatch(new RegExp(`['"\`](?:\\d+, )*${number}(?:, \\d+)*: `));
    },
  );

  it('shows the workflow that init writes', () => {
    const action = parseActionReference(`a/b@${'a'.repeat(40)}`)!;
    const [gate] = workflowFiles(action, 'main' as BranchName);
    const shown = /```yaml\n(name: bailiwick gate[\s\S]*?)```/.exec(page)?.[1] ?? '';
    const lines = shown.split('\n').filter((line) => line.trim() !== '' && !line.includes('uses:'));
    const written = gate!.content.split('\n');
    expect(lines.filter((line) => !written.includes(line))).toEqual([]);
  });
});
