import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/commands/check.ts';
import { runLock } from '../../../src/commands/lock.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { hostIn } from '../../support/host.ts';
import { POLICY } from '../../support/policy.ts';
import type { TestRepository } from '../../support/repository.ts';
import { Fleet, inside, outsideOf, rowOf } from './fixture.ts';

let fleet: Fleet;
let tree: TestRepository;
beforeEach(() => {
  fleet = new Fleet();
  tree = fleet.worktree('wt a1', 'feat/a1/parser');
});

const outside = async (): Promise<string[]> => outsideOf(rowOf(await fleet.status(), 'wt a1'));

/** Everything that can happen to a path of somebody else, with what stays in the own part. */
function trespass(): void {
  tree.write('services/core/own.py');
  tree.write('services/core/core.py', 'own\n');
  tree.write('services/api/api.py', 'modified\n');
  tree.write('services/api/ne\nw file.py');
  tree.write('web/app.ts', 'staged\n');
  tree.write('tools/deep/er/x.sh');
  tree.write('services/common/util.py', 'without its lock\n');
  tree.write('services/core/secrets/key');
  tree.write('services/core/agent.py', 'frozen\n');
  tree.write('AGENT_FOCUS.md', 'local\n');
  tree.write('.github/workflows/ci.yml', 'control\n');
  tree.write('services/core/Core.py', 'twin\n');
  tree.write('package.json', '{"own":1}\n');
  tree.write('package-lock.json', '{"derived":1}\n');
  symlinkSync('../api', inside(tree, 'services/core/stray'));
  symlinkSync('core.py', inside(tree, 'services/core/fine'));
  tree.git('add', 'web/app.ts');
  tree.git('mv', 'services/api/both.py', 'services/core/taken.py');
  rmSync(inside(tree, 'README.md'));
}

