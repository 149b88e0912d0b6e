import { expect, it } from 'vitest';
import { neverLanded, takenBack } from '../../../src/core/history/taken-back.ts';
import { findReceipt } from '../../../src/core/landing/find-receipt.ts';
import type { LandingReceipt } from '../../../src/domain/states/landing-receipt.ts';

/** `r2 undoes r1`, with `back` where the base was moved back; oldest first. */
const receipts = (...words: string[]): LandingReceipt[] =>
  words
    .map((each) => {
      const [id, , undoes = null, back] = each.split(' ');
      return { id, undoes, back: back === 'back' } as unknown as LandingReceipt;
    })
    .toReversed();

const ids = (all: readonly LandingReceipt[]): string[] => all.map(({ id }) => id);

it.each([
  [['r1'], [], []],
  [['r1', 'r2 undoes r1'], ['r1'], []],
  [['r1', 'r2 undoes r1 back'], ['r1'], ['r1']],
  // An undo that was taken back takes nothing back any more.
  [['r1', 'r2 undoes r1', 'r3 undoes r2'], ['r2'], []],
  [['r1', 'r2 undoes r1', 'r3 undoes r2 back'], ['r2'], ['r2']],
  [['r1', 'r2 undoes r1', 'r3 undoes r2 back', 'r4 undoes r1'], ['r2', 'r1'], ['r2']],
  [['r1', 'r2 undoes r1 back', 'r3'], ['r1'], ['r1']],
] as const)('of %j, %j are taken back and %j never landed', (all, taken, never) => {
  const known = receipts(...all);
  expect(ids(takenBack(known).map(({ receipt }) => receipt))).toEqual(taken);
  expect(ids(neverLanded(known))).toEqual(never);
});

it('tells a landing that was taken back from the same commit landed anew', () => {
  const known = receipts('r1', 'r2 undoes r1 back', 'r1');
  expect(takenBack(known).map(({ receipt }) => known.indexOf(receipt))).toEqual([2]);
  expect(findReceipt(known, 'r1')).toBe(known[0]);
});
