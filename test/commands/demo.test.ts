import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoData } from '../../src/domain/reports/demo.ts';
import { codesIn } from '../support/guarded.ts';
import { scratchDirectory, TestRepository } from '../support/repository.ts';

/** The demo is what a newcomer sees first, so it is run whole, as they run it. */
let data: DemoData;
const home = scratchDirectory();

beforeAll(() => {
  const outcome = new TestRepository(home, home).bailiwick(['demo', '--json'], {
    environment: { AGENT_ID: 'someone-else', GIT_DIR: '/nowhere' },
  });
  expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 0, stderr: '' });
  data = (JSON.parse(outcome.stdout) as { data: DemoData }).data;
});
afterAll(() => rmSync(data.directory, { recursive: true, force: true }));

describe('the demo', () => {
  it('has every kind of refusal, each from the hook', () => {
    const refusals = data.scenes.map(({ title, output, exit }) => [
      title,
      exit,
      codesIn({ code: exit, stdout: '', stderr: output }).join(),
    ]);
    expect(refusals).toEqual([
      ['a2 changes a file of its own part', 0, ''],
      ['a2 changes a file of a1', 1, 'owned-by-other'],
      ['a2 moves a file of a1 into its own part', 1, 'owned-by-other'],
      ['a3 deletes a file of a4', 1, 'owned-by-other'],
      ['a2 adds a migration, which only a1 may', 1, 'reserved'],
      ['a1 changes the shared part without its lock', 1, 'lock-needed'],
      ['a1 takes the lock first', 0, ''],
      ['a2 changes the shared part while a1 holds its lock', 1, 'lock-held'],
      ['a1 changes a frozen file in its own part', 1, 'frozen'],
      ['a4 commits a file that is local to its worktree, by force', 1, 'local-only'],
      ['a3 adds a line to a file that all may change', 0, ''],
      ['a4 adds another in the same place', 0, ''],
    ]);
  });

  it('shows which branches conflict, what it costs in the best order, and the whole fleet', () => {
    const said = data.answers.map(({ command, output, exit }) => ({ command, exit, output }));
    expect(said).toMatchObject([
      { command: 'bailiwick overlap', exit: 0 },
      { command: 'bailiwick order', exit: 0 },
      { command: 'bailiwick status', exit: 0 },
    ]);
    const [overlap, order, status] = said.map(({ output }) => output);
    expect(overlap).toContain('compose.yml');
    expect(order).toMatch(/feat\/a[34]\/demo/);
    for (const agent of ['a1', 'a2', 'a3', 'a4']) expect(status).toContain(`wt-${agent}`);
  });

  it('leaves a repository to go on with: the passed commits are there, the blocked ones are not', () => {
    const main = new TestRepository(join(data.directory, 'main'), home);
    expect(
      main.git('log', '--all', '--format=%s', '--exclude=refs/bailiwick/*').split('\n'),
    ).toEqual(
      expect.arrayContaining(['rank posts', 'add title', 'four services and who may change them']),
    );
    expect(main.git('rev-list', '--count', '--branches')).toBe('5');
    const worktree = main.at('../wt-a2');
    expect(worktree.git('status', '--porcelain')).toBe('');
    worktree.write('web/app.ts', 'by hand\n');
    worktree.git('add', '-A');
    expect(worktree.tryGit('commit', '-q', '-m', 'by hand').code).toBe(1);
  });
});
