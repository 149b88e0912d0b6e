import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/commands/check.ts';
import { runLock } from '../../../src/commands/lock.ts';
import { runStatus } from '../../../src/commands/status.ts';
import { runWhoami } from '../../../src/commands/whoami.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import type { StatusRow } from '../../../src/domain/reports/status.ts';
import { buildFleet, WILD } from '../../bench/fleet.ts';
import { hostIn } from '../../support/host.ts';
import { POLICY } from '../../support/policy.ts';
import { TestRepository } from '../../support/repository.ts';
import { Fleet, POLICY_WITH, rowOf } from './fixture.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const clock = (now: number) => ({ now: () => now });
const timeOf = (repository: TestRepository, ref: string): number =>
  Number(repository.git('log', '-1', '--format=%ct', ref)) * 1000;
const names = (rows: readonly StatusRow[]): string[] =>
  rows.map(({ agent, branch, worktree }) => `${agent} ${branch} ${worktree?.relative}`);
const bind = (at: TestRepository, agent: string) => runWhoami(hostIn(at), { bind: agent });

describe('the rows', () => {
  it('are every worktree and every open branch of an agent, by agent and branch', async () => {
    const fleet = new Fleet();
    fleet.worktree('wt a2', 'feat/a2/x').commit('own', { 'web/new.ts': 'x\n' });
    fleet.worktree('wt-b', 'feat/a1/y');
    fleet.worktree('people', 'topic');
    fleet.main.git('branch', 'feat/a1/ahead', 'feat/a2/x');
    fleet.main.git('branch', 'feat/a1/landed');
    fleet.main.git('branch', 'somebody', 'feat/a2/x');
    const report = await fleet.status(fleet.main.at('../wt-b'));
    expect(names(report.data.rows)).toEqual([
      'a1 feat/a1/ahead undefined',
      'a1 feat/a1/y .',
      'a2 feat/a2/x ../wt a2',
      'null main ../repo',
      'null topic ../people',
    ]);
    expect(report.data.landed).toEqual(['feat/a1/landed']);
    expect(report.data.rows.map(({ worktree }) => worktree?.here ?? null)).toEqual([
      null,
      true,
      false,
      false,
      false,
    ]);
    expect(report).toMatchObject({
      command: 'status',
      verdict: 'allowed',
      agent: 'a1',
      policy: { ref: 'main' },
      data: { base: { ref: 'main', oid: fleet.main.git('rev-parse', 'main') }, notices: [] },
    });
  });

  it('are the same from a bare repository and below a worktree', async () => {
    const fleet = new Fleet();
    const bare = TestRepository.create({ bare: true, name: 'bare.git' });
    bare.git('fetch', '-q', fleet.main.directory, 'main:main');
    bare.git('worktree', 'add', '-q', '-b', 'feat/a1/x', '../wt-a1', 'main');
    const tree = bare.at('../wt-a1');
    tree.write('services/api/api.py', 'x\n');
    const above = await fleet.status(bare);
    expect(names(above.data.rows)).toEqual(['a1 feat/a1/x ../wt-a1']);
    expect(above.data.unguarded).toEqual(
      hintTo('make git run the guard', 'bailiwick init -C ../wt-a1'),
    );
    const below = await fleet.status(tree.at('services/core'));
    expect(below.data.unguarded).toEqual(hintTo('make git run the guard', 'bailiwick init'));
    expect(names(below.data.rows)).toEqual(['a1 feat/a1/x ../..']);
    expect(rowOf(below)).toMatchObject({
      worktree: { here: true, main: false },
      next: { hint: hintTo('see who owns it', 'bailiwick owner services/api/api.py -C ../..') },
    });
  });

  it('name an agent in the main worktree, on a detached HEAD, and on a branch of no agent', async () => {
    const fleet = new Fleet();
    fleet.main.git('switch', '-q', '-c', 'feat/a1/main-checkout');
    const detached = fleet.worktree('detached', 'feat/a2/x');
    detached.git('switch', '-q', '--detach');
    const bound = fleet.worktree('bound', 'topic');
    await bind(detached, 'a2');
    await bind(bound, 'a3');
    fleet.main.git('branch', '-D', 'feat/a2/x');
    const report = await fleet.status();
    expect(names(report.data.rows)).toEqual([
      'a1 feat/a1/main-checkout .',
      'a2 null ../detached',
      'a3 topic ../bound',
    ]);
    expect(rowOf(report, 'detached')).toMatchObject({
      identity: { strength: 'bound' },
      head: fleet.main.git('rev-parse', 'main'),
      standing: { ahead: 0, behind: 0 },
    });
    expect(rowOf(report, 'feat/a1/main-checkout').worktree).toMatchObject({
      main: true,
      here: true,
    });
  });

  it('say of each what cannot be decided, and go on with the others', async () => {
    const fleet = new Fleet();
    const disputed = fleet.worktree('disputed', 'feat/a2/x');
    await bind(disputed, 'a1');
    const stranger = fleet.worktree('stranger', 'feat/a3/x');
    const git = stranger.git('rev-parse', '--absolute-git-dir');
    stranger.write('services/api/api.py', 'x\n');
    await bind(stranger, 'a3');
    writeFileSync(join(git, 'bailiwick/agent'), 'a9\n');
    const broken = fleet.worktree('broken', 'feat/a1/broken');
    writeFileSync(join(broken.directory, '.git'), 'gitdir: /nonexistent\n');
    writeFileSync(
      join(fleet.main.directory, '.git/refs/heads/feat/a1/missing'),
      `${'f'.repeat(40)}\n`,
    );
    const report = await fleet.status();
    expect(report.verdict).toBe('undecided');
    expect(rowOf(report, 'disputed')).toMatchObject({
      agent: null,
      problems: [],
      next: { why: 'identity' },
    });
    expect(rowOf(report, 'stranger')).toMatchObject({
      agent: null,
      problems: ["the worktree's binding names 'a9', and no agent of the policy has that id"],
      next: { why: 'undecided', hint: hintTo('act as an agent, use one of: a1, a2, a3') },
      worktree: { hooks: [{ state: 'active' }, {}, {}], changes: { total: 1, judged: false } },
    });
    expect(rowOf(report, 'broken').problems[0]).toMatch(/not a git repository/);
    expect(rowOf(report, 'feat/a1/missing')).toMatchObject({
      problems: ['objects of its history are missing here'],
      standing: null,
    });
    expect(rowOf(report, 'main')).toMatchObject({ problems: [], next: null });
  });

  it('say which directories are gone, locked or not', async () => {
    const fleet = new Fleet();
    const gone = fleet.worktree('gone', 'feat/a1/x');
    const locked = fleet.worktree('locked', 'feat/a2/x');
    locked.commit('own', { 'web/x.ts': 'x\n' });
    fleet.main.git('worktree', 'lock', '../locked');
    for (const { directory } of [gone, locked]) rmSync(directory, { recursive: true });
    const report = await fleet.status();
    expect(rowOf(report, 'feat/a1/x')).toMatchObject({
      agent: 'a1',
      worktree: { gone: true, hooks: [], changes: null },
      next: { why: 'gone', hint: hintTo('forget the worktree', 'bailiwick worktree prune') },
    });
    expect(rowOf(report, 'feat/a2/x')).toMatchObject({
      agent: 'a2',
      worktree: { gone: true },
      standing: { ahead: 1, lines: 1 },
      next: {
        hint: hintTo(
          'forget the worktree',
          'git worktree unlock ../locked && bailiwick worktree prune',
        ),
      },
    });
    expect(report.verdict).toBe('allowed');
  });
});

