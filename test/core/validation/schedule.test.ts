import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MachineFacts, machineRoom } from '../../../src/core/validation/machine-room.ts';
import { type Claim, schedule } from '../../../src/core/validation/schedule.ts';
import type { Capacity, Needs } from '../../../src/domain/validation.ts';

const needs = fc.record<Needs>({
  cpus: fc.integer({ min: 1, max: 6 }),
  memory: fc.integer({ min: 0, max: 12 }),
  exclusive: fc.uniqueArray(fc.constantFrom('docker', 'gpu', 'port'), { maxLength: 2 }),
});
const capacity = fc.record<Capacity>({
  cpus: fc.integer({ min: 1, max: 8 }),
  memory: fc.integer({ min: 0, max: 16 }),
});
const wanted = fc.array(fc.record({ needs, alone: fc.boolean() }), { minLength: 1, maxLength: 20 });
/** Whether one comes or one ends next, and which. */
const events = fc.array(fc.nat(40), { maxLength: 120 });

const begin = (room: Capacity, claims: readonly Claim[]): Claim[] =>
  schedule(room, claims).map((waits, at) => ({ ...claims[at]!, begun: waits === null }));

/** Plays arrivals and ends in any order, and looks at what runs after each. */
function play(
  room: Capacity,
  all: readonly Pick<Claim, 'alone' | 'needs'>[],
  order: readonly number[],
  look: (running: readonly Claim[], claims: readonly Claim[]) => void,
): Claim[] {
  const coming = all.map((claim): Claim => ({ ...claim, begun: false }));
  let here: Claim[] = [];
  for (const each of order) {
    const running = here.filter(({ begun }) => begun);
    if (each % 2 === 0 && coming.length > 0) here = [...here, coming.shift()!];
    else if (running.length > 0) {
      const ended = running[each % running.length];
      here = here.filter((claim) => claim !== ended);
    }
    here = begin(room, here);
    look(
      here.filter(({ begun }) => begun),
      here,
    );
  }
  return here;
}

describe('what runs side by side', () => {
  it('is never more than the machine has, but for one that needs more than all of it', () => {
    fc.assert(
      fc.property(capacity, wanted, events, (room, all, order) => {
        play(room, all, order, (running) => {
          if (running.length < 2) return;
          const sum = (of: keyof Capacity) => running.reduce((n, claim) => n + claim.needs[of], 0);
          expect(sum('cpus')).toBeLessThanOrEqual(room.cpus);
          expect(sum('memory')).toBeLessThanOrEqual(room.memory);
        });
      }),
    );
  });

  it('has what only one may use once, and nothing beside what is to be alone', () => {
    fc.assert(
      fc.property(capacity, wanted, events, (room, all, order) => {
        play(room, all, order, (running) => {
          const names = running.flatMap((claim) => claim.needs.exclusive);
          expect(new Set(names).size).toBe(names.length);
          if (running.some(({ alone }) => alone)) expect(running).toHaveLength(1);
        });
      }),
    );
  });

  it('waits for nobody who came later, and begins when those before it have ended', () => {
    fc.assert(
      fc.property(capacity, wanted, events, (room, all, order) => {
        const left = play(room, all, order, (_running, claims) => {
          // The first of all always runs.
          if (claims.length > 0) expect(claims[0]!.begun).toBe(true);
        });
        // However many come behind them, what is here is served in as many ends as there are before.
        let here = left;
        const late = { needs: { cpus: 1, memory: 0, exclusive: [] }, alone: false, begun: false };
        for (const target of left) {
          const at = left.indexOf(target);
          for (let ends = 0; ends < at; ends += 1) here = begin(room, [...here.slice(1), late]);
          expect(here[0]).toMatchObject({ needs: target.needs, begun: true });
          here = left.map((claim) => ({ ...claim }));
        }
      }),
    );
  });

  it('leaves nothing idle that the next in line could use', () => {
    const two = { cpus: 2, memory: 10 };
    const claim = (more: Partial<Needs>, begun = false, alone = false): Claim => ({
      needs: { cpus: 1, memory: 0, exclusive: [], ...more },
      alone,
      begun,
    });
    expect(schedule(two, [claim({}), claim({}), claim({})])).toEqual([null, null, 'cpus']);
    expect(schedule(two, [claim({ memory: 6 }, true), claim({ memory: 6 })])[1]).toBe('memory');
    const docker = { exclusive: ['docker'] };
    expect(schedule(two, [claim(docker, true), claim(docker)])[1]).toBe('exclusive');
    expect(schedule(two, [claim({ cpus: 64 })])).toEqual([null]);
    expect(schedule(two, [claim({}, true), claim({}, false, true), claim({})])).toEqual([
      null,
      'alone',
      'alone',
    ]);
  });
});

describe('the room of a machine', () => {
  const facts: MachineFacts = { cpus: 8, available: 6000, total: 10_000, groups: [] };
  const group = (
    cpuMax: string | null,
    memoryMax: string | null,
    memoryCurrent = '100',
    memoryStat: string | null = null,
  ) => ({
    cpuMax,
    memoryMax,
    memoryCurrent,
    memoryStat,
  });
  it.each<[string, MachineFacts['groups'], number, Capacity]>([
    ['has a reserve', [], 0, { cpus: 8, memory: 5000 }],
    ['counts what runs already', [], 700, { cpus: 8, memory: 5700 }],
    [
      'is that of a control group',
      [group('150000 100000\n', '2000\n')],
      0,
      { cpus: 1.5, memory: 1700 },
    ],
    [
      'is that of the tightest one',
      [group('max 100000', '3000'), group('400000 100000', 'max')],
      0,
      { cpus: 4, memory: 2600 },
    ],
    [
      'is not that of a group without a limit',
      [group('max 100000', 'max'), group(null, null)],
      0,
      { cpus: 8, memory: 5000 },
    ],
    [
      'counts what is only kept of files as free',
      [group(null, '2000', '1500', 'anon 100\ninactive_file 1200\nactive_file 100\n')],
      0,
      { cpus: 8, memory: 1500 },
    ],
    ['is never less than nothing', [group(null, '50')], 0, { cpus: 8, memory: 0 }],
    ['does not believe what cannot be', [group('1 0', '-5')], 0, { cpus: 8, memory: 5000 }],
  ])('%s', (_what, groups, used, room) => {
    expect(machineRoom({ ...facts, groups }, used)).toEqual(room);
  });
});