describe('what is not committed', () => {
  it('is judged before it is, whatever was done to it', async () => {
    trespass();
    const row = rowOf(await fleet.status(), 'wt a1');
    expect(outsideOf(row)).toEqual([
      'add frozen .github/workflows/ci.yml',
      'add local-only AGENT_FOCUS.md',
      'delete owned-by-other README.md',
      'modify owned-by-other services/api/api.py',
      'delete owned-by-other services/api/both.py',
      'add unsafe-path services/api/ne\nw file.py',
      'modify lock-needed services/common/util.py',
      'add unsafe-path services/core/Core.py',
      'modify frozen services/core/agent.py',
      'add forbidden services/core/secrets/key',
      'symlink unsafe-path services/core/stray',
      'add unowned tools/deep/er/x.sh',
      'modify owned-by-other web/app.ts',
    ]);
    expect(row.worktree?.changes).toMatchObject({
      total: 19,
      staged: 3,
      unstaged: 7,
      untracked: 9,
      untrackedMore: false,
      judged: true,
    });
    expect(row.next).toMatchObject({
      why: 'outside',
      hint: hintTo(
        'keep what is outside its part out of the commit',
        "git -C '../wt a1' restore --staged -- :/services/api/both.py :/web/app.ts",
      ),
    });
  });

  it('is judged as the hook would judge it', async () => {
    trespass();
    const row = rowOf(await fleet.status(), 'wt a1');
    tree.git('add', '-A');
    const target = { kind: 'staged' } as const;
    const { findings } = await runCheck(hostIn(tree), { target });
    const said = findings.map(({ path, ops, code, severity, owner, rule, message }) => {
      return {
        path,
        operation: ops![0],
        code,
        severity,
        owner: owner ?? [],
        rule: rule ?? null,
        message,
      };
    });
    const shown = row.worktree!.changes!.outside.map(
      ({ staged: _, lock: __, ...change }) => change,
    );
    expect(shown).toEqual(said);
  });

  it('is advice: nothing is refused, and every change has its finding', async () => {
    trespass();
    const report = await fleet.status(tree);
    expect(report).toMatchObject({ verdict: 'allowed', agent: 'a1' });
    const { outside: changes } = rowOf(report, 'wt a1').worktree!.changes!;
    expect(report.findings.map(({ path }) => path)).toEqual(changes.map(({ path }) => path));
    expect(new Set(report.findings.map(({ severity }) => severity))).toEqual(new Set(['warning']));
    expect(report.findings.find(({ path }) => path === 'web/app.ts')).toMatchObject({
      agent: 'a1',
      owner: ['a2'],
      message: 'uncommitted in .: belongs to a2',
      hint: hintTo(
        'keep what is outside its part out of the commit',
        'git restore --staged -- :/services/api/both.py :/web/app.ts',
      ),
    });
  });

  it('is nothing to speak of in the own part', async () => {
    tree.write('services/core/own.py');
    tree.write('services/core/core.py', 'own\n');
    rmSync(inside(tree, 'services/core/deep/er.py'));
    const row = rowOf(await fleet.status(), 'wt a1');
    expect(row.worktree?.changes).toMatchObject({ total: 3, outside: [] });
    expect(row.next).toMatchObject({ why: 'commit', urgent: false });
  });

  it('may be in a shared part while its lock is held', async () => {
    tree.write('services/common/util.py', 'mine\n');
    expect(await outside()).toEqual(['modify lock-needed services/common/util.py']);
    const terms = {
      verb: 'acquire',
      name: 'common',
      reason: '',
      ttl: '1h',
      wait: undefined,
    } as const;
    await runLock(hostIn(tree), terms);
    expect(await outside()).toEqual([]);
    const later = { now: () => Date.now() + 2 * 3_600_000 };
    const row = rowOf(await fleet.status(fleet.main, { overlap: false }, later), 'wt a1');
    expect(outsideOf(row)).toEqual(['modify lock-expired services/common/util.py']);
    expect(hintSentence(row.next!.hint)).toBe(
      "To take the lock, run bailiwick lock renew common -C '../wt a1'",
    );
  });

  it('is no change where it is as the base has it', async () => {
    tree.commit('slip', { 'services/api/api.py': 'slip\n', 'web/app.ts': 'slip\n' });
    tree.git('restore', '--source=main', 'services/api/api.py');
    tree.git('restore', '--source=main', '--staged', '--worktree', 'web/app.ts');
    expect(await outside()).toEqual([]);
    tree.write('services/api/api.py', 'api\n', 0o755);
    expect(await outside()).toEqual(['modify owned-by-other services/api/api.py']);
  });

  it('comes with a command that can be copied, whatever the names are', async () => {
    const hostile = fleet.worktree("wt $(touch x); 'a1'", 'feat/a1/$(touch\u00a0x)');
    hostile.write("web/$(touch y) 'z'.ts", 'x\n');
    hostile.write('web/app.ts', 'x\n');
    hostile.git('add', '-A');
    const hint = rowOf(await fleet.status(), 'feat/a1/$(touch\u00a0x)').next!.hint;
    const command = hint.command ?? '';
    expect(fleet.main.run('sh', ['-c', command])).toMatchObject({ code: 0, stderr: '' });
    expect(hostile.git('diff', '--cached', '--name-only')).toBe('');
    expect(fleet.main.git('status', '--short')).toBe('');
  });

  it('leaves out what git ignores, at any depth', async () => {
    tree.write('services/new/.gitignore', '*.log\n');
    fleet.main.write('.git/info/exclude', 'build/\n');
    for (const path of ['services/new/a.log', 'services/new/b.txt', 'services/new/build/x'])
      tree.write(path);
    expect(await outside()).toEqual([
      'add unowned services/new/.gitignore',
      'add unowned services/new/b.txt',
    ]);
  });

  it('can be a repository inside the work tree, which would be added as a link', async () => {
    for (const path of ['vendor/one', 'services/core/two']) {
      mkdirSync(inside(tree, path), { recursive: true });
      tree.at(path).git('init', '-q');
      tree.at(path).commit('inner', { file: 'x\n' });
    }
    expect(await outside()).toEqual(['gitlink unowned vendor/one']);
  });

  it('is counted up to a limit, and that is said', async () => {
    for (let at = 0; at < 2100; at += 1) tree.write(`services/core/made/${at % 3}/${at}`, '');
    tree.write('web/app.ts', 'x\n');
    const { changes } = rowOf(await fleet.status(), 'wt a1').worktree!;
    expect(changes).toMatchObject({ untracked: 2000, untrackedMore: true, total: 2001 });
    expect(changes!.outside.map(({ path }) => path)).toEqual(['web/app.ts']);
  });

  it('is whose the binding says, and in another worktree not whose this shell says', async () => {
    tree.write('services/api/api.py', 'x\n');
    await fleet.status(tree);
    const environment = { ...tree.environment, AGENT_ID: 'a2' };
    const there = await fleet.status(fleet.main, { overlap: false }, { environment });
    expect(rowOf(there, 'wt a1')).toMatchObject({ agent: 'a1' });
    const here = await fleet.status(tree, { overlap: false }, { environment });
    expect(rowOf(here, 'wt a1')).toMatchObject({
      agent: null,
      identity: { kind: 'mismatch' },
      next: { why: 'identity', hint: hintTo('see where each comes from', 'bailiwick whoami') },
    });
    expect(here.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'warning identity-mismatch',
    ]);
  });

  it('by a person is only judged where people are', async () => {
    const people = fleet.worktree('people', 'topic');
    people.write('services/api/api.py', 'x\n');
    people.write('services/core/agent.py', 'x\n');
    people.write('.agent.env', 'x\n');
    const row = rowOf(await fleet.status(), 'topic');
    expect(
      row.worktree!.changes!.outside.map(({ code, severity }) => `${severity} ${code}`),
    ).toEqual(['error local-only', 'warning frozen']);
    expect(row.next).toMatchObject({ why: 'outside' });
  });
});

