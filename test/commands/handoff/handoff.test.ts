import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesIn, installHooks } from '../../support/guarded.ts';
import { readPublished } from '../../support/report-schema.ts';
import { TestRepository } from '../../support/repository.ts';

const policy = (
  enforce: string,
  opens = 'passed',
  commands = "['sh check.sh', 'test ! -e bad']",
) => `version: 1
phases: { enforce: ${enforce}, opens: ${opens} }
agents:
  a1: { owns: ['a/**', check.sh, bad], validate: ${commands} }
  a2: { owns: ['b/**'], after: [a1] }
`;
const world = TestRepository.create();
world.commit('first', {
  'ownership.yml': policy('require'),
  'check.sh': 'exit 0\n',
  '.gitignore': 'out/\n',
  'a/x': '1\n',
  'b/x': '1\n',
});
installHooks(world);
world.git('worktree', 'add', '-q', '-b', 'feat/a1/x', '../a1');
world.git('worktree', 'add', '-q', '-b', 'feat/a2/x', '../a2');
const a1 = world.at('../a1');
const a2 = world.at('../a2');

const handoff = (where: TestRepository, ...args: string[]) => {
  const { code, stdout, stderr } = where.bailiwick(['handoff', ...args, '--json']);
  const report = readPublished<{
    verdict: string;
    data: {
      run: { verdict: string; reason: string | null; commit: string };
      commands: { log: string }[];
      rows: { agent: string; opens: boolean }[];
      outcome: string;
    };
    findings: { message: string }[];
    failure?: { message: string; hints: unknown[] };
  }>(stdout);
  return { code, report, stdout, stderr };
};
const commitAs = (where: TestRepository, path: string, content: string) => {
  where.write(path, content);
  where.git('add', '-A');
  return where.tryGit('commit', '-q', '-m', 'work');
};
const opens = (): boolean =>
  handoff(world, 'list').report.data.rows.find(({ agent }) => agent === 'a1')!.opens;

