import fc from 'fast-check';
import { decodeRepoPath, type RepoPath } from '../../../src/domain/path.ts';
import type {
  ConflictFile,
  OrderBranch,
  OrderCombination,
  OrderConflict,
  OrderCost,
  OrderDependency,
  OrderProblem,
} from '../../../src/domain/reports/order.ts';

export const path = (text: string): RepoPath => decodeRepoPath(new TextEncoder().encode(text));

/** `b0` is the oldest unless a date says otherwise. */
export const branch = (ref: string, more: Partial<OrderBranch> = {}): OrderBranch => ({
  ref,
  agent: null,
  lines: 10,
  date: 0,
  ...more,
});

export const file = (name: string, lines: readonly [number, number] = [1, 1]): ConflictFile => ({
  path: path(name),
  mechanical: name.endsWith('lock'),
  lines,
});

export const conflict = (a: string, b: string, ...files: ConflictFile[]): OrderConflict => ({
  a,
  b,
  hunks: 1,
  files: files.length > 0 ? files : [file('f')],
});

export const after = (
  later: string,
  earlier: string,
  why: OrderDependency['why'] = 'declared',
): OrderDependency => ({ earlier, later, why });

/** A problem from its branches' names, oldest first, and what is given of the rest. */
export const problem = (
  branches: readonly (OrderBranch | string)[],
  more: Partial<OrderProblem> = {},
): OrderProblem => ({
  branches: branches.map((each, date) =>
    typeof each === 'string' ? branch(each, { date }) : each,
  ),
  conflicts: [],
  after: [],
  combinations: [],
  ...more,
});

/** What a branch has to redo once `landed` have landed, read straight off the problem. */
export function redo(
  { conflicts, combinations }: OrderProblem,
  ref: string,
  landed: ReadonlySet<string>,
): OrderCost {
  const files = new Map<string, number>();
  let reworked = false;
  const pay = (name: string, lines: number): void => {
    files.set(name, Math.max(files.get(name) ?? 0, lines));
  };
  const payAll = (paid: readonly { path: string; mechanical: boolean; lines: number }[]): void => {
    reworked = true;
    for (const each of paid) pay(each.path, each.mechanical ? 1 : Math.max(1, each.lines));
    if (paid.length === 0) pay('', 1);
  };
  for (const { a, b, files: shared } of conflicts) {
    if (a === ref && landed.has(b))
      payAll(shared.map((each) => ({ ...each, lines: each.lines[0] })));
    if (b === ref && landed.has(a))
      payAll(shared.map((each) => ({ ...each, lines: each.lines[1] })));
  }
  for (const { earlier, later, files: redone } of combinations)
    if (later === ref && earlier.every((member) => landed.has(member))) payAll(redone);
  return {
    branches: reworked ? 1 : 0,
    lines: [...files.values()].reduce((sum, lines) => sum + lines, 0),
  };
}

/** What an order costs; throws when it breaks a dependency. */
export function priceOfOrder(fleet: OrderProblem, order: readonly string[]): OrderCost {
  const landed = new Set<string>();
  const cost = { branches: 0, lines: 0 };
  for (const ref of order) {
    for (const { earlier, later } of fleet.after)
      if (later === ref && !landed.has(earlier)) throw new Error(`${ref} lands before ${earlier}`);
    const paid = redo(fleet, ref, landed);
    cost.branches += paid.branches;
    cost.lines += paid.lines;
    landed.add(ref);
  }
  if (landed.size !== fleet.branches.length) throw new Error('not every branch lands');
  return cost;
}

const LEXICAL = 1_000_000;

/** Both ends of the trade by trying every permutation that the dependencies allow. */
export function bestOfAllOrders(fleet: OrderProblem): { branches: OrderCost; lines: OrderCost } {
  let fewestBranches = Infinity;
  let fewestLines = Infinity;
  const refs = fleet.branches.map(({ ref }) => ref);
  const landed = new Set<string>();
  const extend = (branches: number, lines: number): void => {
    if (landed.size === refs.length) {
      fewestBranches = Math.min(fewestBranches, branches * LEXICAL + lines);
      fewestLines = Math.min(fewestLines, lines * LEXICAL + branches);
      return;
    }
    for (const ref of refs) {
      if (landed.has(ref)) continue;
      if (fleet.after.some((arc) => arc.later === ref && !landed.has(arc.earlier))) continue;
      const paid = redo(fleet, ref, landed);
      landed.add(ref);
      extend(branches + paid.branches, lines + paid.lines);
      landed.delete(ref);
    }
  };
  extend(0, 0);
  return {
    branches: {
      branches: Math.floor(fewestBranches / LEXICAL),
      lines: fewestBranches % LEXICAL,
    },
    lines: { branches: fewestLines % LEXICAL, lines: Math.floor(fewestLines / LEXICAL) },
  };
}

