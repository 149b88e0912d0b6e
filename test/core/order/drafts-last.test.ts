import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderOf } from '../../../src/core/order/order.ts';
import type { OrderData, OrderProblem } from '../../../src/domain/reports/order.ts';
import { after, conflict, file, problem, problems } from './support.ts';

function solved(fleet: OrderProblem): OrderData {
  const answer = orderOf(fleet, 'merge');
  if (!answer.ok) throw new Error('a cycle');
  return answer.value;
}

const DRAFT_FIRST = {
  conflicts: [conflict('draft', 'ready', file('core.py', [10, 2]))],
  drafts: ['draft'],
};

describe('drafts', () => {
  it('pay for their conflicts themselves, whatever that costs', () => {
    const { order } = solved(problem(['draft', 'ready'], DRAFT_FIRST));
    expect(
      order.map(({ ref, outcome, cost, reason }) => [ref, outcome, cost.lines, reason]),
    ).toEqual([
      [
        'ready',
        'clean',
        0,
        'lands first: core.py conflicts with draft; landing before it costs 10 lines, after it 2',
      ],
      [
        'draft',
        'rework',
        10,
        'lands second: core.py conflicts with ready; landing after it costs 10 lines, before it 2; a draft goes last',
      ],
    ]);
  });

  it('hold back what is stacked on them, which then goes last as well', () => {
    const { order } = solved(
      problem(['draft', 'stacked', 'ready'], {
        ...DRAFT_FIRST,
        conflicts: [conflict('stacked', 'ready', file('core.py', [10, 2]))],
        after: [after('stacked', 'draft', 'stacked')],
      }),
    );
    expect(order.map(({ ref, outcome }) => [ref, outcome])).toEqual([
      ['draft', 'clean'],
      ['ready', 'clean'],
      ['stacked', 'rework'],
    ]);
  });

  it('go behind what would conflict once they have landed, also with others', () => {
    const combination = { earlier: ['draft', 'other'], later: 'ready', files: [] };
    const { order } = solved(
      problem(['draft', 'other', 'ready'], { combinations: [combination], drafts: ['draft'] }),
    );
    expect(order.find(({ ref }) => ref === 'draft')).toMatchObject({
      wave: 2,
      waits: [{ ref: 'ready' }],
    });
  });

  it('change nothing for the others: neither who reworks, nor how much', () => {
    const some = fc.array(fc.nat(8), { maxLength: 4 });
    fc.assert(
      fc.property(problems({ min: 2, max: 9 }), some, (fleet, chosen) => {
        const drafts = new Set(chosen.flatMap((at) => fleet.branches[at]?.ref ?? []));
        for (let size = -1; size < drafts.size;) {
          size = drafts.size;
          for (const { earlier, later } of fleet.after) if (drafts.has(earlier)) drafts.add(later);
        }
        const isReady = (ref: string): boolean => !drafts.has(ref);
        const alone: OrderProblem = {
          branches: fleet.branches.filter(({ ref }) => isReady(ref)),
          conflicts: fleet.conflicts.filter(({ a, b }) => isReady(a) && isReady(b)),
          after: fleet.after.filter(({ earlier, later }) => isReady(earlier) && isReady(later)),
          combinations: fleet.combinations.filter((each) =>
            [...each.earlier, each.later].every(isReady),
          ),
        };
        const paid = ({ order }: OrderData): number[] =>
          order
            .filter(({ ref }) => isReady(ref))
            .reduce(
              ([branches, lines], { cost }) => [branches! + cost.branches, lines! + cost.lines],
              [0, 0],
            );
        expect(paid(solved({ ...fleet, drafts: [...drafts] }))).toEqual(paid(solved(alone)));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
