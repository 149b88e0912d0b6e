import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hintTo } from '../../src/domain/hint.ts';
import { NEXT_REASONS, type StatusData } from '../../src/domain/reports/status.ts';
import { Fleet } from '../commands/status/fixture.ts';
import { changes, outside, row, worktree } from '../core/status/status-rows.ts';
import { packageRoot } from '../support/repository.ts';

const page = readFileSync(join(packageRoot, 'docs/status.md'), 'utf8');

/** Every key of an object and of what is in it. */
const keysIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(keysIn)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)])
      : [];

it('docs/status.md explains every key that status prints', async () => {
  const { data } = await new Fleet().status();
  const full: StatusData = {
    ...data,
    rows: [
      row({ worktree: worktree({ changes: changes({ outside: [outside('x')] }) }) }),
      row({
        conflicts: [{ with: 'x', base: false, paths: [], mechanical: false }],
        next: { why: 'gone', urgent: true, hint: hintTo('', '') },
      }),
      row({ agent: null }),
    ],
  };
  const unexplained = [...new Set(keysIn(full))].filter((key) => !page.includes(`\`${key}\``));
  expect(unexplained).toEqual([]);
});

it('docs/status.md lists the reasons of a next step in their order', () => {
  const [, section = ''] = page.split('## The next step');
  const listed = [...section.split('## ')[0]!.matchAll(/^\| `([a-z-]+)`/gm)].map(
    (match) => match[1],
  );
  expect(listed).toEqual(NEXT_REASONS);
});