describe('how a branch stands to the base', () => {
  it('is what git and check say, on any history', async () => {
    const repository = TestRepository.create();
    buildFleet(repository, { ...WILD, seed: 11, moves: 6 });
    repository.git('checkout', '-q', 'main');
    const agents = Array.from({ length: 10 }, (_, id) => `  a${id}: { owns: ['part${id}/**'] }\n`);
    const policy = `version: 1\nunowned: allow\nidentify: { branches: ['feat/{agent}/{topic}'] }\nagents:\n${agents.join('')}limits: { lines: 1, behind: 1, age: 1s }\n`;
    repository.commit('policy', { 'ownership.yml': policy });
    const now = timeOf(repository, 'main') + HOUR;
    const host = hostIn(repository, clock(now));
    const report = await runStatus(host, { overlap: false });
    const branches = report.data.rows.filter(({ agent }) => agent !== null);
    expect(branches.length).toBeGreaterThan(7);
    for (const { branch, standing } of branches) {
      const counted = repository.git('rev-list', '--left-right', '--count', `main...${branch}`);
      expect([standing?.behind, standing?.ahead].join('\t')).toBe(counted);
      const check = await runCheck(host, { target: { kind: 'branch', ref: branch! } });
      const limits = check.findings.flatMap(({ rule = '', message }) =>
        rule.startsWith('limits.') ? [message] : [],
      );
      const said = report.findings.flatMap(({ message }) =>
        message.startsWith(`${branch} `) ? [message] : [],
      );
      // What was built on a branch of another is judged without the other's lines.
      const foreign = check.findings.some(({ code }) => code === 'foreign-merge');
      const own = foreign ? said.filter((message) => !message.includes(' changes ')) : said;
      expect(own).toEqual(limits);
      expect(standing!.over).toHaveLength(said.length);
    }
  });

  it('has an age only while the base is ahead', async () => {
    const fleet = new Fleet(POLICY_WITH('{ age: 30m, behind: 1 }'));
    const tree = fleet.worktree('wt-a1', 'feat/a1/x');
    tree.commit('own', { 'services/core/new.py': '1\n2\n' });
    const began = timeOf(fleet.main, 'main');
    const standing = async (now: number) => {
      const row = rowOf(
        await fleet.status(fleet.main, { overlap: false }, clock(now)),
        'feat/a1/x',
      );
      return [row.standing, row.next?.why];
    };
    expect(await standing(began + HOUR)).toEqual([
      { ahead: 1, behind: 0, age: 0, lines: 2, over: [], pushed: null },
      'land',
    ]);
    fleet.main.commit('further', { 'docs/a.md': 'a\n' });
    const moved = timeOf(fleet.main, 'main');
    fleet.main.commit('and further', { 'docs/b.md': 'b\n' });
    expect(await standing(moved + 20 * MINUTE)).toEqual([
      { ahead: 1, behind: 2, age: 20 * MINUTE, lines: 2, over: ['behind'], pushed: null },
      'stale',
    ]);
    expect((await standing(moved + 40 * MINUTE))[0]).toMatchObject({ over: ['age', 'behind'] });
    tree.git('merge', '-q', '--no-edit', 'main');
    expect((await standing(moved + 40 * MINUTE))[0]).toMatchObject({ behind: 0, age: 0, over: [] });
  });

  it('is against origin where there is one, which also knows what was pushed', async () => {
    const fleet = new Fleet();
    const server = TestRepository.create({ bare: true, name: 'server.git' });
    fleet.main.git('remote', 'add', 'origin', server.directory);
    const tree = fleet.worktree('wt-a1', 'feat/a1/x');
    tree.commit('own', { 'services/core/new.py': 'x\n' });
    fleet.main.git('push', '-q', '--no-verify', 'origin', 'main', 'feat/a1/x');
    fleet.main.commit('not pushed', { 'docs/a.md': 'a\n' });
    const pushed = await fleet.status();
    expect(pushed.data.base).toMatchObject({ ref: 'origin/main' });
    expect(rowOf(pushed, 'main')).toMatchObject({
      standing: { ahead: 1, behind: 0, pushed: false },
      next: null,
    });
    expect(rowOf(pushed, 'feat/a1/x')).toMatchObject({
      standing: { behind: 0, pushed: true },
      next: { why: 'land' },
    });
    tree.commit('more', { 'services/core/new.py': 'y\n' });
    expect(rowOf(await fleet.status(), 'feat/a1/x')).toMatchObject({
      standing: { pushed: false },
      next: { why: 'push', hint: hintTo('publish it', 'git -C ../wt-a1 push -u origin feat/a1/x') },
    });
  });

  it('counts what it takes back of a topic that it and the base have merged', async () => {
    const fleet = new Fleet();
    const { main } = fleet;
    const path = 'services/core/core.py';
    const before = main.read(path);
    const root = main.git('rev-parse', 'HEAD');
    const topicOf = (message: string): string => {
      main.git('reset', '-q', '--hard', root);
      return main.commit(message, { [path]: `${before}topic\n` });
    };
    // The fork point that counts is the topic, also where its parent comes first by name.
    let topic = topicOf('topic');
    for (let n = 0; topic < root; n += 1) topic = topicOf(`topic ${n}`);
    main.git('reset', '-q', '--hard', root);
    const tree = fleet.worktree('wt-a1', 'feat/a1/x');
    for (const [name, at] of Object.entries({ main, tree }))
      at.git('-c', 'core.hooksPath=/dev/null', 'merge', '-q', '--no-ff', '-m', name, topic);
    tree.commit('back', { [path]: before });
    const { standing } = rowOf(await fleet.status(), 'feat/a1/x');
    expect(standing).toMatchObject({ ahead: 2, behind: 1, lines: 1 });
  });

  it('is not known of unrelated histories, nor without the base', async () => {
    const fleet = new Fleet();
    const tree = fleet.worktree('wt-a1', 'feat/a1/old');
    tree.git('switch', '-q', '--orphan', 'feat/a1/x');
    tree.commit('root', { 'services/core/new.py': 'x\n' });
    const unrelated = await fleet.status();
    expect(unrelated.verdict).toBe('undecided');
    expect(rowOf(unrelated, 'feat/a1/x')).toMatchObject({
      standing: null,
      problems: ['it has no history in common with the base'],
    });
    const other = new Fleet(POLICY.replace('base: main', 'base: trunk'));
    other.worktree('wt-a1', 'feat/a1/x').commit('own', { 'services/core/new.py': 'x\n' });
    const without = await other.status(other.main, {});
    expect(without).toMatchObject({
      verdict: 'allowed',
      data: {
        base: null,
        notices: ['there is no branch trunk here: the policy is read from main'],
        overlap: { state: 'skipped' },
      },
    });
    expect(rowOf(without, 'feat/a1/x')).toMatchObject({ standing: null, problems: [] });
  });
});

