import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runWorktreeList } from '../../../src/commands/worktree/list.ts';
import { runWorktreePrune } from '../../../src/commands/worktree/prune.ts';
import type { WorktreeRemoveOptions } from '../../../src/commands/worktree/remove.ts';
import type { Report } from '../../../src/domain/report.ts';
import type { WorktreeRemoveData } from '../../../src/domain/reports/worktree.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { hostIn } from '../../support/host.ts';
import type { TestRepository } from '../../support/repository.ts';
import {
  add,
  AGENTS,
  beside,
  branches,
  fleetRepository,
  guard,
  PORT,
  remove,
  shared,
  traces,
  withSetup,
  worktreeNames,
} from './fixture.ts';

let repository: TestRepository;
let worktree: TestRepository;

beforeEach(async () => {
  repository = fleetRepository();
  await add(repository, { agents: ['a3'] });
  worktree = beside(repository, 'wt-a3-main');
});

const kinds = ({ data }: Report<WorktreeRemoveData>): string[] =>
  data.worktrees.flatMap(({ obstacles }) => obstacles.map(({ kind }) => kind));

/** A commit of the agent that is nowhere else. */
const commit = (name = 'docs/new.md', message = 'new'): string =>
  worktree.commit(message, { [name]: `${message}\n` });

describe('worktree remove', () => {
  it('leaves nothing of a worktree that holds nothing to lose', async () => {
    const fresh = fleetRepository();
    const before = traces(fresh);
    await add(fresh, { agents: ['a3'] });
    const report = await remove(fresh, { names: ['a3'] });
    expect(report.verdict).toBe('allowed');
    expect(report.data.worktrees).toMatchObject([
      {
        agent: 'a3',
        branch: 'feat/a3/main',
        outcome: 'removed',
        branchDeleted: true,
        obstacles: [],
      },
    ]);
    expect(traces(fresh)).toEqual(before);
    expect(existsSync(join(fresh.home, 'wt-a3-main'))).toBe(false);
    expect(fresh.tryGit('config', '--get-regexp', '^branch').stdout).toBe('');
  });

  it.each([
    ['its branch', () => 'feat/a3/main'],
    ['its path', () => '../wt-a3-main'],
    ['its whole path', () => worktree.directory],
  ])('finds one by %s', async (_what, name) => {
    expect((await remove(repository, { names: [name()] })).verdict).toBe('allowed');
    expect(worktreeNames(repository)).toEqual(['my repo']);
  });

  it('says what would go with --dry-run, and removes nothing', async () => {
    const before = traces(repository);
    const report = await remove(repository, { names: ['a3'], dryRun: true });
    expect(report.data.steps.map(({ kind }) => kind)).toEqual([
      'remove-worktree',
      'delete-branch',
      'delete-file',
      'write-file',
    ]);
    expect(traces(repository)).toEqual(before);
  });

  it('removes none when one of them has something to lose', async () => {
    await add(repository, { agents: ['a4'] });
    worktree.write('docs/new.md');
    const report = await remove(repository, { all: true });
    expect(report.verdict).toBe('refused');
    expect(report.data.worktrees.map(({ agent, outcome }) => [agent, outcome])).toEqual([
      ['a3', 'refused'],
      ['a4', 'kept'],
    ]);
    expect(worktreeNames(repository)).toHaveLength(3);
    expect((await remove(repository, { names: ['a4'] })).verdict).toBe('allowed');
  });

  it.each([
    ['nothing', {}, /no worktree is named/],
    ['a stranger', { names: ['a9'] }, /'a9' is not an agent, branch or path/],
    ['an agent without one', { names: ['a1'] }, /'a1' is not an agent/],
    ['all and one', { all: true, names: ['a3'] }, /not both/],
  ])('cannot tell which one is meant by %s', async (_what, options, words) => {
    await expect(remove(repository, options)).rejects.toThrow(words);
  });

  it('asks for the path where an agent has two', async () => {
    await add(repository, { agents: ['a3'], topic: 'more' });
    await expect(remove(repository, { names: ['a3'] })).rejects.toMatchObject({
      message: expect.stringMatching(/^a3 has 2 worktrees: /) as string,
    });
    await remove(repository, { names: ['../wt-a3-more'] });
    expect(worktreeNames(repository)).toEqual(['my repo', 'wt-a3-main']);
  });
});

