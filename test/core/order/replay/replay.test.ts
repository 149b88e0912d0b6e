import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  ProbeOutcome,
  ForeseenLanding,
  ProbeRequest,
} from '../../../../src/core/order/replay/probe.ts';
import { replayedOrderOf, type ReplayOptions } from '../../../../src/core/order/replay/replay.ts';
import type {
  OrderCombination,
  OrderData,
  OrderProblem,
} from '../../../../src/domain/reports/order.ts';
import { after, conflict, file, problem, problems } from '../support.ts';

/** What git would say, as a table: each entry conflicts once all of `earlier` have landed. */
type World = readonly OrderCombination[];

const combination = (later: string, ...earlier: string[]): OrderCombination => ({
  earlier,
  later,
  files: [{ ...file('f'), lines: 4 }],
});

/** Everything a problem knows, as a table. */
const worldOf = ({ conflicts, combinations }: OrderProblem): World => [
  ...combinations,
  ...conflicts.flatMap(({ a, b }) => [combination(a, b), combination(b, a)]),
];

function merge(world: World, { landed, next }: ProbeRequest): ProbeOutcome {
  const failing = world.find(
    ({ earlier, later }) => later === next && earlier.every((ref) => landed.includes(ref)),
  );
  return failing ? { clean: false, files: failing.files } : { clean: true };
}

const everyPair = ({ branches }: OrderProblem): [string, string][] =>
  branches.flatMap(({ ref }, at) =>
    branches.slice(at + 1).map((other): [string, string] => [ref, other.ref]),
  );

/** Replays against a world, and keeps what was asked in each round. */
function replay(fleet: OrderProblem, world: World, options: Partial<ReplayOptions> = {}) {
  const rounds: (readonly ProbeRequest[])[] = [];
  const ahead: (readonly ForeseenLanding[])[] = [];
  const running = replayedOrderOf(fleet, 'merge', { touching: everyPair(fleet), ...options });
  let step = running.next();
  while (!step.done) {
    rounds.push(step.value.map(({ landed, next }) => ({ landed, next })));
    ahead.push(...step.value.flatMap(({ foreseen }) => (foreseen ? [foreseen] : [])));
    step = running.next(step.value.map((request) => merge(world, request)));
  }
  if (!step.value.ok) throw new Error('a cycle');
  const data: OrderData = step.value.value;
  const outcomes = data.replay!.steps.map(({ ref, outcome, because }) =>
    [ref, outcome, ...because].join(' '),
  );
  return { data, rounds, outcomes, ahead };
}