it('says that nobody may act where the policy wants an agent, once there is something', async () => {
  const strict = new Fleet(POLICY.replace('unknown: human', 'unknown: deny'));
  expect(rowOf(await strict.status())).toMatchObject({ unclear: null, next: null });
  strict.main.write('README.md', 'x\n');
  const report = await strict.status();
  expect(rowOf(report)).toMatchObject({
    agent: null,
    unclear: expect.stringMatching(/^no agent of the policy is acting here/) as string,
    next: { why: 'identity', hint: hintTo('act as an agent', 'bailiwick whoami --bind <agent>') },
  });
  expect(report.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'warning identity-unknown',
  ]);
});

describe('a merge', () => {
  beforeEach(() => {
    tree.commit('own', { 'services/core/core.py': 'own\n' });
    fleet.main.commit('base', {
      'services/api/api.py': 'base\n',
      'services/core/core.py': 'base\n',
    });
  });

  it('that stopped is not judged, and what comes next is to finish it', async () => {
    expect(tree.tryGit('merge', 'main').code).toBe(1);
    const row = rowOf(await fleet.status(), 'wt a1');
    expect(row.worktree).toMatchObject({
      operation: 'merge',
      changes: { unmerged: 1, staged: 1, judged: false, outside: [] },
    });
    expect(row.next).toMatchObject({ why: 'unfinished', urgent: true });
  });

  it('blames nobody for what it brings, and sees what is put into it', async () => {
    tree.tryGit('merge', 'main');
    tree.write('services/core/core.py', 'resolved\n');
    tree.git('add', '-A');
    expect(await outside()).toEqual([]);
    tree.write('web/app.ts', 'slipped in\n');
    tree.git('add', '-A');
    tree.write('README.md', 'not even staged\n');
    const row = rowOf(await fleet.status(), 'wt a1');
    expect(outsideOf(row)).toEqual([
      'modify owned-by-other README.md',
      'modify owned-by-other web/app.ts',
    ]);
    expect(row.worktree).toMatchObject({ operation: 'merge', changes: { judged: true } });
  });

  it('of a branch being rebased is still that branch', async () => {
    expect(tree.tryGit('rebase', 'main').code).toBe(1);
    const report = await fleet.status();
    expect(report.data.rows).toHaveLength(2);
    expect(rowOf(report, 'feat/a1/parser')).toMatchObject({
      agent: 'a1',
      worktree: { operation: 'rebase', changes: { unmerged: 1 } },
      next: { why: 'unfinished' },
    });
  });
});

it('finds a branch without a commit in a worktree of its own', async () => {
  tree.git('switch', '-q', '--orphan', 'feat/a1/new');
  tree.write('services/core/first.py');
  tree.write('web/first.ts');
  tree.git('add', '-A');
  const row = rowOf(await fleet.status(), 'feat/a1/new');
  expect(row).toMatchObject({ agent: 'a1', head: null, standing: null });
  expect(outsideOf(row)).toEqual(['add owned-by-other web/first.ts']);
  expect(hintSentence(row.next!.hint)).toBe(
    "To keep what is outside its part out of the commit, run git -C '../wt a1' rm --cached -r -q -- :/web/first.ts",
  );
});
