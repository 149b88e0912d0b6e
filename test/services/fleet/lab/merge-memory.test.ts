import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MergeMemory } from '../../../../src/services/fleet/lab/merge-memory.ts';
import { hostIn } from '../../../support/host.ts';
import { scratchDirectory, TestRepository } from '../../../support/repository.ts';

const host = hostIn(TestRepository.create());
const CHUNK = 'x'.repeat(100_000);

/** One run that stores ten values of 100 kB. */
function run(directory: string, at: number): void {
  const memory = new MergeMemory({ ...host, now: () => at }, directory);
  for (let value = 0; value < 10; value += 1) memory.store(`${at} ${value}`, `${value}${CHUNK}`);
  memory.save();
}

const recall = (directory: string, name: string): unknown =>
  new MergeMemory(host, directory).recall(name);

describe('the memory of merges', () => {
  it('gives back what was stored, in another run', () => {
    const directory = scratchDirectory();
    const memory = new MergeMemory(host, directory);
    const value = { path: 'ä\n\u{dc80}"', lines: [[1, 2]], none: null };
    memory.store('name', value);
    expect(memory.recall('name')).toEqual(value);
    expect(recall(directory, 'name')).toBeUndefined();
    memory.save();
    expect(recall(directory, 'name')).toEqual(value);
    expect(recall(directory, 'other')).toBeUndefined();
  });

  it('forgets what was of no use for the longest time, never what this run used', () => {
    const directory = scratchDirectory();
    for (let at = 1; at <= 12; at += 1) run(directory, at);
    expect(statSync(`${directory}/bailiwick/overlap-cache`).size).toBeLessThan(9_200_000);
    expect(recall(directory, '12 0')).toBe(`0${CHUNK}`);
    expect(recall(directory, '1 0')).toBeUndefined();
    const memory = new MergeMemory({ ...host, now: () => 100 }, directory);
    for (let value = 0; value < 100; value += 1) memory.store(`big ${value}`, CHUNK);
    memory.save();
    expect(recall(directory, 'big 0')).toBe(CHUNK);
    expect(recall(directory, 'big 99')).toBe(CHUNK);
  });

  it('takes over what others stored meanwhile', () => {
    const directory = scratchDirectory();
    const [one, other] = [new MergeMemory(host, directory), new MergeMemory(host, directory)];
    one.store('one', 1);
    other.store('other', 2);
    one.save();
    other.save();
    expect(recall(directory, 'one')).toBe(1);
    expect(recall(directory, 'other')).toBe(2);
  });
});
