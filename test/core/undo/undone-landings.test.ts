import { describe, expect, it } from 'vitest';
import {
  type HistoryStep,
  type PathChange,
  undoneLandings,
} from '../../../src/core/undo/undone-landings.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import type { Oid } from '../../../src/domain/refs.ts';

const at = (path: string, before: string | null, after: string | null): PathChange => {
  const entry = (oid: string | null) =>
    oid === null ? null : ({ mode: '100644', oid: oid as Oid } as const);
  return { path: path as RepoPath, before: entry(before), after: entry(after) };
};
const step = (message: string, ...changes: PathChange[]): HistoryStep => ({
  commit: message as Oid,
  message,
  changes,
});
const many = (count: number, before: string, after: string): PathChange[] =>
  Array.from({ length: count }, (_, index) => at(`f${index}`, before, after));

interface Case {
  readonly what: string;
  readonly effect: readonly PathChange[];
  readonly landings: readonly HistoryStep[];
  readonly own?: readonly HistoryStep[];
  readonly undone: string | null;
}

const ADD = step('Add retries', at('a', '1', '2'));

const CASES: Case[] = [
  {
    what: 'one file goes back',
    effect: [at('a', '2', '1')],
    landings: [ADD],
    undone: '1/1 Add retries',
  },
  { what: 'it goes on', effect: [at('a', '2', '3')], landings: [ADD], undone: null },
  {
    what: 'back over two landings',
    effect: [at('a', '3', '1')],
    landings: [step('More', at('a', '2', '3')), ADD],
    undone: '1/1 More, Add retries',
  },
  {
    what: 'back over one of two',
    effect: [at('a', '3', '2')],
    landings: [step('More', at('a', '2', '3')), ADD],
    undone: '1/1 More',
  },
  { what: 'another path', effect: [at('b', '2', '1')], landings: [ADD], undone: null },
  {
    what: 'what was added is deleted',
    effect: [at('a', '2', null)],
    landings: [step('Add', at('a', null, '2'))],
    undone: null,
  },
  {
    what: 'what was deleted is there again',
    effect: [at('a', null, '1')],
    landings: [step('Drop', at('a', '1', null))],
    undone: null,
  },
  {
    what: 'a commit says that it reverts',
    effect: [at('a', '2', '1')],
    landings: [ADD],
    own: [step('Revert "Add retries"', at('a', '2', '1'))],
    undone: null,
  },
  {
    what: 'git says so in the body',
    effect: [at('a', '2', '1')],
    landings: [ADD],
    own: [step('back\n\nThis reverts commit 1234567890.', at('a', '2', '1'))],
    undone: null,
  },
  {
    what: 'a commit that reverts another path',
    effect: [at('a', '2', '1')],
    landings: [ADD],
    own: [step('revert: the other', at('b', '2', '1'))],
    undone: '1/1 Add retries',
  },
  {
    what: 'a word that only begins so',
    effect: [at('a', '2', '1')],
    landings: [ADD],
    own: [step('Revertible migrations', at('a', '2', '1'))],
    undone: '1/1 Add retries',
  },
  {
    what: 'nine files',
    effect: many(9, '2', '1'),
    landings: [step('All', ...many(9, '1', '2'))],
    undone: '9/9 All',
  },
  {
    what: 'ten files',
    effect: many(10, '2', '1'),
    landings: [step('All', ...many(10, '1', '2'))],
    undone: '10/10 All asks',
  },
  {
    what: 'ten of forty',
    effect: [
      ...many(10, '2', '1'),
      ...Array.from({ length: 30 }, (_, index) => at(`n${index}`, null, '1')),
    ],
    landings: [step('All', ...many(10, '1', '2'))],
    undone: '10/40 All',
  },
  {
    what: 'ten of thirty',
    effect: [
      ...many(10, '2', '1'),
      ...Array.from({ length: 20 }, (_, index) => at(`n${index}`, null, '1')),
    ],
    landings: [step('All', ...many(10, '1', '2'))],
    undone: '10/30 All asks',
  },
  {
    what: '92 ten files inside a legitimate revert',
    effect: many(10, '2', '1'),
    landings: [step('All', ...many(10, '1', '2'))],
    own: [step('Reapply "the old way"', ...many(10, '2', '1'))],
    undone: null,
  },
];

describe('landings that a branch takes back', () => {
  it.each(CASES)('$what', ({ effect, landings, own = [], undone }) => {
    const found = undoneLandings(effect, landings, own);
    const said =
      found &&
      `${found.paths.length}/${found.files} ${found.landings.map(({ message }) => message).join(', ')}${found.asks ? ' asks' : ''}`;
    expect(said).toBe(undone);
  });
});
