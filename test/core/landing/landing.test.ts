import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterEvent, MOST_ROUNDS } from '../../../src/core/landing/after-event.ts';
import { landingFindings } from '../../../src/core/landing/findings.ts';
import { nextAct } from '../../../src/core/landing/next-act.ts';
import { journalOf, reread, statesOf, type Truth, World } from './world.ts';

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `b${String(at).padStart(3, '0')}`);

/** Red as soon as all of one of these sets are on the base. */
const redWith =
  (...sets: readonly (readonly string[])[]) =>
  (landed: readonly string[]): boolean =>
    sets.some((set) => set.length > 0 && set.every((name) => landed.includes(name)));

const truths: fc.Arbitrary<Truth & { culprits: readonly (readonly string[])[] }> = fc
  .integer({ min: 1, max: 24 })
  .chain((count) => {
    const all = names(count);
    const some = fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 3 });
    return fc.record({
      branches: fc.constant(all),
      culprits: fc.array(some, { maxLength: 3 }),
      conflicts: fc
        .uniqueArray(fc.constantFrom(...all), { maxLength: 3 })
        .map((few) => new Set(few)),
      after: fc
        .array(fc.tuple(fc.constantFrom(...all), fc.constantFrom(...all)), { maxLength: 4 })
        .map((pairs) => new Map(pairs.filter(([a, b]) => a < b).map(([a, b]) => [b, [a]]))),
    });
  })
  .map((truth) => ({ ...truth, isRed: redWith(...truth.culprits) }));
const batches = fc.integer({ min: 1, max: 24 });