describe('a handoff', () => {
  beforeAll(() => {
    commitAs(a1, 'a/x', '2\n');
  });
  afterAll(() => undefined);

  it('closes the phase after it until it passes, and then the commit goes through', () => {
    const early = commitAs(a2, 'b/x', '2\n');
    expect(early.code).toBe(1);
    expect(codesIn(early)).toEqual(['phase-closed']);
    // Neither is a task begun before its turn.
    a2.bailiwick(['task', 'assign', 'a2', 't1', 'early']);
    const begun = a2.bailiwick(['task', 'start', 't1']);
    expect([begun.code, begun.stdout]).toEqual([1, expect.stringContaining('phase-closed')]);
    const unasked = handoff(a1);
    expect([unasked.code, unasked.stdout]).toEqual([
      2,
      expect.stringContaining('there is nobody here to approve them'),
    ]);
    const passed = handoff(a1, '--yes');
    expect([passed.code, passed.report.data.run.verdict]).toEqual([0, 'pass']);
    expect(existsSync(passed.report.data.commands[0]!.log)).toBe(true);
    expect(a2.tryGit('commit', '-q', '-m', 'work').code).toBe(0);
    // What the short way may conclude from a commit is not that the phase stays open.
    expect(existsSync(join(world.directory, '.git/worktrees/a2/bailiwick/lane'))).toBe(false);
  });

  it('that fails later closes nobody, says which command and keeps its output', () => {
    commitAs(a1, 'bad', '1\n');
    const failed = handoff(a1);
    expect([failed.code, failed.report.verdict]).toEqual([1, 'refused']);
    expect(failed.report.data.run.reason).toBe('1 of 2 commands failed');
    expect(opens()).toBe(true);
    const log = a1.bailiwick(['handoff', 'log', 'a1', '2']);
    expect(log.stdout).toContain('$ test ! -e bad');
    expect(a1.bailiwick(['handoff', 'log', 'a1', '9']).code).toBe(2);
  });

  it('is rolled back to what passed, and the tip is kept', () => {
    const tip = a1.git('rev-parse', 'HEAD');
    a1.write('a/x', 'not committed\n');
    expect(handoff(a1, 'rollback', 'a1').code).toBe(2);
    a1.git('checkout', '-q', 'a/x');
    world.git('branch', 'stacked', 'feat/a1/x');
    const stacked = world.bailiwick(['handoff', 'rollback', 'a1']);
    expect([stacked.code, stacked.stderr]).toEqual([
      2,
      expect.stringMatching(/stacked is built on/),
    ]);
    world.git('branch', '-D', 'stacked');
    const back = handoff(world, 'rollback', 'a1');
    expect([back.code, back.report.data.outcome]).toEqual([0, 'rolled-back']);
    expect(existsSync(join(a1.directory, 'bad'))).toBe(false);
    expect(a1.git('status', '--porcelain')).toBe('');
    world.git('reflog', 'expire', '--expire=now', '--all');
    world.git('gc', '-q', '--prune=now');
    expect(world.git('cat-file', '-t', tip)).toBe('commit');
    expect(handoff(world, 'rollback', 'a1').report.data.outcome).toBe('unchanged');
  });

  it('counts by its tree after an amend, goes with it when it is rewritten', () => {
    const before = a1.git('rev-parse', 'HEAD');
    a1.git('commit', '-q', '--amend', '--no-verify', '-m', 'other words');
    expect(opens()).toBe(true);
    a1.git('reset', '-q', '--hard', 'HEAD~1');
    expect(opens()).toBe(false);
    a1.git('reset', '-q', '--hard', before);
    commitAs(a1, 'a/y', '1\n');
    expect(opens()).toBe(true);
    // So it does when the base is merged in after it.
    const tip = a1.git('rev-parse', 'HEAD');
    world.commit('base goes on', { 'c/x': '1\n' });
    a1.git('merge', '-q', '--no-edit', 'main');
    expect(opens()).toBe(true);
    a1.git('reset', '-q', '--hard', tip);
  });

  it('decides nothing over what is not committed, or where a command changes it', () => {
    a1.write('new', 'x\n');
    expect(handoff(a1).code).toBe(2);
    a1.run('rm', ['new']);
    commitAs(a1, 'check.sh', 'mkdir -p out; date >out/x; echo 3 >a/x\n');
    const changed = handoff(a1);
    expect([changed.code, changed.report.verdict]).toEqual([2, 'undecided']);
    expect(changed.report.data.run.reason).toMatch(/changed meanwhile: a\/x/);
    a1.git('checkout', '-q', 'a/x');
    expect(handoff(a2).stdout).toMatch(/a2 has no commands to pass/);
  });

  it('judges the commit in a checkout that is thrown away, after the setup', () => {
    const setup = policy('require', 'passed', "['test -e ready', 'test ! -e loose']");
    const trees = "worktrees: { setup: ['echo out >> .gitignore; mkdir out; touch ready'] }\n";
    world.commit('setup', { 'ownership.yml': setup + trees });
    a1.write('loose', 'not committed\n');
    expect(handoff(a1).stdout).toContain('handoff run --checkout');
    const before = world.git('worktree', 'list');
    const passed = handoff(a1, 'run', '--checkout', '--yes');
    expect([passed.code, passed.report.data.run.verdict]).toEqual([0, 'pass']);
    expect(passed.report.data.run.commit).toBe(a1.git('rev-parse', 'HEAD'));
    expect(world.git('worktree', 'list')).toBe(before);
    expect(readdirSync(join(world.directory, '.git/bailiwick/landing'))).toEqual([]);
    world.commit('broken setup', { 'ownership.yml': `${setup}worktrees: { setup: ['false'] }\n` });
    const broken = handoff(a1, 'run', '--checkout', '--yes');
    expect([broken.code, broken.stdout]).toEqual([
      2,
      expect.stringContaining('setup did not pass'),
    ]);
    expect(world.git('worktree', 'list')).toBe(
      before.replace(/^(\S+ +)\S+/, `$1${world.git('rev-parse', '--short', 'HEAD')}`),
    );
    a1.run('rm', ['loose']);
  });

  it('is stale when the policy changes the commands, warns where the policy only advises, and asks anew', () => {
    world.commit('policy', { 'ownership.yml': policy('advise', 'passed', "['true']") });
    expect(opens()).toBe(false);
    const warned = commitAs(a2, 'b/x', '3\n');
    expect([warned.code, warned.stderr]).toEqual([0, expect.stringContaining('phase-closed')]);
    expect(handoff(a1).stdout).toContain('have changed since they were approved');
    expect(handoff(a1, '--yes').code).toBe(0);
    expect(opens()).toBe(true);
  });

  it('may have to land first', () => {
    world.commit('policy', { 'ownership.yml': policy('require', 'landed', "['true']") });
    expect(opens()).toBe(false);
    expect(codesIn(commitAs(a2, 'b/x', '4\n'))).toEqual(['phase-closed']);
    world.git('merge', '-q', '--squash', 'feat/a1/x');
    world.git('commit', '-q', '--no-verify', '-m', 'squashed');
    expect(opens()).toBe(true);
  });

  it('that cannot be read opens nothing, and is named', () => {
    const ref = 'refs/bailiwick/handoffs/a1';
    const good = world.git('rev-parse', ref);
    world.git('update-ref', ref, 'main');
    const list = handoff(world, 'list');
    expect([list.code, list.stdout]).toEqual([
      2,
      expect.stringContaining('does not hold a handoff'),
    ]);
    expect(codesIn(a2.tryGit('commit', '-q', '-m', 'work'))).toEqual(['phase-closed']);
    world.git('update-ref', ref, good);
  });
});

