import { describe, expect, it } from 'vitest';
import { keepTogether } from '../../../src/core/landing/keep-together.ts';
import type { LeftOut } from '../../../src/domain/states/landing-journal.ts';

const step = (ref: string, ...after: string[]) => ({ ref, after });
const PAIR = [['a', 'b']] as const;
const landed: LeftOut = { why: 'landed', words: 'main has all of it' };
const conflict: LeftOut = { why: 'conflict', words: 'conflicts' };

describe('what lands only together', () => {
  it.each([
    ['nothing between', [step('a'), step('b', 'a')], 'a b'],
    ['the later one moves up', [step('a'), step('x'), step('b', 'a'), step('y')], 'a b x y'],
    ['the earlier one moves down', [step('a'), step('x'), step('b', 'x')], 'x a b'],
    ['what lies between stays where it must', [step('a'), step('x', 'a'), step('b', 'x')], 'a x b'],
  ])('is put side by side: %s', (_why, steps, sequence) => {
    expect(keepTogether(steps, new Map(), PAIR).sequence.join(' ')).toBe(sequence);
  });

  it('leaves together, with what comes after it; what the base has holds nobody back', () => {
    const steps = [step('a'), step('b', 'a'), step('c', 'b'), step('d')];
    const gone = keepTogether(
      [step('b', 'a'), step('c', 'b'), step('d')],
      new Map([['a', conflict]]),
      PAIR,
    );
    expect(gone.sequence).toEqual(['d']);
    expect(gone.left.get('b')!.words).toBe('lands only together with a, which does not land');
    expect(gone.left.get('c')!.words).toBe('comes after b, which does not land');
    const there = keepTogether(steps.slice(1), new Map([['a', landed]]), PAIR);
    expect(there.sequence).toEqual(['b', 'c', 'd']);
    const absent = keepTogether([step('b'), step('d')], new Map(), PAIR);
    expect(absent.sequence).toEqual(['d']);
    expect(absent.left.get('b')!.words).toContain('is not to land now');
  });
});
