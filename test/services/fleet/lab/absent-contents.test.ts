import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Oid } from '../../../../src/domain/refs.ts';
import {
  AbsentContents,
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

  async make(jobs: readonly Job[]): Promise<void> {
    this.asked.push(jobs.map(({ makes }) => makes.map(named).join('')));
    // Others ask meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
    for (const { makes, needs } of jobs)
      if (needs.every((need) => this.here.has(need)))
        for (const content of makes) this.here.add(content);
  }

  /** @param more what it needs besides, and what is not known beforehand. */
  note(makes: string, needs: string, more = ''): void {
    const job = { makes: [...makes].map(oid), needs: [...needs, ...more].map(oid) };
    const known = { needs: [...needs].map(oid), job, workshop: this };
    const maker: Maker<Job> = more === '' ? known : { ...known, more: () => job.needs };
    for (const content of job.makes) this.contents.note(content, maker);
  }

  provide(...names: string[]): Promise<boolean> {
    return this.contents.provide(names.map(oid), '');
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

  it('are tried again with more where it was not enough what was known to be needed', async () => {
    const bench = new Bench('a');
    bench.note('x', 'a');
    bench.note('y', 'a', 'x');
    bench.note('z', 'a', 'y');
    expect(await bench.provide('z', 'y')).toBe(true);
    expect(bench.asked).toEqual([['z', 'y'], ['x'], ['y'], ['z']]);
  });

  it('are made wherever that is possible, also where some need each other in a circle', async () => {
    const some = fc.string({ unit: fc.constantFrom(...'abcdefghij'), maxLength: 3 });
    const makers = fc.array(fc.record({ makes: some, needs: some, more: some }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(makers, some, some, async (all, here, asked) => {
        const bench = new Bench(...here);
        for (const { makes, needs, more } of all) bench.note(makes, needs, more);
        await bench.provide(...asked);
        const possible = new Set<string>(here);
        const isThere = (name: string): boolean => possible.has(name);
        for (let size = -1; size < possible.size;) {
          size = possible.size;
          for (const name of 'abcdefghij') {
            // The first note counts.
            const maker = all.find(
              ({ makes, needs }) => makes.includes(name) && !needs.includes(name),
            );
            if (maker && [...maker.needs, ...maker.more].every(isThere)) possible.add(name);
          }
        }
        for (const name of [...asked].filter(isThere)) expect(bench.here).toContain(oid(name));
        const { length } = bench.asked;
        await bench.provide(...asked);
        expect(bench.asked).toHaveLength(length);
      }),
      { numRuns: 500, seed: 9 },
    );
  });
});
