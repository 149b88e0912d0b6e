import { beforeAll, describe, expect, it } from 'vitest';
import { codesIn, installHooks } from '../support/guarded.ts';
import { POLICY } from '../support/policy.ts';
import { type Outcome, TestRepository } from '../support/repository.ts';

/** The file of the shared part that both agents work on. */
const FILE = 'services/common/util.py';
const LINES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const text = (...changed: [line: number, to: string][]): string =>
  `${LINES.map((line, at) => changed.find(([which]) => which === at)?.[1] ?? line).join('\n')}\n`;

/** A server, and one clone with a worktree for each of two agents. */
function evening() {
  const server = TestRepository.create({ bare: true, name: 'server.git' });
  const seed = TestRepository.create();
  seed.commit('first', {
    'ownership.yml': POLICY,
    [FILE]: text(),
    'services/core/core.py': 'core\n',
    'services/api/api.py': 'api\n',
  });
  seed.git('push', '-q', server.directory, 'main');
  const clone = server.at('../clone');
  server.git('clone', '-q', server.directory, clone.directory);
  installHooks(clone);
  const worktree = (agent: string): TestRepository => {
    clone.git('worktree', 'add', '-q', '-b', `feat/${agent}/work`, `../${agent}`, 'origin/main');
    return clone.at(`../${agent}`);
  };
  return { server, clone, a1: worktree('a1'), a2: worktree('a2') };
}

/** Lands a branch as the merge button of a host does: a squash, far from the agents' clone. */
function squash(server: TestRepository, branch: string): void {
  const host = server.at(`../host-${branch.replaceAll('/', '-')}-${Math.random()}`);
  server.git('clone', '-q', server.directory, host.directory);
  host.git('merge', '-q', '--squash', `origin/${branch}`);
  host.git('commit', '-q', '-m', `land ${branch}`);
  host.git('push', '-q', 'origin', 'main');
}

const commit = (at: TestRepository, content: string): Outcome => {
  at.write(FILE, content);
  at.git('add', '-A');
  return at.tryGit('commit', '-q', '-m', 'work');
};
const push = (at: TestRepository): Outcome => at.tryGit('push', '-q', 'origin', 'HEAD');
const passes = (outcome: Outcome): void =>
  expect({ code: outcome.code, said: outcome.stderr }).toMatchObject({ code: 0 });

describe('an evening with one lock', () => {
  let world: ReturnType<typeof evening>;
  beforeAll(() => {
    world = evening();
  });

  it('goes from the first change to the landing without a refusal that is not one', () => {
    const { server, clone, a1, a2 } = world;
    passes(a1.bailiwick(['lock', 'acquire', 'common', '--reason', 'move the parser']));
    passes(commit(a1, text([0, 'ONE'])));
    // a2 waits: the work is not landed, and it is told with one command.
    const early = commit(a2, text([8, 'NINE']));
    expect(codesIn(early)).toEqual(['lock-held']);
    expect(early.stderr).toContain('lock acquire common --wait');
    a2.git('restore', '--source=HEAD', '--staged', '--worktree', ':/');

    // Giving it back before it has landed says so, and changes nothing.
    const asked = a1.bailiwick(['lock', 'release', 'common']);
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain('lock-unlanded');
    expect(asked.stdout).toContain('lock release common --unlanded');
    expect(a1.bailiwick(['lock', 'list']).stdout).toContain('held by a1');
    passes(a1.bailiwick(['lock', 'release', 'common', '--unlanded']));

    // What was committed under it is pushed all the same, and stays allowed while a2 has the lock.
    passes(a1.bailiwick(['check', '--branch', 'feat/a1/work']));
    passes(a2.bailiwick(['lock', 'acquire', 'common']));
    passes(push(a1));

    // It lands by a squash. a2, which held the lock all the time, reworks on top of it and goes on.
    squash(server, 'feat/a1/work');
    clone.git('fetch', '-q');
    passes(a2.tryGit('merge', '-q', 'origin/main'));
    passes(commit(a2, text([0, 'ONE'], [8, 'NINE'])));
    passes(push(a2));

    // a1 has to wait for what a2 has pushed and not landed.
    passes(a1.tryGit('merge', '-q', 'origin/main'));
    expect(codesIn(commit(a1, text([0, 'ONE'], [4, 'FIVE'])))).toEqual(['lock-held']);

    // Once it has landed the lock is free by itself, also for whoever waits without having fetched.
    squash(server, 'feat/a2/work');
    const taken = a1.bailiwick(['lock', 'acquire', 'common', '--wait']);
    passes(taken);
    a1.git('fetch', '-q');
    a1.git('stash', '-q');
    passes(a1.tryGit('merge', '-q', 'origin/main'));
    a1.git('stash', 'drop', '-q');
    passes(commit(a1, text([0, 'ONE'], [4, 'FIVE'], [8, 'NINE'])));
    passes(push(a1));
    squash(server, 'feat/a1/work');

    // Nobody gave it back, and `sync` frees it.
    clone.git('fetch', '-q');
    expect(clone.bailiwick(['status', '--no-overlap']).stdout).toContain('no longer');
    expect(clone.bailiwick(['lock', 'list']).stdout).toContain('what a1 changed has landed');
    expect(clone.bailiwick(['sync']).stdout).toContain('lock common is free again');
    expect(clone.bailiwick(['lock', 'list']).stdout).not.toContain('a1 changed');
    expect(clone.git('show', 'origin/main:' + FILE)).toBe(
      text([0, 'ONE'], [4, 'FIVE'], [8, 'NINE']).trim(),
    );
  });
});