describe('worktree remove refuses to lose', () => {
  type Case = [string, () => unknown, string, WorktreeRemoveOptions];
  it.each<Case>([
    [
      'a changed file',
      () => worktree.write('docs/a.md', 'b\n'),
      'uncommitted',
      { discardUncommitted: true },
    ],
    [
      'a new file',
      () => worktree.write('docs/new.md'),
      'uncommitted',
      { discardUncommitted: true },
    ],
    [
      'what is staged and gone from the work tree',
      () => {
        worktree.write('docs/new.md');
        worktree.git('add', '-A');
        rmSync(join(worktree.directory, 'docs/new.md'));
      },
      'uncommitted',
      { discardUncommitted: true },
    ],
    [
      'a change that git was told not to see',
      () => {
        worktree.git('update-index', '--assume-unchanged', 'docs/a.md');
        worktree.git('update-index', '--skip-worktree', 'web/a.ts');
        worktree.write('web/a.ts', 'b\n');
      },
      'uncommitted',
      { discardUncommitted: true },
    ],
    [
      'a change as old as its index, in a file marked --assume-unchanged',
      () => worktree.writeUnseen('web/a.ts', 'b\n', '--assume-unchanged'),
      'uncommitted',
      { discardUncommitted: true },
    ],
    [
      'a change as old as its index, in a file marked --skip-worktree',
      () => worktree.writeUnseen('web/a.ts', 'b\n', '--skip-worktree'),
      'uncommitted',
      { discardUncommitted: true },
    ],
    [
      'another repository inside',
      () => {
        mkdirSync(join(worktree.directory, 'inner'));
        worktree.at('inner').git('init', '-q');
        worktree.at('inner').commit('x', { x: 'x\n' });
      },
      'uncommitted',
      { discardUncommitted: true },
    ],
    ['a commit', () => commit(), 'unpushed', { discardUnpushed: true }],
    [
      'a commit of a detached HEAD, though what it changes has landed',
      () => {
        worktree.git('switch', '-q', '--detach');
        commit('docs/new.md', 'landed');
        repository.commit('squashed', { 'docs/new.md': 'landed\n' });
      },
      'unpushed',
      { discardUnpushed: true },
    ],
    [
      'a commit of a detached HEAD',
      () => {
        worktree.git('switch', '-q', '--detach');
        commit();
      },
      'unpushed',
      { discardUnpushed: true },
    ],
    ['an ignored file', () => worktree.write('key.secret'), 'ignored', { discardIgnored: true }],
    [
      'a changed .agent.env',
      () => worktree.write('.agent.env', `${worktree.read('.agent.env')}A=1\n`),
      'ignored',
      { discardIgnored: true },
    ],
    ['a bisect', () => worktree.git('bisect', 'start'), 'unfinished', { discardUncommitted: true }],
    [
      'a submodule',
      () => {
        worktree.git(
          '-c',
          'protocol.file.allow=always',
          'submodule',
          '-q',
          'add',
          repository.directory,
          'lib',
        );
        worktree.commit('lib');
        worktree.git('push', '-q', repository.directory, 'HEAD:refs/remotes/origin/x');
      },
      'submodules',
      { discardSubmodules: true },
    ],
    [
      'a locked worktree',
      () => repository.git('worktree', 'lock', '--reason', 'on a stick', '../wt-a3-main'),
      'locked',
      { ignoreLock: true },
    ],
  ])('%s', async (_what, prepare, kind, flags) => {
    prepare();
    const before = traces(repository);
    const refused = await remove(repository, { names: [worktree.directory] });
    expect([refused.verdict, kinds(refused)]).toEqual(['refused', [kind]]);
    expect(refused.data.worktrees[0]!.obstacles[0]!.flag).toMatch(/^--(?:discard|ignore)-/);
    expect(traces(repository)).toEqual(before);
    expect(existsSync(worktree.directory)).toBe(true);
    const report = await remove(repository, { names: [worktree.directory], ...flags });
    expect([report.verdict, kinds(report)]).toEqual(['allowed', []]);
    expect(worktreeNames(repository)).toEqual(['my repo']);
  });

  it('and says how to keep it instead', async () => {
    commit();
    worktree.write('docs/other.md');
    const path = join(repository.home, 'wt-a3-main');
    expect((await remove(repository, { names: ['a3'] })).data.next.map(hintSentence)).toEqual([
      `To see what is not committed, run git -C ${path} status`,
      `To keep its commits, run bailiwick worktree remove ${path} --keep-branch`,
    ]);
  });

  it('a worktree inside it, whatever is allowed', async () => {
    worktree.git('worktree', 'add', '-q', '-b', 'inner', 'inner');
    const flags = { discardUncommitted: true, discardIgnored: true, discardUnpushed: true };
    const report = await remove(repository, { names: ['a3'], ...flags });
    expect(kinds(report)).toEqual(['nested']);
    expect(report.data.worktrees[0]!.obstacles[0]!.flag).toBeNull();
  });

  it.runIf(process.platform === 'linux')('what a process is at work in', async () => {
    const child = spawn('sh', ['-c', 'sleep 60 & wait'], { cwd: worktree.directory });
    await new Promise((resolve) => child.on('spawn', resolve));
    let report = await remove(repository, { names: ['a3'] });
    // The child of ours does not count, the sleep that it has started does.
    while (kinds(report).length === 0 && existsSync(worktree.directory))
      report = await remove(repository, { names: ['a3'] });
    expect(kinds(report)).toEqual(['in-use']);
    expect(report.data.worktrees[0]!.obstacles[0]!.examples).toEqual([
      expect.stringMatching(/^\d+ (?:sleep|sh)$/),
    ]);
    const again = await remove(repository, { names: ['a3'], ignoreProcesses: true });
    child.kill('SIGKILL');
    expect(again.verdict).toBe('allowed');
  });
});

