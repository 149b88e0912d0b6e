import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import { scratchDirectory, type TestRepository } from '../support/repository.ts';
import { binaryOf, pathOrSkip } from './binaries.ts';
import { MODEL_TOOLS } from './model-tools.ts';
import { runHarness, type Session } from './run-harness.ts';

const program = pathOrSkip('claude', binaryOf('claude'));
const { write, shell } = MODEL_TOOLS.claude;
const FORBIDDEN = 'services/api/new.py';
const ALLOWED = 'services/core/new.py';

describe.skipIf(program === null)('Claude Code asks the running server before an edit', () => {
  let main: TestRepository;
  let worktree: TestRepository;
  let path: string;

  beforeEach(() => {
    main = guardedRepository();
    main.git('worktree', 'add', '-q', '-b', 'feat/a1/work', '../wt-a1');
    worktree = main.at('../wt-a1');
    const form = ['--harness', 'claude', '--edit-hook', 'server'];
    expect(main.bailiwick(['init', '--no-policy', ...form]).code).toBe(0);
    path = scratchDirectory();
  });

  /** A node that does this first. */
  const nodeThat = (does: string): void =>
    writeFileSync(join(path, 'node'), `#!/bin/sh\n${does}\nexec '${process.execPath}' "$@"\n`, {
      mode: 0o755,
    });
  const there = (file: string): boolean => existsSync(join(worktree.directory, file));
  const session = (): Promise<Session> =>
    runHarness(
      'claude',
      program!,
      worktree.directory,
      [
        write(worktree.directory, FORBIDDEN),
        write(worktree.directory, ALLOWED),
        shell(`echo x > services/api/shell.py`),
        shell('echo y > services/core/shell.py'),
      ],
      { main: main.directory, path: [path] },
    );

  it('and no process is started for it', async () => {
    const log = join(path, 'started');
    nodeThat(`echo "$@" >>'${log}'`);
    const { told, output } = await session();
    const seen = output + told.slice(-3000);
    expect([there(FORBIDDEN), there('services/api/shell.py')], seen).toEqual([false, false]);
    expect([there(ALLOWED), there('services/core/shell.py')], seen).toEqual([true, true]);
    expect(told).toContain(`${FORBIDDEN}: belongs to a2`);
    expect(told).toContain(`git bailiwick request open :/${FORBIDDEN}`);
    const started = readFileSync(log, 'utf8').split('\n');
    expect(started.filter((line) => line.includes('mcp.cjs'))).toHaveLength(1);
    expect(started.filter((line) => /agent-hook\.cjs claude( record)?$/.test(line))).toEqual([]);
  });

  it.each<[what: string, breakIt: () => void]>([
    ['does not start', () => void main.git('config', 'alias.bailiwick', '!exit 1')],
    ['is named nowhere', () => worktree.write('.mcp.json', '{}\n')],
    ['is killed', () => nodeThat('case $1 in *mcp.cjs) sleep 1; kill -9 $$ ;; esac')],
    ['hangs', () => nodeThat('case $1 in *mcp.cjs) exec sleep 60 ;; esac')],
    [
      'has a policy that is damaged',
      () => void main.commit('x', { 'ownership.yml': 'agents: [\n' }),
    ],
  ])('a server that %s lets nothing through', async (_what, breakIt) => {
    breakIt();
    const { told, output } = await session();
    const seen = output + told.slice(-3000);
    expect(
      [FORBIDDEN, ALLOWED, 'services/api/shell.py', 'services/core/shell.py'].filter(there),
      seen,
    ).toEqual([]);
  });
});
