import { describe, expect, it } from 'vitest';
import {
  guardHookFile,
  type HookFile,
  restoreHookFile,
} from '../../../../src/core/install/hook-file.ts';
import {
  dependsOnHuskyFour,
  HUSKY_FOUR_HOOK,
  isOfHuskyFour,
} from '../../../../src/core/install/managers/husky-four.ts';

const PLACE = { home: 'node_modules/bailiwick', remedy: 'npm ci', huskyFour: true };
const NOTHING: HookFile = {
  path: '/r/.git/hooks/pre-commit',
  content: null,
  executable: false,
  link: null,
  kept: null,
};
const file = (content: string): HookFile => ({ ...NOTHING, content, executable: true });

/** The file after the steps. */
function written(before: HookFile): string {
  const [step] = guardHookFile(before, 'pre-commit', PLACE);
  if (step?.kind !== 'write-file') throw new Error('nothing is written');
  return Buffer.from(step.content).toString('latin1');
}

const FOUR =
  '#!/bin/sh\n# husky\n\n# Created by Husky v4.3.8 (https://github.com/typicode/husky#readme)\n\n. "$(dirname "$0")/husky.sh"\n';

describe('a hook of husky 4', () => {
  it.each([
    ['of husky 4', FOUR],
    ['of husky 0.14', '#!/bin/sh\n#husky 0.14.3\n\nnpm run -s precommit\n'],
    ['as it would have made it', HUSKY_FOUR_HOOK],
  ])('%s: does not hold its mark any more, and gets it back', (_what, content) => {
    const guarded = written(file(content));
    // What husky looks for: lib/installer/is.js of husky 4.3.8.
    expect(guarded).not.toMatch(/# ?husky/);
    expect(isOfHuskyFour(guarded)).toBe(true);
    expect(written(file(guarded.replace('npm ci', 'npm install')))).toBe(guarded);
    const back = restoreHookFile(file(guarded), { ...NOTHING }, true);
    expect(back).toMatchObject([
      { kind: 'write-file', content: Uint8Array.from(Buffer.from(content)) },
    ]);
  });

  it('is made where there is none, and goes with the guard unless husky is there', () => {
    const made = written(NOTHING);
    expect(made).toContain('[ ! -f "$(dirname "$0")/husky.sh" ] || . "$(dirname "$0")/husky.sh"');
    expect(restoreHookFile(file(made), NOTHING)).toMatchObject([{ kind: 'delete-file' }]);
    expect(restoreHookFile(file(made), NOTHING, true)).toMatchObject([{ kind: 'write-file' }]);
  });

  it.each<[range: string, old: boolean]>([
    ['^4.3.8', true],
    ['4', true],
    ['0.14.3', true],
    ['~3.1', true],
    ['^9.1.7', false],
    ['40.0.0', false],
    ['latest', false],
  ])('is expected of husky %s: %s', (range, old) => {
    expect(dependsOnHuskyFour(JSON.stringify({ devDependencies: { husky: range } }))).toBe(old);
  });
});

describe('where something is kept already, because another program has replaced our hook', () => {
  const ruby = '#!/usr/bin/env ruby\nexit\n';

  it.each([
    ['the same', ruby, [{ kind: 'delete-file' }, { kind: 'rename-file' }, { kind: 'write-file' }]],
    [
      'another one, which is never lost',
      '#!/usr/bin/env python3\n',
      [
        { kind: 'rename-file', to: '/r/.git/hooks/before-bailiwick/pre-commit.replaced' },
        { kind: 'rename-file', to: '/r/.git/hooks/before-bailiwick/pre-commit' },
        { kind: 'write-file' },
      ],
    ],
  ])('%s', (_what, kept, steps) => {
    expect(guardHookFile({ ...file(ruby), kept }, 'pre-commit', PLACE)).toMatchObject(steps);
  });
});