describe('worktree remove and the branch', () => {
  it('goes once its commits are on a remote or on the base', async () => {
    const head = commit();
    repository.git('update-ref', 'refs/remotes/origin/feat/a3/main', head);
    const report = await remove(repository, { names: ['a3'] });
    expect(report.data.worktrees[0]!.branchDeleted).toBe(true);
    expect(branches(repository)).toEqual(['main']);
  });

  it('stays with --keep-branch, and so do its commits', async () => {
    const head = commit();
    const report = await remove(repository, { names: ['a3'], keepBranch: true });
    expect(report.data.worktrees[0]).toMatchObject({ outcome: 'removed', branchDeleted: false });
    expect(repository.git('rev-parse', 'feat/a3/main')).toBe(head);
  });

  it('stays when what it changes has landed by another commit', async () => {
    commit('docs/new.md', 'landed');
    repository.commit('squashed', { 'docs/new.md': 'landed\n' });
    const report = await remove(repository, { names: ['a3'] });
    expect(report.data.worktrees[0]).toMatchObject({ outcome: 'removed', branchDeleted: false });
    expect(report.data.notes).toEqual([
      'feat/a3/main stays: what it changes has landed, its commits are nowhere else',
    ]);
    expect(branches(repository)).toEqual(['feat/a3/main', 'main']);
  });

  it("stays when it is not the agent's own", async () => {
    worktree.git('switch', '-q', '-c', 'release');
    await remove(repository, { names: ['a3'] });
    expect(branches(repository)).toEqual(['feat/a3/main', 'main', 'release']);
  });
});

describe('worktree remove and what setup made', () => {
  it('counts as nothing to lose until somebody changes it', async () => {
    const fresh = fleetRepository(
      withSetup(
        'echo made >key.secret; touch -t 202001010000 key.secret; mkdir -p .venv made; echo x >made/x',
      ),
    );
    await add(fresh, { agents: ['a4'], yes: true });
    const own = beside(fresh, 'wt-a4-main');
    own.write('.venv/mine');
    const file = join(own.directory, 'key.secret');
    const { mtime } = statSync(file);
    own.write('key.secret', 'mine\n');
    utimesSync(file, mtime, mtime);
    const refused = await remove(fresh, { names: ['a4'] });
    expect(refused.data.worktrees[0]!.obstacles).toMatchObject([
      { kind: 'ignored', examples: ['key.secret'] },
    ]);
    await remove(fresh, { names: ['a4'], discardIgnored: true });
    await add(fresh, { agents: ['a4'] });
    expect((await remove(fresh, { names: ['a4'] })).verdict).toBe('allowed');
  });
});

describe('worktree remove of the main checkout', () => {
  it('takes out what was put in, to the byte, and leaves the rest', async () => {
    const fresh = fleetRepository();
    fresh.write('.env.local', 'MINE=1');
    fresh.git('switch', '-q', '-c', 'feat/a4/main');
    const before = traces(fresh);
    await add(fresh, { agents: ['a4'] });
    expect(fresh.read('.env.local')).toContain('AGENT_ID=a4\n');
    const report = await remove(fresh, { names: ['a4'] });
    expect(report.data.worktrees).toMatchObject([{ outcome: 'released', branchDeleted: false }]);
    expect(traces(fresh)).toEqual(before);
    expect(fresh.read('.env.local')).toBe('MINE=1');
    for (const name of ['.agent.env', 'AGENT_FOCUS.md', '.git/bailiwick/agent'])
      expect(existsSync(join(fresh.directory, name))).toBe(false);
  });

  it('refuses to lose a file that was changed', async () => {
    repository.git('switch', '-q', '-c', 'feat/a4/main');
    await add(repository, { agents: ['a4'] });
    repository.write('AGENT_FOCUS.md', 'mine\n');
    const refused = await remove(repository, { names: ['a4'] });
    expect(refused.data.worktrees[0]!.obstacles).toMatchObject([
      { kind: 'ignored', examples: ['AGENT_FOCUS.md'] },
    ]);
    expect((await remove(repository, { names: ['a4'], discardIgnored: true })).verdict).toBe(
      'allowed',
    );
  });
});