/** The cheapest order by the sets of branches that have landed; for fleets too large for permutations. */
export function bestBySubsets(fleet: OrderProblem): OrderCost {
  const refs = fleet.branches.map(({ ref }) => ref);
  const cheapest = new Map<number, number>([[0, 0]]);
  for (let mask = 0; mask < (1 << refs.length) - 1; mask++) {
    const price = cheapest.get(mask);
    if (price === undefined) continue;
    const landed = new Set(refs.filter((_, at) => mask & (1 << at)));
    refs.forEach((ref, at) => {
      if (mask & (1 << at)) return;
      if (fleet.after.some((arc) => arc.later === ref && !landed.has(arc.earlier))) return;
      const paid = redo(fleet, ref, landed);
      const next = mask | (1 << at);
      const total = price + paid.branches * LEXICAL + paid.lines;
      if (total < (cheapest.get(next) ?? Infinity)) cheapest.set(next, total);
    });
  }
  const best = cheapest.get((1 << refs.length) - 1)!;
  return { branches: Math.floor(best / LEXICAL), lines: best % LEXICAL };
}

const NAMES = ['a.ts', 'b.ts', 'c.ts', 'npm.lock'];

/** Random problems: few files, so that branches collide in the same one, some of them lockfiles. */
export const problems = (sizes: { min: number; max: number }): fc.Arbitrary<OrderProblem> =>
  fc
    .integer(sizes)
    .chain((size) =>
      fc.tuple(
        fc.constant(size),
        fc.array(fc.nat(9), { minLength: 4 * size, maxLength: 4 * size }),
      ),
    )
    .chain(([size, table]) => {
      const refs = Array.from({ length: size }, (_, at) => `b${at}`);
      const ref = fc.constantFrom(...refs);
      const names = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 });
      const pair = fc.tuple(ref, ref).filter(([a, b]) => a !== b);
      const linesIn = (branchRef: string, name: string): number =>
        table[refs.indexOf(branchRef) * 4 + NAMES.indexOf(name)]!;
      const most = (count: number): number => (size < 2 ? 0 : count);
      return fc.record({
        branches: fc.tuple(
          ...refs.map((each) =>
            fc.tuple(fc.nat(20), fc.nat(3)).map(([n, date]) => branch(each, { lines: n, date })),
          ),
        ),
        conflicts: fc.uniqueArray(
          fc.tuple(pair, names).map(([[a, b], shared]): OrderConflict => {
            const files = shared.map((name) => file(name, [linesIn(a, name), linesIn(b, name)]));
            return { a, b, hunks: 1, files };
          }),
          { maxLength: most(2 * size), selector: ({ a, b }) => [a, b].sort().join() },
        ),
        after: fc.array(
          pair.map(([a, b]) => (a < b ? after(b, a) : after(a, b, 'stacked'))),
          { maxLength: most(Math.ceil(size / 2)) },
        ),
        combinations: fc.array(
          fc
            .tuple(
              fc.uniqueArray(ref, { minLength: 1, maxLength: 3 }),
              ref,
              fc.constantFrom(...NAMES),
            )
            .filter(([earlier, later]) => !earlier.includes(later))
            .map(([earlier, later, name]): OrderCombination => {
              return { earlier, later, files: [{ ...file(name), lines: linesIn(later, name) }] };
            }),
          { maxLength: most(2) },
        ),
      });
    });

/** Problems that pairs say little about: every conflict has its own file, and combinations abound. */
export const tangles = (sizes: { min: number; max: number }): fc.Arbitrary<OrderProblem> =>
  fc.integer(sizes).chain((size) => {
    const ref = fc.nat(size - 1).map((at) => `b${at}`);
    const pair = fc.tuple(ref, ref).filter(([a, b]) => a !== b);
    const lines = fc.integer({ min: 1, max: 30 });
    const refs = Array.from({ length: size }, (_, at) => `b${at}`);
    return fc.record({
      branches: fc.constant(refs.map((each, date) => branch(each, { date }))),
      conflicts: fc.uniqueArray(
        fc.tuple(pair, lines, lines).map(([[a, b], x, y]) => {
          return conflict(a, b, file(`${a}-${b}`, [x, y]));
        }),
        { minLength: size, maxLength: 3 * size, selector: ({ a, b }) => [a, b].sort().join() },
      ),
      after: fc.array(
        pair.map(([a, b]) => (a < b ? after(b, a) : after(a, b))),
        { maxLength: 2 },
      ),
      combinations: fc.array(
        fc
          .tuple(fc.uniqueArray(ref, { minLength: 2, maxLength: 3 }), ref, lines)
          .filter(([earlier, later]) => !earlier.includes(later))
          .map(([earlier, later, n]): OrderCombination => {
            return { earlier, later, files: [{ ...file(`${earlier.join()}-${later}`), lines: n }] };
          }),
        { maxLength: 5 },
      ),
    });
  });