it('what was pushed is taken back there as well when it is asked for, and only as it was known', () => {
  const pass = a1.git('rev-parse', 'HEAD');
  a1.git('reset', '-q', '--hard', pass);
  expect(handoff(a1, '--yes').report.data.run.verdict).toBe('pass');
  commitAs(a1, 'a/x', 'after the pass\n');
  const server = world.at('../server.git');
  world.git('init', '-q', '--bare', server.directory);
  world.git('remote', 'add', 'origin', server.directory);
  world.git('push', '-q', '--no-verify', 'origin', 'feat/a1/x', 'main');
  const tip = a1.git('rev-parse', 'HEAD');
  const kept = handoff(world, 'rollback', 'a1');
  expect([kept.code, a1.git('rev-parse', 'HEAD')]).toEqual([2, tip]);
  expect(kept.stdout).toContain('bailiwick handoff rollback a1 --push');
  // Somebody has pushed more, which this clone does not know.
  const more = world.git('commit-tree', '-p', tip, '-m', 'more', `${tip}^{tree}`);
  world.git('push', '-q', '--no-verify', server.directory, `${more}:refs/heads/feat/a1/x`);
  expect(handoff(world, 'rollback', 'a1', '--push').code).toBe(2);
  expect(server.git('rev-parse', 'feat/a1/x')).toBe(more);
  expect(a1.git('rev-parse', 'HEAD')).toBe(tip);
  world.git('push', '-q', '-f', '--no-verify', server.directory, `${tip}:refs/heads/feat/a1/x`);
  expect(handoff(world, 'rollback', 'a1', '--push').report.data.outcome).toBe('rolled-back');
  expect([server.git('rev-parse', 'feat/a1/x'), a1.git('rev-parse', 'HEAD')]).toEqual([pass, pass]);
});

it('who cannot run with whom is said by lint', () => {
  const { stdout } = world.bailiwick(['lint']);
  expect(stdout).toContain('a1 cannot run with a2: a2 comes after a1');
  expect(readFileSync(join(world.directory, 'ownership.yml'), 'utf8')).toContain('after');
});
