import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armBlock } from '../../../src/core/install/managers/husky-worktrees.ts';
import { guardBlock } from '../../../src/core/install/guard-block.ts';
import {
  appendHookBlock,
  findHookBlock,
  hasHookBlock,
  insertHookBlock,
  removeHookBlocks,
  replaceHookBlock,
} from '../../../src/core/install/hook-block.ts';

const options = {
  remedy: 'To install it, run npm ci',
  home: 'node_modules/bailiwick',
  created: false,
  chained: false,
};
const BLOCK = guardBlock('pre-push', options);
const OTHER = armBlock('.husky', true);

/** Any bytes, and what hooks are made of. */
const content = fc
  .array(
    fc.oneof(
      fc.constantFrom('#!/bin/sh', '\n', '\r\n', '# x', ' ', ''),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((parts) => Buffer.from(parts.join('')).toString('latin1'));

const check = (property: fc.IProperty<[string]>): void =>
  fc.assert(property, { seed: 7, numRuns: 300 });

describe('a block in a file', () => {
  it('goes without a trace, wherever it was put', () => {
    check(
      fc.property(content, (text) => {
        for (const put of [insertHookBlock, appendHookBlock]) {
          expect(hasHookBlock(put(text, BLOCK))).toBe(true);
          expect(findHookBlock(put(text, BLOCK))).toBe(BLOCK.trim());
          expect(removeHookBlocks(put(text, BLOCK))).toBe(text);
          expect(removeHookBlocks(put(put(text, BLOCK), OTHER))).toBe(text);
        }
        expect(hasHookBlock(text)).toBe(false);
      }),
    );
  });

  it('is replaced in its place', () => {
    check(
      fc.property(content, (text) => {
        expect(replaceHookBlock(insertHookBlock(text, BLOCK), OTHER)).toBe(
          insertHookBlock(text, OTHER),
        );
      }),
    );
  });

  it('stands first, but after #!', () => {
    expect(insertHookBlock('#!/bin/sh\nx\n', OTHER)).toBe(`#!/bin/sh\n${OTHER}x\n`);
    expect(insertHookBlock('x\n', OTHER)).toBe(`${OTHER}x\n`);
  });

  it('is no block while one of its marks is missing', () => {
    const begin = BLOCK.split('\n')[0]!;
    expect(hasHookBlock(`${begin}\nx\n`)).toBe(false);
    expect(removeHookBlocks(`${begin}\nx\n`)).toBe(`${begin}\nx\n`);
  });
});
