import { expect, it } from 'vitest';
import { codesIn, installHooks } from '../support/guarded.ts';
import { type Outcome, TestRepository } from '../support/repository.ts';

const POLICY = `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
agents:
  a1: { owns: ['app/**'] }
  a3: { owns: ['lib/**'] }
reserved:
  migrations: { paths: ['db/migrations/**'], agents: [a3], reason: one writer keeps the numbers linear }
`;
/** Green only where the app, the library it calls and the table it reads fit each other. */
const SUITE = `grep -q "$(cat app/calls)" lib/functions && test -f "db/migrations/$(cat app/table).sql"\n`;

const passes = (outcome: Outcome): Outcome => {
  expect({ code: outcome.code, said: outcome.stdout + outcome.stderr }).toMatchObject({ code: 0 });
  return outcome;
};
const commit = (at: TestRepository, files: Record<string, string>): Outcome => {
  for (const [path, text] of Object.entries(files)) at.write(path, text);
  at.git('add', '-A');
  return at.tryGit('commit', '-q', '-m', 'work');
};
const suite = (at: TestRepository): number => at.run('sh', ['suite.sh']).code;

it('a1 needs a change of a3 and a migration: refused, asks, a3 applies, both land, the suite is green', () => {
  const server = TestRepository.create({ bare: true, name: 'server.git' });
  const seed = TestRepository.create();
  seed.commit('first', {
    'ownership.yml': POLICY,
    'suite.sh': SUITE,
    'app/calls': 'old\n',
    'app/table': '1\n',
    'lib/functions': 'old\n',
    'db/migrations/1.sql': 'create\n',
  });
  seed.git('push', '-q', server.directory, 'main');
  const cloneOf = (agent: string): TestRepository => {
    const clone = server.at(`../${agent}`);
    server.git('clone', '-q', server.directory, clone.directory);
    installHooks(clone);
    clone.git('switch', '-q', '-c', `feat/${agent}/day`);
    return clone;
  };
  const [a1, a3] = [cloneOf('a1'), cloneOf('a3')];
  const land = (branch: string): void => {
    seed.git('fetch', '-q', server.directory, `+refs/heads/*:refs/remotes/origin/*`);
    seed.git('reset', '-q', '--hard', 'origin/main');
    seed.git('merge', '-q', '--no-ff', '-m', `land ${branch}`, `origin/${branch}`);
    seed.git('push', '-q', server.directory, 'HEAD:main');
  };

  // The commit is refused, and its last words are the one command that asks.
  const refused = commit(a1, {
    'app/calls': 'new\n',
    'app/table': '2\n',
    'lib/functions': 'old\nnew\n',
    'db/migrations/2.sql': 'alter\n',
  });
  expect(codesIn(refused)).toEqual(['owned-by-other', 'reserved']);
  const command = /, run:?\s+(.*request open --staged .*)$/m.exec(refused.stderr)?.[1];
  expect(refused.stderr + command).not.toContain('undefined');
  passes(a1.run('sh', ['-c', command!]));
  passes(a1.tryGit('commit', '-q', '-m', 'the own part'));
  expect(suite(a1)).toBe(0);

  // a3 is told where it works, and takes it.
  expect(passes(a3.bailiwick(['sync'])).code).toBe(0);
  expect(passes(a3.bailiwick(['status', '--no-overlap'])).stdout).toContain(
    'a1 asks a3 for 2 files',
  );
  const told = a3.bailiwick(['agent-hook', 'claude'], {
    input: JSON.stringify({
      hook_event_name: 'SessionStart',
      cwd: a3.directory,
      source: 'startup',
    }),
  });
  expect(told.stdout).toContain('a1 asks a3 for 2 files');
  const id = /q[0-9a-f]{7,}/.exec(told.stdout)![0];
  passes(a3.bailiwick(['request', 'accept', id, '--apply']));
  passes(a3.tryGit('push', '-q', 'origin', 'HEAD'));

  // a1 hears of it, goes on with the accepted content in its branch, and both land in any order.
  passes(a1.bailiwick(['sync']));
  a1.git('add', '-A');
  passes(a1.tryGit('commit', '-q', '-m', 'with what a3 took'));
  passes(a1.tryGit('push', '-q', 'origin', 'HEAD'));
  land('feat/a1/day');
  land('feat/a3/day');
  expect(suite(seed)).toBe(0);
  expect(seed.git('show', '-s', '--format=%an', `origin/feat/a3/day`)).not.toBe('');
  expect(a3.bailiwick(['status', '--no-overlap']).stdout).not.toContain('a1 asks');
});