describe('a replay', () => {
  it('of three branches that only two can precede finds an order for all', () => {
    // One renames a file and rewrites its head, one rewrites its middle, one edits its end: any two
    // merge, but after both the rename is no longer seen and the third meets a deleted file.
    const { data, outcomes } = replay(problem(['rename', 'rewrite', 'edit']), [
      combination('edit', 'rename', 'rewrite'),
    ]);
    expect(data.waves).toEqual([['edit', 'rename'], ['rewrite']]);
    expect(data.cost).toEqual({ branches: 0, lines: 0 });
    expect(data.combinations).toEqual([combination('edit', 'rename', 'rewrite')]);
    expect(outcomes).toEqual(['edit landed', 'rename landed', 'rewrite landed']);
    expect(data.replay).toMatchObject({ complete: true });
    expect(data.order[2]!.reason).toBe('lands third: landing earlier would make edit conflict');
  });

  it('asks for a whole group at once when looking for one, two or three culprits', () => {
    const names = ['a', 'b', 'c', 'd', 'late'];
    const fleet = problem(names, { after: names.slice(0, 4).map((each) => after('late', each)) });
    const { data, rounds } = replay(fleet, [combination('late', 'a', 'b', 'd')]);
    expect(data.combinations).toEqual([combination('late', 'a', 'b', 'd')]);
    expect(data.cost).toEqual({ branches: 1, lines: 4 });
    const looking = [1, 1, 1, 1, 4, 6, 4];
    expect(rounds.map((round) => round.length).slice(0, 7)).toEqual(looking);
  });

  it('shrinks a culprit of more than three until none of it can be left out', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'late'];
    const fleet = problem(names, { after: names.slice(0, 5).map((each) => after('late', each)) });
    const { data } = replay(fleet, [combination('late', 'a', 'b', 'd', 'e')]);
    expect(data.combinations).toEqual([combination('late', 'a', 'b', 'd', 'e')]);
  });

  it('suspects branches that share a path first, and others when it is none of them', () => {
    const fleet = problem(['a', 'b', 'late'], { after: [after('late', 'a'), after('late', 'b')] });
    const touching = [
      ['a', 'b'],
      ['b', 'late'],
    ] as const;
    const { data } = replay(fleet, [combination('late', 'a')], { touching });
    expect(data.combinations).toEqual([combination('late', 'a')]);
  });

  it('says that a pair conflicts whichever goes first when both ways do', () => {
    const { data, outcomes } = replay(problem(['a', 'b']), [
      combination('a', 'b'),
      combination('b', 'a'),
    ]);
    expect(data.combinations).toEqual([combination('a', 'b'), combination('b', 'a')]);
    expect(data.cost.branches).toBe(1);
    expect(outcomes).toEqual(['a landed', 'b conflict a']);
  });

  it('lets the one that only conflicts as the later go first', () => {
    const { data, outcomes } = replay(problem(['a', 'b']), [combination('b', 'a')]);
    expect(data.cost.branches).toBe(0);
    expect(outcomes).toEqual(['b landed', 'a landed']);
  });

  it('says with each question of an order what will be asked after it', () => {
    const fleet = problem(['a', 'b', 'late'], { after: [after('late', 'a'), after('late', 'b')] });
    const { ahead } = replay(fleet, [combination('late', 'a')]);
    const order = ['a', 'b', 'late'].map((ref) => ({ ref, lands: true }));
    expect(ahead[0]).toEqual(order);
    // The next question of the same order names the same list, so that it is prepared once.
    expect(ahead[1]).toBe(ahead[0]);
  });

  it('asks nothing about branches that meet no other, and about separate groups in one round', () => {
    const fleet = problem(['a1', 'a2', 'b1', 'b2', 'alone']);
    const touching = [
      ['a1', 'a2'],
      ['b1', 'b2'],
    ] as const;
    const { rounds, outcomes } = replay(fleet, [], { touching });
    expect(rounds).toEqual([
      [
        { landed: ['a1'], next: 'a2' },
        { landed: ['b1'], next: 'b2' },
      ],
    ]);
    expect(outcomes).toHaveLength(5);
  });

  it.each<{ name: string; fleet: OrderProblem; world: World; outcomes: string[] }>([
    {
      name: 'conflict: stopped, as said',
      fleet: problem(['a', 'b'], { conflicts: [conflict('a', 'b')] }),
      world: [combination('b', 'a')],
      outcomes: ['a landed', 'b conflict a'],
    },
    {
      name: 'vanished: landed although a conflict was said',
      fleet: problem(['a', 'b'], { conflicts: [conflict('a', 'b')] }),
      world: [],
      outcomes: ['a landed', 'b vanished a'],
    },
    {
      name: 'unseen: it conflicts with one that was set aside',
      fleet: problem(['a', 'b', 'c'], {
        conflicts: [conflict('a', 'b'), conflict('b', 'c')],
        after: [after('b', 'a'), after('c', 'b', 'stacked')],
      }),
      world: [combination('b', 'a'), combination('c', 'b')],
      outcomes: ['a landed', 'b conflict a', 'c unseen b'],
    },
    {
      name: 'blocked: it would land, and is declared to come after one that was set aside',
      fleet: problem(['a', 'b', 'c'], {
        conflicts: [conflict('a', 'b', file('f', [9, 1]))],
        after: [after('c', 'b')],
      }),
      world: [combination('b', 'a')],
      outcomes: ['a landed', 'b conflict a', 'c blocked b'],
    },
    {
      name: 'blocked: what it comes after was set aside',
      fleet: problem(['a', 'b', 'c'], {
        conflicts: [conflict('a', 'b', file('f', [9, 1]))],
        after: [after('c', 'b', 'stacked')],
      }),
      world: [combination('b', 'a'), combination('c', 'a')],
      outcomes: ['a landed', 'b conflict a', 'c blocked b'],
    },
  ])('$name', ({ fleet, world, outcomes }) => {
    expect(replay(fleet, world).outcomes).toEqual(outcomes);
  });

  it('finds what conflicts in another order of a wave than the one it gives', () => {
    const fleet = problem(['a', 'b', 'c']);
    const { data } = replay(fleet, [combination('a', 'b', 'c')]);
    expect(data.combinations).toEqual([combination('a', 'b', 'c')]);
    expect(data.waves).toEqual([['a', 'b'], ['c']]);
    expect(data.anyOrder).toEqual([true, true]);
    expect(data.cost.branches).toBe(0);
  });

  it('says that a wave lands in any order only where that was tried', () => {
    const fleet = problem(['a', 'b', 'c', 'd']);
    expect(replay(fleet, []).data.anyOrder).toEqual([true]);
    expect(replay(fleet, [], { probes: 3 }).data).toMatchObject({ anyOrder: [false] });
  });

  it('does not say that no order is cheaper where git found less to redo', () => {
    const fleet = problem(['a', 'b'], { conflicts: [conflict('a', 'b')] });
    const { data } = replay(fleet, []);
    expect(data).toMatchObject({ cost: { branches: 0, lines: 0 }, optimal: false });
    expect(data.order.map(({ outcome }) => outcome)).toEqual(['clean', 'clean']);
    expect(replay(fleet, [combination('b', 'a')]).data.optimal).toBe(true);
  });

  it('stops at its budget and does not call that a whole replay', () => {
    const fleet = problem(['a', 'b', 'c', 'd']);
    const { data, rounds } = replay(fleet, [], { probes: 2 });
    expect(rounds.flat()).toHaveLength(2);
    expect(data.replay).toMatchObject({ complete: false, probes: 2 });
    expect(data.replay!.steps.map(({ ref }) => ref)).toEqual(['a', 'b', 'c']);
  });

  it('of dependencies that form a cycle is the cycle', () => {
    const fleet = problem(['a', 'b'], { after: [after('a', 'b'), after('b', 'a')] });
    const step = replayedOrderOf(fleet, 'merge', { touching: [] }).next();
    expect(step).toMatchObject({ done: true, value: { ok: false, error: { kind: 'cycle' } } });
  });
});

