import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../support/repository.ts';

/** Every package a file needs, itself or through what it imports. */
function packagesOf(start: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const open = [join(packageRoot, start)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const source = readFileSync(file, 'utf8').replaceAll(/^import type .*$/gm, '');
    for (const [, specifier] of source.matchAll(/(?:from|import)\s*\(?\s*'([^'\n]+)'/g))
      if (specifier!.startsWith('.')) open.push(join(dirname(file), specifier!));
      else if (!specifier!.startsWith('node:')) packages.add(specifier!);
  }
  return packages;
}

it('the hook reads a policy without loading what only lint needs', () => {
  const packages = packagesOf('src/hooks/main.ts');
  expect([...packages].filter((name) => ['valibot', 'yaml'].includes(name)).sort()).toEqual([
    'valibot',
    'yaml',
  ]);
  expect(packages).not.toContain('refa');
});

it('lint does load it', () => {
  expect(packagesOf('src/commands/lint.ts')).toContain('refa');
});
