import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLandAbort } from '../../../src/commands/land/abort.ts';
import { runLandStatus } from '../../../src/commands/land/status.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo } from '../../support/overlap.ts';
import { BRANCHES, land, landable, MODES, outcomes, policyOf, seen, stack } from './fixture.ts';

const GOOD = { 'a1/x': BRANCHES['a1/x']!, 'a3/x': BRANCHES['a3/x']! };

describe('land', () => {
  it.each(MODES)('%s: the base becomes what was foretold, step by step', async (mode) => {
    const repository = landable(GOOD);
    stack(repository);
    const before = seen(repository);
    const plan = await land(repository, { land: mode, plan: true });
    const same = await land(repository, { land: mode, plan: true });
    expect(JSON.stringify(same.data.plan)).toBe(JSON.stringify(plan.data.plan));
    expect(seen(repository)).toBe(before);
    const report = await land(repository, { land: mode });
    const { steps } = report.data.journal!;
    expect(report.verdict).toBe('allowed');
    expect(steps.map(({ branch, made }) => [branch, made?.tree])).toEqual(
      plan.data.plan!.steps.map(({ branch, tree }) => [branch, tree]),
    );
    expect(steps.map(({ branch }) => branch)).toEqual(['feat/a1/x', 'feat/a3/x', 'feat/a1/more']);
    const { commit, tree } = steps.at(-1)!.made!;
    expect(repository.git('rev-parse', 'main', 'main^{tree}').split('\n')).toEqual([commit, tree]);
    const merges = repository.git('rev-list', '--count', '--min-parents=2', 'main');
    expect(merges).toBe(mode === 'merge' ? '3' : '0');
    const own = repository.git('rev-list', '--count', '--no-merges', 'main');
    expect(own).toBe(mode === 'squash' ? '4' : '5');
    const trailer = '--format=%(trailers:key=Bailiwick-Landed,valueonly,separator=%x2C)';
    expect(repository.git('log', '-1', trailer, 'main')).toBe(
      `feat/a1/more@${repository.git('rev-parse', 'feat/a1/more')}`,
    );
    // Landed once, it adds nothing.
    const again = await land(repository, { land: mode });
    expect(again.data.plan!.left.map(({ branch, why }) => `${branch} ${why}`)).toEqual([
      'feat/a1/more landed',
      'feat/a1/x landed',
      'feat/a3/x landed',
    ]);
    expect(again.verdict).toBe('allowed');
  });

  it('62 only what fails leaves, with what is stacked on it; nobody else sees anything of it', async () => {
    const repository = landable();
    repository.write(
      '.git/hooks/post-checkout',
      '#!/bin/sh\necho ran >> "$(git rev-parse --git-common-dir)/ran"\n',
      0o755,
    );
    commitTo(repository, 'feat/a2/upper', { 'b/upper': 'upper\n' }, 'refs/heads/feat/a2/bad');
    repository.git('worktree', 'add', '-q', '../wt-a1', 'feat/a1/x');
    const ran = repository.read('.git/ran');
    const mine = repository.at('../wt-a1');
    mine.write('a/draft', 'mine\n');
    const tips = repository.git('for-each-ref', 'refs/heads/feat');
    const report = await land(repository, { once: true });
    expect(outcomes(report)).toEqual([
      'feat/a1/x landed',
      'feat/a2/bad red',
      'feat/a2/upper after',
      'feat/a3/x landed',
    ]);
    expect(report.findings.map(({ code, message }) => `${code} ${message.split(':')[0]}`)).toEqual([
      'land-failed feat/a2/bad does not land',
      'land-failed feat/a2/upper does not land',
    ]);
    expect(report.verdict).toBe('refused');
    // The base, all four, at most two to find it, and what is left.
    expect(report.data.journal!.runs).toBeLessThanOrEqual(5);
    expect(repository.git('for-each-ref', 'refs/heads/feat')).toBe(tips);
    expect(mine.git('status', '--porcelain')).toBe('?? a/draft');
    expect(repository.read('.git/ran')).toBe(ran);
    expect((await runLandStatus(hostIn(repository))).data.journal).toEqual(report.data.journal);
    expect(repository.bailiwick(['worktree', 'list']).stdout).not.toContain('bailiwick-main');
  });

  it('51 two that fail only together: the later one leaves', async () => {
    const repository = landable({
      ...GOOD,
      'a1/left': { 'a/left': 'left\n' },
      'a3/right': { 'c/right': 'right\n' },
    });
    expect(outcomes(await land(repository, { once: true }))).toEqual([
      'feat/a1/left landed',
      'feat/a1/x landed',
      'feat/a3/right red',
      'feat/a3/x landed',
    ]);
  });

  it('47 nothing is tried on a base that fails itself', async () => {
    const repository = landable(BRANCHES, 'false');
    const before = seen(repository);
    const report = await land(repository);
    expect(report.findings.map(({ code }) => code)).toEqual(['base-red']);
    expect(seen(repository)).toBe(before);
  });

  it('what conflicts, and what the guard refuses, is left out of the plan', async () => {
    const repository = landable({
      ...GOOD,
      'a1/y': { 'a/list': 'all new\n' },
      'a3/theirs': { 'b/list': 'not mine\n' },
    });
    const { data, findings } = await land(repository, { plan: true });
    expect(data.plan!.left.map(({ branch, why }) => `${branch} ${why}`)).toEqual([
      'feat/a1/x conflict',
      'feat/a3/theirs refused',
    ]);
    expect(findings.every(({ code }) => code === 'land-failed')).toBe(true);
  });

  it('61 a checked-out base is fast-forwarded where it is, unless something is not committed there', async () => {
    const repository = landable(GOOD);
    repository.git('switch', '-q', 'main');
    repository.write('b/list', 'draft\n');
    const before = seen(repository);
    await expect(land(repository)).rejects.toThrow(/b\/list is changed there/);
    expect(seen(repository)).toBe(before);
    repository.git('stash', 'push', '-q');
    await land(repository);
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(repository.read('a/list')).toContain('changed by a1');
  });

  it('48 a base that moves while it is validated: what lands is built on what it is then', async () => {
    const repository = landable(GOOD);
    commitTo(repository, 'other', { 'b/other': 'other\n' }, 'main');
    const check = `test -e ${repository.directory}/moved || { touch ${repository.directory}/moved; git update-ref refs/heads/main refs/heads/other; }`;
    commitTo(repository, 'main', { 'ownership.yml': policyOf(check) });
    commitTo(repository, 'other', { 'ownership.yml': policyOf(check) }, 'main');
    const { data } = await land(repository, { once: true });
    expect([data.journal!.end, data.journal!.rounds]).toEqual(['done', 1]);
    expect(repository.git('ls-tree', '--name-only', 'main', 'b/', 'a/')).toContain('b/list');
    expect(repository.git('log', '--format=%H', 'main')).toContain(
      repository.git('rev-parse', 'other'),
    );
  });

  it('53 what is red once and then green lands', async () => {
    const flag = join(landable({}).home, 'flag');
    const check = `test ! -e a/flaky -o -e ${flag} || { touch ${flag}; false; }`;
    const repository = landable({ 'a1/flaky': { 'a/flaky': 'x\n' } }, check);
    const { data } = await land(repository);
    expect(existsSync(flag)).toBe(true);
    expect([data.journal!.end, data.journal!.steps[0]!.state]).toEqual(['done', 'landed']);
    expect(data.journal!.proofs.map(({ flaky }) => flaky)).toEqual([false, true]);
  });

  it('63 a command that is not there, or changes what it judges, decides nothing', async () => {
    for (const check of [
      'no-such-command-here',
      'echo more >> a/list',
      'git commit -q --allow-empty -m x',
    ]) {
      const repository = landable(GOOD, check);
      const before = seen(repository);
      await expect(land(repository)).rejects.toThrow(/did not get to say/);
      expect(seen(repository)).toBe(before);
      expect((await runLandAbort(hostIn(repository))).data.journal!.end).toBe('aborted');
      expect(seen(repository)).toBe(before);
    }
  });

  it('says how it is used', () => {
    const repository = landable(GOOD, 'true');
    const told = (...words: string[]) => repository.bailiwick(['land', ...words]);
    expect(told().stderr).toContain('land --all --plan');
    expect(told('feat/none', '--local').stderr).toContain('there is no branch feat/none here');
    expect(told('--all', '--local').stderr).toContain('--yes');
    expect(told('continue').stderr).toContain('no landing on main is under way');
    const done = told('feat/a1/x', '--local', '--yes');
    expect(done.stdout).toContain('landed 1 of 1 on main');
    expect(told('feat/a3/x', '--local').code).toBe(0);
    expect(told('status').stdout).toContain('feat/a3/x');
  });
});
