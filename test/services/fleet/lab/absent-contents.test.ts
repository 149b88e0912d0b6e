import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Oid } from '../../../../src/domain/refs.ts';
import { AbsentContents, type Maker } from '../../../../src/services/fleet/lab/absent-contents.ts';

const oid = (name: string): Oid => name.padEnd(40, '0') as Oid;
const entry = (name: string) => ({ mode: '100644' as const, oid: oid(name) });

/** The merge of the contents a, b and c. */
function merge(a: string, b: string, c: string): Maker {
  const sides = { base: entry(a), ours: entry(b), theirs: entry(c) };
  return { needs: [a, b, c].map(oid), merge: sides };
}

/** What is made in each level, by the first side of a merge. */
const taken = (contents: AbsentContents, ...names: string[]): (number | string)[][] =>
  contents
    .take(names.map(oid))
    .map(({ merges, steps }) => [
      ...merges.map(({ base }) => base.oid.replace(/0+$/, '')),
      ...steps.map(() => 1),
    ]);

describe('contents that an earlier run made', () => {
  it('come after what they need, and each once', () => {
    const contents = new AbsentContents();
    contents.note(oid('x'), merge('a', 'b', 'c'));
    contents.note(oid('y'), merge('d', 'x', 'c'));
    contents.note(oid('z'), merge('e', 'x', 'y'));
    contents.note(oid('w'), merge('f', 'b', 'c'));
    expect(taken(contents, 'z', 'x', 'w', 'b')).toEqual([['a', 'f'], ['d'], ['e']]);
    expect(taken(contents, 'z', 'x', 'y', 'w')).toEqual([]);
  });

  it('are made as they were noted first, so that nothing needs itself', () => {
    const contents = new AbsentContents();
    contents.note(oid('x'), merge('a', 'b', 'c'));
    contents.note(oid('y'), merge('d', 'x', 'c'));
    // Taking y back makes x again, but y came of x.
    contents.note(oid('x'), merge('e', 'y', 'c'));
    contents.note(oid('b'), merge('f', 'b', 'c'));
    expect(taken(contents, 'x', 'y')).toEqual([['a'], ['d']]);
  });

  it('are not made where they are here already', () => {
    const contents = new AbsentContents();
    contents.made(oid('x'));
    contents.note(oid('x'), merge('a', 'b', 'c'));
    contents.note(oid('y'), merge('d', 'x', 'c'));
    expect(taken(contents, 'y')).toEqual([['d']]);
  });

  it('come of one step where it makes several', () => {
    const contents = new AbsentContents();
    const step: Maker = { needs: [oid('x')], step: () => Promise.resolve() };
    contents.note(oid('x'), merge('a', 'b', 'c'));
    contents.note(oid('p'), step);
    contents.note(oid('q'), step);
    expect(taken(contents, 'q', 'p')).toEqual([['a'], [1]]);
  });

  it('come once for each that makes some, also where two need each other in a circle', () => {
    const some = fc.array(fc.constantFrom(...'abcdefghij').map(oid), { maxLength: 3 });
    const makers = fc.array(fc.record({ makes: some, needs: some }), { maxLength: 8 });
    fc.assert(
      fc.property(makers, some, (all, asked) => {
        const contents = new AbsentContents();
        const done: number[] = [];
        for (const [at, { makes, needs }] of all.entries()) {
          const maker = { needs, step: () => Promise.resolve(void done.push(at)) };
          for (const content of makes) contents.note(content, maker);
        }
        for (const { steps } of contents.take(asked)) for (const step of steps) void step();
        expect(new Set(done).size).toBe(done.length);
        expect(contents.take(asked)).toEqual([]);
      }),
      { numRuns: 2000, seed: 9 },
    );
  });
});
