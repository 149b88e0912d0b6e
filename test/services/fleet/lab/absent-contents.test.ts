import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Oid } from '../../../../src/domain/refs.ts';
import {
  AbsentContents,
  type MakingOptions,
  type Maker,
  type Workshop,
} from '../../../../src/services/fleet/lab/absent-contents.ts';

const oid = (name: string): Oid => name.padEnd(40, '0') as Oid;
const named = (content: Oid): string => content.replace(/0+$/, '');

interface Job {
  readonly makes: readonly Oid[];
  readonly needs: readonly Oid[];
}

/** Makes what it is asked for where all that this needs can be read, and writes down what it was asked for. */
class Bench implements Workshop<Job> {
  readonly here = new Set<Oid>();
  readonly asked: string[][] = [];
  readonly contents = new AbsentContents({
    isMade: (content) => this.here.has(content),
    isHere: (content) => Promise.resolve(this.here.has(content)),
  });

  /** @param here what the repository has. */
  constructor(...here: string[]) {
    for (const name of here) this.here.add(oid(name));
  }

  async make(jobs: readonly Job[], options: MakingOptions): Promise<void> {
    expect(options.busy!.size).toBeGreaterThan(0);
    this.asked.push(jobs.map(({ makes }) => makes.map(named).join('')));
    // Others ask meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
    for (const { makes, needs } of jobs)
      if (needs.every((need) => this.here.has(need)))
        for (const content of makes) this.here.add(content);
  }

  note(makes: string, needs: string): Maker<Job> {
    const job = { makes: [...makes].map(oid), needs: [...needs].map(oid) };
    const maker = { needs: job.needs, job, workshop: this };
    for (const content of job.makes) this.contents.note(content, maker);
    return maker;
  }

  provide(...names: string[]): Promise<boolean> {
    return this.contents.provide(names.map(oid), { phase: '' });
  }
}

describe('contents that an earlier run made', () => {
  it('come after what they need, and each once', async () => {
    const bench = new Bench('a', 'b');
    bench.note('x', 'ab');
    bench.note('y', 'xa');
    bench.note('z', 'xy');
    bench.note('w', 'b');
    expect(await bench.provide('z', 'x', 'w', 'b')).toBe(true);
    expect(bench.asked).toEqual([['x', 'w'], ['y'], ['z']]);
    expect(await bench.provide('z', 'x', 'y', 'w')).toBe(false);
    expect(bench.asked).toHaveLength(3);
  });

  it('are made as they were noted first, so that nothing needs itself', async () => {
    const bench = new Bench('a', 'b', 'c', 'd');
    bench.note('x', 'ab');
    bench.note('y', 'xc');
    // Taking y back makes x again, but y came of x.
    bench.note('x', 'yd');
    bench.note('w', 'wa');
    await bench.provide('x', 'y', 'w');
    expect(bench.asked).toEqual([['x'], ['y']]);
  });

  it('are not made where they are here already', async () => {
    const bench = new Bench('x', 'd');
    bench.note('x', 'ab');
    bench.note('y', 'xd');
    expect(await bench.provide('y')).toBe(true);
    expect(bench.asked).toEqual([['y']]);
  });

  it('come of one maker where it makes several', async () => {
    const bench = new Bench('a');
    bench.note('x', 'a');
    bench.note('pq', 'x');
    await bench.provide('q', 'p');
    expect(bench.asked).toEqual([['x'], ['pq']]);
  });

  it('count as here when they are made, not before: whoever asks meanwhile waits for them, too', async () => {
    const bench = new Bench('a');
    bench.note('x', 'a');
    const seen = await Promise.all(
      [1, 2].map(async () => (await bench.provide('x'), bench.here.has(oid('x')))),
    );
    expect(seen).toEqual([true, true]);
  });

  it('are tried again once something has come that was lacking, and only then', async () => {
    const bench = new Bench('a');
    bench.note('x', 'na');
    expect(await bench.provide('x')).toBe(false);
    expect(await bench.provide('x')).toBe(false);
    expect(bench.asked).toEqual([['x']]);
    bench.here.add(oid('n'));
    expect(await bench.provide('x')).toBe(true);
    expect(bench.here).toContain(oid('x'));
  });

  it('are tried again once it is known who makes what was lacking, and by somebody else', async () => {
    const bench = new Bench('a');
    bench.note('x', 'na');
    bench.note('y', 'm');
    await bench.provide('x', 'y');
    bench.note('n', 'a');
    bench.note('y', 'a');
    expect(await bench.provide('x', 'y')).toBe(true);
    expect(bench.asked).toEqual([['x', 'y'], ['n', 'y'], ['x']]);
  });

  it('are asked of nobody who waits for them', async () => {
    const bench = new Bench('a');
    const maker = bench.note('x', 'a');
    const busy = new Set([maker]);
    expect(await bench.contents.provide([oid('x')], { phase: '', busy })).toBe(false);
    expect(bench.asked).toEqual([]);
  });

  it('are made once each, also where some need each other in a circle', async () => {
    const some = fc.string({ unit: fc.constantFrom(...'abcdefghij'), maxLength: 3 });
    const makers = fc.array(fc.record({ makes: some, needs: some }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(makers, some, some, async (all, here, asked) => {
        const bench = new Bench(...here);
        for (const { makes, needs } of all) bench.note(makes, needs);
        await bench.provide(...asked);
        const jobs = bench.asked.flat();
        expect(jobs.length).toBeLessThanOrEqual(all.length);
        await bench.provide(...asked);
        expect(bench.asked.flat()).toEqual(jobs);
      }),
      { numRuns: 500, seed: 9 },
    );
  });
});