describe('the hooks', () => {
  it('3: are told for each event of each worktree', async () => {
    const fleet = new Fleet();
    const elsewhere = fleet.worktree('elsewhere', 'feat/a1/x');
    fleet.main.git('config', 'extensions.worktreeConfig', 'true');
    elsewhere.git('config', '--worktree', 'core.hooksPath', '.no-hooks');
    elsewhere.write('.no-hooks/pre-commit', '#!/bin/sh\nexit 0\n', 0o755);
    elsewhere.write('.no-hooks/pre-push', '#!/bin/sh\nexit 0\n', 0o644);
    fleet.main.write('.git/info/exclude', '.no-hooks\n');
    const report = await fleet.status();
    const states = (name: string) => rowOf(report, name).worktree!.hooks.map(({ state }) => state);
    expect(states('main')).toEqual(['active', 'active', 'active']);
    expect(states('feat/a1/x')).toEqual(['unguarded', 'missing', 'inert']);
    expect(report.data.unguarded).toBeNull();
    expect(rowOf(report, 'feat/a1/x').next).toEqual({
      why: 'hooks',
      urgent: true,
      hint: hintTo('make git run the guard there', 'bailiwick init -C ../elsewhere'),
    });
  });

  it('that run nowhere are said once', async () => {
    const fleet = new Fleet();
    fleet.worktree('wt-a1', 'feat/a1/x');
    fleet.main.git('config', 'core.hooksPath', '/nonexistent');
    const { data } = await fleet.status();
    expect(data.unguarded).toEqual(hintTo('make git run the guard', 'bailiwick init'));
    expect(data.rows.map(({ next }) => next)).toEqual([null, null]);
  });
});