describe('a landing', () => {
  it('lands everything where nothing fails, with one run besides that of the base', () => {
    const world = new World({ branches: names(40), isRed: () => false });
    const end = world.run(journalOf(world.truth));
    expect([end.end, end.runs, world.base]).toEqual(['done', 2, names(40)]);
  });

  it('47 tries nothing where the base itself is red', () => {
    const world = new World({ branches: names(3), isRed: () => true });
    const end = world.run(journalOf(world.truth));
    expect([end.end, end.runs, end.search.red?.words]).toEqual([
      'base-red',
      2,
      'fails with nothing',
    ]);
    expect(world.base).toEqual([]);
  });

  it('76 finds one culprit among n in 2 + ⌈log2 n⌉ runs, wherever it is', () => {
    for (const count of [1, 2, 3, 4, 7, 8, 33, 40]) {
      const all = names(count);
      for (const culprit of all) {
        const world = new World({ branches: all, isRed: redWith([culprit]) });
        const { runs } = world.run(journalOf(world.truth));
        expect(world.base).toEqual(all.filter((name) => name !== culprit));
        expect(runs - 1, `${culprit} of ${count}`).toBeLessThanOrEqual(
          2 + Math.ceil(Math.log2(count)),
        );
      }
    }
  });

  it('runs what must hold at the end once, on what the base then is; nothing is taken back', () => {
    for (const isGood of [true, false]) {
      const isRed = (names: readonly string[]): boolean => !isGood && names.includes('after');
      const world = new World({ branches: names(3), isRed });
      const end = world.run(
        journalOf(world.truth, { after: { state: 'due', words: '' }, batch: 1 }),
      );
      expect([end.end, end.after?.state]).toEqual(['done', isGood ? 'passed' : 'red']);
      expect([world.base, world.checks]).toEqual([names(3), [world.baseCommit]]);
      expect(landingFindings(end).map(({ code }) => code)).toEqual(isGood ? [] : ['base-red']);
    }
    const none = new World({ branches: names(2), isRed: () => true });
    const { end, after } = none.run(journalOf(none.truth, { after: { state: 'due', words: '' } }));
    expect([end, after?.state, none.checks]).toEqual(['base-red', 'due', []]);
  });

  it('51, 52 finds what fails only together: the last of them leaves', () => {
    for (const set of [
      ['b001', 'b004'],
      ['b000', 'b002', 'b006'],
    ]) {
      const world = new World({ branches: names(8), isRed: redWith(set) });
      const end = world.run(journalOf(world.truth));
      expect(world.base).toEqual(names(8).filter((name) => name !== set.at(-1)));
      expect(statesOf(end)).toContain(`${set.at(-1)} red`);
    }
  });

  it('53 believes no single red run: what is green the next time lands', () => {
    const truth = { branches: names(4), isRed: () => false, flaky: 'b002' };
    for (const batch of [1, 4]) {
      const world = new World(truth);
      const end = world.run(journalOf(truth, { batch }));
      expect([end.end, world.base]).toEqual(['done', names(4)]);
      const hasty = new World(truth);
      hasty.run(journalOf(truth, { batch, retries: 0 }));
      expect(hasty.base.length).toBe(3);
    }
  });

  it('lands 40 branches with one culprit, a pair and a flaky one in at most 14 runs besides the base', () => {
    const all = names(40);
    const most = { runs: 0 };
    const places = fc.uniqueArray(fc.constantFrom(...all), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(places, ([one, two, three, flaky = '']) => {
        const truth = { branches: all, isRed: redWith([one!], [two!, three!]), flaky };
        const world = new World(truth);
        const end = world.run(journalOf(truth));
        most.runs = Math.max(most.runs, end.runs - 1);
        const later = [two!, three!].sort()[1]!;
        expect(world.base).toEqual(all.filter((name) => name !== one && name !== later));
      }),
      { numRuns: 60 },
    );
    expect(most.runs).toBeLessThanOrEqual(14);
  });

  it('54 lands nothing where every branch is red by itself', () => {
    const all = names(5);
    const world = new World({ branches: all, isRed: redWith(...all.map((name) => [name])) });
    const end = world.run(journalOf(world.truth));
    expect([end.end, world.base]).toEqual(['done', []]);
    expect(statesOf(end)).toEqual(all.map((name) => `${name} red`));
  });

  it('56 what comes after a culprit leaves with it, and nothing else', () => {
    const after = new Map([
      ['b002', ['b001']],
      ['b003', ['b002']],
    ]);
    const world = new World({ branches: names(5), isRed: redWith(['b001']), after });
    const end = world.run(journalOf(world.truth));
    expect(world.base).toEqual(['b000', 'b004']);
    expect(statesOf(end).slice(1, 4)).toEqual(['b001 red', 'b002 after', 'b003 after']);
  });

  it('what goes only together lands in one move of the base, or not at all', () => {
    const together = new Map([
      ['b001', ['b002']],
      ['b002', ['b001']],
    ]);
    // Red for either alone, as for a caller without its signature.
    const half = (on: readonly string[]): boolean => on.includes('b001') !== on.includes('b002');
    const good = { branches: names(4), isRed: half, together };
    for (const batch of [1, 2, 4]) {
      const world = new World(good);
      expect(world.run(journalOf(good, { batch })).end).toBe('done');
      expect(world.base).toEqual(names(4));
    }
    const bad = { ...good, isRed: (on: readonly string[]) => half(on) || on.includes('b002') };
    for (const truth of [bad, { ...good, conflicts: new Set(['b002']) }])
      for (const batch of [1, 4]) {
        const world = new World(truth);
        world.run(journalOf(truth, { batch }));
        expect(world.base).toEqual(['b000', 'b003']);
      }
    const end = new World(bad).run(journalOf(bad));
    expect(end.steps[1]!.left).toEqual({ why: 'red', words: 'fails with b002' });
  });

  it('48 is built and validated anew when the base moves meanwhile, a few times', () => {
    const world = new World({ branches: names(3), isRed: () => false });
    let journal = journalOf(world.truth);
    for (let round = 0; round <= MOST_ROUNDS; round += 1) {
      while (nextAct(journal).kind !== 'publish')
        journal = afterEvent(journal, world.perform(journal)!);
      world.base = [...world.base, `other${round}`];
      const before = world.validations;
      journal = afterEvent(journal, world.perform(journal)!);
      if (round === 0) {
        while (nextAct(journal).kind !== 'publish')
          journal = afterEvent(journal, world.perform(journal)!);
        expect(world.validations - before).toBe(2);
      }
    }
    expect([journal.end, world.base.length]).toEqual(['overtaken', MOST_ROUNDS + 1]);
  });

  it('only ever moves the base to what was green, and blames nobody without a reason', () => {
    fc.assert(
      fc.property(truths, batches, (truth, batch) => {
        const world = new World(truth);
        const end = world.run(journalOf(truth, { batch }));
        expect(end.end).toBe('done');
        expect(truth.isRed(world.base)).toBe(false);
        for (const { branch, state, left } of end.steps) {
          expect(world.base.includes(branch)).toBe(state === 'landed');
          if (left?.why === 'red')
            expect(truth.culprits.some((set) => set.includes(branch))).toBe(true);
        }
      }),
    );
  });

  it('comes to the same after a kill at any moment, before or after the deed was written down', () => {
    fc.assert(
      fc.property(truths, batches, fc.nat(60), fc.boolean(), (truth, batch, kill, wasDone) => {
        const straight = new World(truth);
        const end = straight.run(journalOf(truth, { batch }));
        const world = new World(truth);
        let journal = journalOf(truth, { batch });
        for (let turn = 0; turn < kill; turn += 1) {
          const event = world.perform(journal);
          if (event === null) break;
          journal = afterEvent(journal, event);
        }
        // Killed between the deed and its record.
        if (wasDone) world.perform(journal);
        const continued = world.run(reread(journal));
        expect(world.base).toEqual(straight.base);
        expect(statesOf(continued)).toEqual(statesOf(end));
      }),
    );
  });

  it('can be aborted at any moment but while the base moves, and keeps what has landed', () => {
    fc.assert(
      fc.property(truths, batches, fc.nat(60), (truth, batch, kill) => {
        const world = new World(truth);
        let journal = journalOf(truth, { batch });
        for (let turn = 0; turn < kill; turn += 1) {
          const event = world.perform(journal);
          if (event === null) break;
          journal = afterEvent(journal, event);
        }
        const aborted = afterEvent(journal, { kind: 'aborted' });
        if (journal.publishing !== null || journal.end !== null) expect(aborted).toBe(journal);
        else {
          expect(nextAct(aborted)).toEqual({ kind: 'rest' });
          expect(aborted.onto).toBe(world.baseCommit);
        }
      }),
    );
  });
});
