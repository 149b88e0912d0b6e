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
  it('go to who has something to do, and are over with the pull request', async () => {
    const world = await fourOpen();
    await world.board();
    const shown = (): number[] => [1, 2, 3, 4].map((number) => world.server.on(number).length);
    expect(shown()).toEqual([0, 1, 0, 0]);
    const [told] = world.server.on(2);
    for (const words of [
      '### ⚠️ This pull request and [#1]',
      'Faster core<br>`feat/a1/x`',
      `\`${CORE} line 2\``,
      'whichever lands later redoes 2 lines',
      'git fetch origin && git merge origin/main\n',
    ])
      expect(told).toContain(words);
    world.server.requests = [];
    await world.board();
    expect(writes(world)).toEqual([]);
    world.land('progress', { [CORE]: lines({ 2: 'x' }) });
    await world.board();
    expect(world.server.on(2)[0]).toContain('no longer merges into `main`');
    world.server.pulls.splice(1, 1);
    await world.board();
    expect(world.server.on(2)[0]).toContain('is no longer open');
    world.server.requests = [];
    await world.board();
    expect(writes(world)).toEqual([]);
    expect(world.server.deviations).toEqual([]);
  });

  it('give a command that works in a fork, and where pull requests land by rebase', async () => {
    const world = await World.start(FLEET_BASE);
    world.open({
      branch: 'patch-1',
      fork: true,
      login: 'bob',
      files: { [CORE]: lines({ 2: 'x' }) },
    });
    const start = world.clone.git('rev-parse', 'pull-1~');
    world.land('progress', { [CORE]: lines({ 2: 'theirs' }) });
    await world.board({ inputs: { land: 'rebase' } });
    const command = /```sh\n(.*)\n```/.exec(world.server.on(1)[0]!)![1]!;
    // A clone of the fork: its main is as old as the branch.
    world.clone.git('checkout', '-q', '-f', 'pull-1');
    world.clone.git('remote', 'remove', 'origin');
    world.clone.git('branch', '-f', 'main', start);
    const { code, stdout, stderr } = world.clone.run('sh', ['-c', command]);
    expect({ code, conflict: /CONFLICT.*core\.py/.test(stdout + stderr) }).toEqual({
      code: 1,
      conflict: true,
    });
    expect(world.clone.git('rev-parse', '--git-path', 'rebase-merge')).toBe('.git/rebase-merge');
    expect(world.server.on(1)[0]).toContain('`git push --force-with-lease`');
  });

  it('say of some that do the same that all but one of them can be closed', async () => {
    const world = await World.start(FLEET_BASE);
    const files = { [CORE]: lines({ 5: 'fixed' }) };
    world.openMany([
      { branch: 'feat/a1/x', files },
      { branch: 'feat/a1/y', files },
      { branch: 'feat/a1/z', files },
    ]);
    const { summary } = await world.board();
    expect(summary.replace(/\]\([^)]*\)/g, ']')).toContain(
      '### The same change twice\n\n- [#1], [#2] and [#3]: once one has landed, the others add nothing and can be closed\n',
    );
    expect(world.server.on(1)).toEqual([]);
    expect(world.server.on(2)[0]).toContain('makes the same change as [#1]');
  });

  it('cost nothing else where the token may only read', async () => {
    const world = await fourOpen();
    world.server.readOnly = true;
    const result = await world.board();
    expect(result.code).toBe(0);
    expect(writes(world)).toHaveLength(1);
    expect(result.summary).toMatch(/^Land now \(2\): /);
    expect(result.summary.match(/comments could not be written/g)).toHaveLength(1);
    expect(result.commands.filter((line) => line.includes('could not be written'))).toHaveLength(1);
  });

  it('are not even read where none are wanted', async () => {
    const world = await fourOpen();
    await world.board({ inputs: { comment: 'false' } });
    expect(world.server.requests).toHaveLength(1);
  });
});