describe('against any table of conflicts', () => {
  it('what was said is what happens, and every combination found is real and minimal', () => {
    fc.assert(
      fc.property(problems({ min: 2, max: 8 }), (truth) => {
        const world = worldOf(truth);
        const { data } = replay({ ...truth, combinations: [] }, world, { probes: 1e6 });
        const steps = data.replay!.steps;
        expect(data.replay!.complete).toBe(true);
        expect(steps.map(({ ref }) => ref)).toEqual(data.order.map(({ ref }) => ref));
        const landed: string[] = [];
        steps.forEach(({ ref, outcome }, at) => {
          const happened = merge(world, { landed, next: ref });
          if (outcome === 'landed') expect(happened.clean).toBe(true);
          if (outcome === 'landed') expect(data.order[at]!.outcome).toBe('clean');
          if (outcome === 'conflict') expect(data.order[at]!.outcome).toBe('rework');
          if (outcome !== 'blocked') expect(happened.clean).toBe(outcome !== 'conflict');
          if (outcome === 'landed' || outcome === 'vanished') landed.push(ref);
        });
        for (const { earlier, later } of data.combinations) {
          expect(merge(world, { landed: earlier, next: later }).clean).toBe(false);
          for (const one of earlier) {
            const rest = earlier.filter((ref) => ref !== one);
            expect(merge(world, { landed: rest, next: later }).clean).toBe(true);
          }
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('never asks more than it may', () => {
    fc.assert(
      fc.property(problems({ min: 2, max: 8 }), fc.nat(30), (truth, probes) => {
        const fleet = { ...truth, combinations: [] };
        const { data, rounds } = replay(fleet, worldOf(truth), { probes });
        expect(rounds.flat().length).toBeLessThanOrEqual(probes);
        expect(data.replay!.probes).toBe(rounds.flat().length);
        expect(rounds.every((round) => round.length > 0)).toBe(true);
        const asked = rounds.flat().map((request) => JSON.stringify(request));
        expect(new Set(asked).size).toBe(asked.length);
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});
