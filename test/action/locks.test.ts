import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const FILE = 'services/common/util.py';
const codesOf = ({ outputs }: ActionResult): string[] =>
  (JSON.parse(outputs['findings'] ?? '[]') as Finding[]).map(({ code }) => code);

/** The lock moves as on any machine: by the command line, in a clone of the same remote. */
const lock = (world: World, agent: string, ...args: string[]): number =>
  world.clone.bailiwick(['lock', ...args, '--agent', agent]).code;

describe('the gate and a lock that follows the work', () => {
  it('passes what was made under the lock, and frees it for the next once that has landed', async () => {
    const world = await World.start({ [FILE]: 'one\n' });
    world.clone.git('checkout', '-q', '--detach', 'origin/main');
    expect(lock(world, 'a1', 'acquire', 'common')).toBe(0);
    const first = world.open({ branch: 'feat/a1/x', files: { [FILE]: 'one of a1\n' } });
    world.clone.git('checkout', '-q', '--detach', 'origin/main');
    world.clone.git('fetch', '-q', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    expect(lock(world, 'a1', 'release', 'common')).toBe(1);
    expect(lock(world, 'a1', 'release', 'common', '--unlanded')).toBe(0);
    expect(lock(world, 'a2', 'acquire', 'common')).toBe(0);
    // Made under the lock, whoever has it now.
    expect(codesOf(await world.gate(first))).toEqual([]);
    // Not made under any.
    const other = world.open({ branch: 'feat/a1/y', files: { [FILE]: 'never locked\n' } });
    expect(codesOf(await world.gate(other))).toEqual(['lock-held']);
    world.push(':refs/heads/feat/a1/y');
    // a2's own lands; what a1 made before has to look at that first.
    const second = world.open({ branch: 'feat/a2/x', files: { [FILE]: 'one of a2\n' } });
    expect(codesOf(await world.gate(second))).toEqual([]);
    world.land('squash of a2', { [FILE]: 'one of a2\n' });
    expect(codesOf(await world.gate(first))).toEqual(['lock-needed']);
  });
});
