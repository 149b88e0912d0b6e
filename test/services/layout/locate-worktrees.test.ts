import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type LocatedWorktree,
  locateWorktrees,
} from '../../../src/services/layout/locate-worktrees.ts';
import { openWorkspace } from '../../../src/services/session/workspace.ts';
import { hostIn } from '../../support/host.ts';
import { LAYOUTS, plain, separate } from '../../support/layouts.ts';
import { TestRepository } from '../../support/repository.ts';

async function look(at: TestRepository, remembered?: string[]): Promise<LocatedWorktree[]> {
  const host = hostIn(at);
  return locateWorktrees(host, await openWorkspace(host), remembered);
}

const one = (worktrees: readonly LocatedWorktree[], ref: string): LocatedWorktree => {
  const found = worktrees.filter((each) => each.ref === `refs/heads/${ref}`);
  if (found.length !== 1) throw new Error(`${found.length} worktrees with ${ref}`);
  return found[0]!;
};

describe('worktrees', () => {
  it.each(LAYOUTS)('are where git says: %s', async (_name, layout) => {
    const { main, top, known } = layout();
    main.git('worktree', 'add', '-q', '-b', 'one', '../linked/tree one');
    main.git('worktree', 'add', '-q', '--detach', '../linked/two');
    const places = ['../linked/tree one', '../linked/two'].map((path) => main.at(path));
    for (const [at, stand] of [main, ...places].entries()) {
      const found = await look(stand);
      expect(found.map(({ main: first }) => first)).toEqual([true, false, false]);
      const here = found.filter((each) => each.here);
      const isBare = top === null || (at > 0 && !known);
      expect(here.map(({ path }) => path)).toEqual(
        at > 0 ? [stand.directory] : top === null ? [] : [top],
      );
      expect(found[0]!.bare).toBe(isBare);
      if (!isBare) expect(found[0]!.path).toBe(top);
      for (const { bare: none, gitDirectory, head, path, repo } of found) {
        if (none) continue;
        // Git, run as we are told to, says the same of each.
        const there = new TestRepository(repo.directory, stand.home, repo.environment as never);
        expect(
          there.git('rev-parse', '--path-format=absolute', '--show-toplevel', '--git-dir', 'HEAD'),
        ).toBe([path, gitDirectory, head].join('\n'));
      }
    }
  });

  it('have a main checkout that was remembered, where git keeps it in no file', async () => {
    const { main } = separate();
    main.git('worktree', 'add', '-q', '-b', 'one', '../one');
    const other = plain().main.directory;
    const found = await look(main.at('../one'), [other, main.directory]);
    expect(found[0]).toMatchObject({ path: main.directory, bare: false, here: false });
    expect((await look(main.at('../one'), [other]))[0]).toMatchObject({ bare: true });
  });

  it('say whose they are, what waits there, and what git is told about them', async () => {
    const { main } = plain();
    for (const name of ['bound', 'busy', 'gone', 'kept'])
      main.git('worktree', 'add', '-q', '-b', name, `../${name}`);
    main.write('.git/worktrees/bound/bailiwick/agent', 'a1\n');
    main.at('../busy').git('bisect', 'start');
    main.git('worktree', 'lock', '--reason', 'on a stick', '../kept');
    for (const name of ['gone', 'kept']) rmSync(join(main.home, name), { recursive: true });
    const found = await look(main);
    expect(one(found, 'bound')).toMatchObject({ binding: 'a1', locked: null, missing: false });
    expect(one(found, 'busy')).toMatchObject({ binding: null, operation: 'bisect' });
    expect(one(found, 'gone')).toMatchObject({ missing: true, locked: null });
    expect(one(found, 'gone').prunable).not.toBe(null);
    expect(one(found, 'kept')).toMatchObject({
      missing: true,
      locked: 'on a stick',
      prunable: null,
    });
  });

  it('have no commit before the first one', async () => {
    const main = TestRepository.create();
    expect(await look(main)).toMatchObject([{ head: null, ref: 'refs/heads/main', here: true }]);
  });

  it('are found from inside of the git directory, where nobody stands in one of them', async () => {
    const { main, top } = plain();
    expect(await look(main.at('.git'))).toMatchObject([{ path: top, here: false, bare: false }]);
  });
});