describe('the locks', () => {
  it('are shown with who holds them, and until when', async () => {
    const fleet = new Fleet();
    const now = Date.UTC(2026, 2, 1, 12);
    const [one, two] = [fleet.worktree('wt-a1', 'feat/a1/x'), fleet.worktree('wt-a2', 'feat/a2/x')];
    const take = (tree: TestRepository, name: string, ttl: string) =>
      runLock(hostIn(tree, clock(now)), {
        verb: 'acquire',
        name,
        reason: '',
        ttl,
        wait: undefined,
      });
    await take(one, 'common', '90m');
    await take(two, 'notes', '10m');
    const { data } = await fleet.status(fleet.main, { overlap: false }, clock(now + HOUR));
    expect(data.locks).toEqual([
      {
        name: 'common',
        holder: 'a1',
        branch: 'feat/a1/x',
        state: 'held',
        since: now,
        expires: now + 90 * MINUTE,
      },
      {
        name: 'notes',
        holder: 'a2',
        branch: 'feat/a2/x',
        state: 'expired',
        since: now,
        expires: now + 10 * MINUTE,
      },
    ]);
    expect(data.rows.map(({ branch, locks }) => [branch, locks])).toEqual([
      ['feat/a1/x', ['common']],
      ['feat/a2/x', ['notes']],
      ['main', []],
    ]);
  });

  it('that cannot be read leave nothing decided', async () => {
    const fleet = new Fleet();
    fleet.main.git('update-ref', 'refs/bailiwick/locks/common', 'HEAD');
    const { verdict, data } = await fleet.status();
    expect(verdict).toBe('undecided');
    expect(data.notices.join()).toContain(
      'locks/common does not hold a lease: it has no state.json',
    );
    expect(data.rows).not.toEqual([]);
  });
});