describe('worktree prune', () => {
  const prune = (options = {}) => runWorktreePrune(hostIn(repository), options);

  it('forgets what is gone, and leaves its branch', async () => {
    const head = commit();
    await add(repository, { agents: ['a4'] });
    rmSync(worktree.directory, { recursive: true });
    const planned = await prune({ dryRun: true });
    expect(planned.data.steps.map(({ kind }) => kind)).toEqual(['remove-worktree', 'write-file']);
    expect(worktreeNames(repository)).toHaveLength(3);
    const report = await prune();
    expect(report.data.worktrees).toMatchObject([
      { agent: 'a3', outcome: 'removed', branchDeleted: false },
    ]);
    expect(worktreeNames(repository)).toEqual(['my repo', 'wt-a4-main']);
    expect(repository.git('rev-parse', 'feat/a3/main')).toBe(head);
    expect(shared(repository, 'bailiwick/worktrees.json')).not.toContain('wt-a3-main');
    expect((await prune()).data).toMatchObject({ worktrees: [], steps: [] });
    expect((await add(repository, { agents: ['a3'] })).data.worktrees[0]!.outcome).toBe('made');
  });

  it.each([
    [
      'what was staged',
      () => {
        worktree.write('docs/new.md');
        worktree.git('add', '-A');
      },
      'uncommitted',
      { discardUncommitted: true },
    ],
    [
      'commits of a detached HEAD',
      () => {
        worktree.git('switch', '-q', '--detach');
        commit();
      },
      'unpushed',
      { discardUnpushed: true },
    ],
    [
      'a locked worktree',
      () => repository.git('worktree', 'lock', '../wt-a3-main'),
      'locked',
      { ignoreLock: true },
    ],
  ])('refuses to lose %s', async (_what, prepare, kind, flags) => {
    prepare();
    rmSync(worktree.directory, { recursive: true });
    const refused = await prune();
    expect([refused.verdict, kinds(refused)]).toEqual(['refused', [kind]]);
    expect(worktreeNames(repository)).toHaveLength(2);
    expect((await prune(flags)).verdict).toBe('allowed');
    expect(worktreeNames(repository)).toEqual(['my repo']);
  });
});

describe('worktree list', () => {
  it('shows whose each is, its ports, and what is open in it', async () => {
    await guard(repository);
    repository.git('worktree', 'add', '-q', '--detach', '../nobody');
    repository.git('worktree', 'lock', '--reason', 'x', '../nobody');
    await add(repository, { agents: ['a2'] });
    rmSync(join(repository.home, 'wt-a2-viral-engine'), { recursive: true });
    commit();
    worktree.write('docs/new2.md');
    const { data } = await runWorktreeList(hostIn(worktree));
    const rows = data.worktrees.map((row) => ({
      ...row,
      path: row.path.slice(repository.home.length),
    }));
    const plain = {
      main: false,
      state: 'ready',
      locked: null,
      ports: null,
      uncommitted: 0,
      unpushed: 0,
      guarded: true,
    };
    const { ports } = rows.find(({ agent }) => agent === 'a3')!;
    expect(rows).toEqual([
      { ...plain, path: '/my repo', agent: null, branch: 'main', main: true },
      { ...plain, path: '/nobody', agent: null, branch: null, locked: 'x' },
      {
        ...plain,
        path: '/wt-a2-viral-engine',
        agent: 'a2',
        branch: 'feat/a2/main',
        state: 'missing',
        ports: { first: PORT + 20, last: PORT + 39, port: PORT + 20 },
        uncommitted: null,
        unpushed: null,
        guarded: null,
      },
      {
        ...plain,
        path: '/wt-a3-main',
        agent: 'a3',
        branch: 'feat/a3/main',
        ports,
        uncommitted: 1,
        unpushed: 1,
      },
    ]);
    expect(data.without).toEqual(['a1', 'a4']);
    expect(AGENTS).toContain('a4:');
  });
});
