import { describe, expect, it } from 'vitest';
import { runInit } from '../../../src/commands/init.ts';
import { runStatus } from '../../../src/commands/status.ts';
import { runWorktreeAdd } from '../../../src/commands/worktree/add.ts';
import { runWorktreeList } from '../../../src/commands/worktree/list.ts';
import { hostIn } from '../../support/host.ts';
import { LAYOUTS, separate } from '../../support/layouts.ts';
import type { TestRepository } from '../../support/repository.ts';

const add = (at: TestRepository, agent: string) => runWorktreeAdd(hostIn(at), { agents: [agent] });

async function paths(at: TestRepository): Promise<string[]> {
  const { data } = await runWorktreeList(hostIn(at));
  return data.worktrees.map(({ path }) => path);
}

describe('a repository', () => {
  it.each(LAYOUTS)('has the same worktrees from everywhere: %s', async (_name, layout) => {
    const { main, top, known } = layout();
    const first = (await add(main, 'a1')).data.worktrees[0]!.path;
    const linked = main.at(`../${first.slice(first.lastIndexOf('/') + 1)}`);
    expect(await paths(main)).toEqual([...(top === null ? [] : [top]), first]);
    expect(await paths(linked)).toEqual([...(top === null || !known ? [] : [top]), first]);
    const { data } = await runStatus(hostIn(linked), { overlap: false });
    expect(data.rows.filter(({ worktree }) => worktree?.here)).toMatchObject([
      { agent: 'a1', worktree: { path: first, changes: { judged: true } } },
    ]);
    expect(data.rows.flatMap(({ problems }) => problems)).toEqual([]);
    if (known) {
      const second = (await add(linked, 'a2')).data.worktrees[0]!.path;
      expect(second).toBe(first.replace('wt-a1', 'wt-a2'));
    }
    if (top === null) return;
    const init = await runInit(hostIn(main), { policy: false, dryRun: true });
    expect(init.data.worktrees.map(({ path }) => path)).toEqual((await paths(main)).slice(1));
    const here = await runStatus(hostIn(main), { overlap: false });
    expect(here.data.rows.flatMap(({ worktree }) => (worktree?.here ? worktree.path : []))).toEqual(
      [top],
    );
  });

  it('keeps what was written into a main checkout that cannot be found from here', async () => {
    const { main } = separate();
    main.git('switch', '-q', '-c', 'agent/a1');
    main.write('../../kept.git/bailiwick/agent', 'a1\n');
    const own = (await add(main, 'a1')).data.worktrees[0]!;
    expect(own.path).toBe(main.directory);
    const other = (await add(main, 'a2')).data.worktrees[0]!;
    const linked = main.at(`../${other.path.slice(other.path.lastIndexOf('/') + 1)}`);

    await add(linked, 'a2');
    const { data } = await runWorktreeList(hostIn(linked));
    expect(data.worktrees.map(({ path, ports }) => ({ path, ports }))).toEqual([
      { path: own.path, ports: own.ports },
      { path: other.path, ports: other.ports },
    ]);
  });
});
