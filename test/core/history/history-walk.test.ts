import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryWalk } from '../../../src/core/history/history-walk.ts';

/** Parents by commit; commits are numbers, and a parent is always smaller. */
type Graph = readonly (readonly number[])[];

const graph = fc
  .array(fc.array(fc.nat(), { maxLength: 2 }), { minLength: 1, maxLength: 25 })
  .map((wanted): Graph =>
    wanted.map((parents, commit) => [
      ...new Set(commit === 0 ? [] : parents.map((parent) => parent % commit)),
    ]),
  );

function ancestors(of: Graph, commit: number): Set<number> {
  const found = new Set<number>();
  const work = [commit];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    work.push(...of[next]!);
  }
  return found;
}

/** Walks newest first, as git does, in an order that may break ties and clocks. */
function walk(of: Graph, base: number, tips: readonly number[]): HistoryWalk {
  const history = new HistoryWalk(String(base), tips.map(String));
  const seen = new Set([base, ...tips].flatMap((commit) => [...ancestors(of, commit)]));
  for (const commit of [...seen].sort((a, b) => b - a))
    if (history.visit(String(commit), of[commit]!.map(String)) === 'enough') break;
  return history;
}

describe('the history of a fleet', () => {
  it('is what asking for each branch alone would say', () => {
    const fleets = graph.chain((of) =>
      fc.record({
        of: fc.constant(of),
        base: fc.nat(of.length - 1),
        tips: fc.array(fc.nat(of.length - 1), { minLength: 1, maxLength: 40 }),
      }),
    );
    fc.assert(
      fc.property(fleets, ({ of, base, tips }) => {
        const found = walk(of, base, tips).result();
        const below = ancestors(of, base);
        const own = tips.map((tip) => ancestors(of, tip));
        for (const [at, tip] of found.tips.entries()) {
          const common = [...own[at]!].filter((commit) => below.has(commit));
          const best = common.filter(
            (commit) =>
              !common.some((other) => other !== commit && ancestors(of, other).has(commit)),
          );
          expect(tip.mergeBases.map(Number).sort()).toEqual(best.sort());
          expect(tip.ahead).toBe([...own[at]!].filter((commit) => !below.has(commit)).length);
          expect(tip.behind).toBe([...below].filter((commit) => !own[at]!.has(commit)).length);
        }
        const stacked: string[] = [];
        const related: string[] = [];
        for (const [a, one] of tips.entries())
          for (const [b, other] of tips.entries()) {
            if (one === other || below.has(one)) continue;
            if (own[b]!.has(one)) stacked.push(`${a} ${b}`);
            const shared = [...own[a]!].some((commit) => own[b]!.has(commit) && !below.has(commit));
            const kin = own[a]!.has(other) || own[b]!.has(one);
            if (a < b && shared && !kin) related.push(`${a} ${b}`);
          }
        expect(found.stacked.map((pair) => pair.join(' ')).sort()).toEqual(stacked.sort());
        expect(found.related.map((pair) => pair.join(' ')).sort()).toEqual(related.sort());
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('stops as soon as nothing more can be learnt', () => {
    const history = new HistoryWalk('c', ['d']);
    // The base itself is all that is left, and everyone has it.
    expect(history.visit('d', ['c'])).toBe('enough');
    expect(history.result().tips).toEqual([{ ahead: 1, behind: 0, mergeBases: ['c'] }]);
  });

  it('sets right what was seen too early: a commit older by the clock than its parent', () => {
    const history = new HistoryWalk('base', ['tip']);
    history.visit('base', ['old']);
    history.visit('old', ['root']);
    history.visit('root', []);
    history.visit('tip', ['old']);
    expect(history.result().tips).toEqual([{ ahead: 1, behind: 1, mergeBases: ['old'] }]);
  });

  it('tells a fork point from its own ancestors, where both were merged without fast-forward', () => {
    const history = new HistoryWalk('base', ['tip']);
    expect(history.visit('tip', ['root', 'topic'])).toBe('more');
    expect(history.visit('base', ['root', 'topic'])).toBe('more');
    expect(history.visit('topic', ['root'])).toBe('more');
    expect(history.visit('root', [])).toBe('enough');
    expect(history.result().tips).toEqual([{ ahead: 1, behind: 1, mergeBases: ['topic'] }]);
  });

  it('names what it still needs, and who does', () => {
    const history = new HistoryWalk('base', ['one', 'two']);
    history.visit('one', ['x']);
    history.visit('base', ['root']);
    expect(history.frontier().sort()).toEqual(['root', 'two', 'x']);
    expect(history.reaching('x')).toEqual({ base: false, tips: [0] });
    expect(history.reaching('root')).toEqual({ base: true, tips: [] });
  });
});
