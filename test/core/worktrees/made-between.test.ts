import { describe, expect, it } from 'vitest';
import { madeBetween } from '../../../src/core/worktrees/made-between.ts';

const look = (files: Record<string, string>) =>
  Object.entries(files).map(([path, stamp]) => ({ path, stamp }));

describe('what the setup commands have made', () => {
  it.each([
    ['a new file', {}, { a: '1' }, {}, { a: '1' }],
    ['one that was there', { a: '1' }, { a: '1' }, {}, {}],
    ['one of an earlier run, made again', { a: '1' }, { a: '2' }, { a: '1' }, { a: '2' }],
    [
      'one of an earlier run, changed by hand since',
      { a: '2' },
      { a: '2' },
      { a: '1' },
      { a: '1' },
    ],
    ['one that is gone', { a: '1' }, {}, { a: '1' }, {}],
  ])('%s', (_name, before, after, known, made) => {
    expect(madeBetween(look(before), look(after), known)).toEqual(made);
  });
});
