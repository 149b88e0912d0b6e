import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findNeeded, type NeededBranches } from '../../../src/core/order/find-needed.ts';

/** What is true of some branches: what each needs of the others, and which fail by themselves. */
interface Truth {
  readonly needs: Readonly<Record<string, readonly string[]>>;
  readonly broken?: readonly string[];
}

function search(sequence: readonly string[], { needs, broken = [] }: Truth) {
  const passes = (tried: readonly string[]): boolean =>
    tried.every(
      (ref, at) =>
        !broken.includes(ref) &&
        (needs[ref] ?? []).every((other) => tried.slice(0, at).includes(other)),
    );
  const run = findNeeded(sequence);
  let trials = 0;
  for (let step = run.next(); ; trials += 1) {
    if (step.done) return { ...step.value, trials };
    step = run.next(passes(step.value));
  }
}
const told = ({ needs, failing }: NeededBranches) => [
  needs.map(({ earlier, later }) => `${later}:${earlier}`),
  failing,
];

it.each<[string, Truth, string[], string[]]>([
  ['nothing', { needs: {} }, [], []],
  ['one of a later one', { needs: { a: ['d'] } }, ['a:d'], []],
  ['two', { needs: { b: ['a', 'e'] } }, ['b:e', 'b:a'], []],
  ['a chain, against the order', { needs: { a: ['b'], b: ['c'] } }, ['b:c', 'a:b', 'a:c'], []],
  ['one that is broken', { needs: {}, broken: ['c'] }, [], ['c']],
  ['one that needs what is broken', { needs: { a: ['c'] }, broken: ['c'] }, [], ['a', 'c']],
  ['each other', { needs: { a: ['b'], b: ['a'] } }, [], ['a', 'b']],
])('finds what needs %s', (_, truth, needs, failing) => {
  expect(told(search(['a', 'b', 'c', 'd', 'e'], truth))).toEqual([needs, failing]);
});

it('finds a need among n branches in n + 3 + ⌈log2 n⌉ trials, and every need it names is one', () => {
  const names = Array.from({ length: 30 }, (_, at) => `b${String(at).padStart(2, '0')}`);
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.constantFrom(...names), (earlier, later) => {
      fc.pre(earlier !== later);
      const { needs, trials } = search(names, { needs: { [later]: [earlier] } });
      expect(needs).toEqual([{ earlier, later }]);
      expect(trials).toBeLessThanOrEqual(names.length + 3 + Math.ceil(Math.log2(names.length)));
    }),
    { numRuns: 100 },
  );
});
