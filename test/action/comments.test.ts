import { describe, expect, it } from 'vitest';
import { FLEET_BASE, lines } from './support/fleet.ts';
import { useAction, World } from './support/world.ts';

useAction();

const CORE = 'services/core/core.py';

/** #1 and #2 conflict, #3 and #4 only in a lockfile. */
async function fourOpen(): Promise<World> {
  const world = await World.start(FLEET_BASE);
  world.openMany([
    { branch: 'feat/a1/x', title: 'Faster core', files: { [CORE]: lines({ 2: 'x' }) } },
    { branch: 'feat/a1/y', title: 'Slower core', files: { [CORE]: lines({ 2: 'y' }) } },
    { branch: 'feat/a2/z', files: { 'package-lock.json': lines({ 2: 'z' }) } },
    { branch: 'feat/a2/w', files: { 'package-lock.json': lines({ 2: 'w' }) } },
  ]);
  return world;
}

const writes = ({ server }: World): string[] =>
  server.requests.filter((request) => !request.startsWith('GET'));

describe.concurrent('the comments of the board', () => {
  it('say what to do, where there is something to do, as long as there is', async () => {
    const world = await fourOpen();
    await world.board();
    expect([1, 2, 3, 4].map((number) => world.server.on(number).length)).toEqual([1, 1, 0, 0]);
    const [first] = world.server.on(1);
    expect(first).toContain('### ⚠️ This pull request and [#2]');
    expect(first).toContain('Slower core<br>`feat/a1/y`');
    expect(first).toContain(`\`${CORE} line 2\``);
    expect(first).toContain('nothing here. In the cheapest order this one lands first');
    expect(world.server.on(2)[0]).toContain('lands first, and this one is then reworked (2 lines)');
    world.server.requests = [];
    await world.board();
    expect(writes(world)).toEqual([]);
    world.land('progress', { [CORE]: lines({ 2: 'x' }) });
    await world.board();
    expect(world.server.on(1)[0]).toContain('no longer collides with anything');
    expect(world.server.on(2)[0]).toContain('no longer merges into `main`');
    expect(world.server.on(2)[0]).toContain('git fetch origin && git merge origin/main');
    expect(world.server.comments).toHaveLength(2);
    expect(world.server.deviations).toEqual([]);
  });

  it('cost nothing else where the token may only read', async () => {
    const world = await fourOpen();
    world.server.readOnly = true;
    const result = await world.board();
    expect(result.code).toBe(0);
    expect(writes(world)).toHaveLength(1);
    expect(result.summary).toContain('### The order to land them in');
    expect(result.summary.match(/comments could not be written/g)).toHaveLength(1);
    expect(result.commands.filter((line) => line.includes('could not be written'))).toHaveLength(1);
  });

  it('are not even read where none are wanted', async () => {
    const world = await fourOpen();
    await world.board({ inputs: { comment: 'false' } });
    expect(world.server.requests).toHaveLength(1);
  });
});
