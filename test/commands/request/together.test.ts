import { beforeAll, describe, expect, it } from 'vitest';
import { installHooks } from '../../support/guarded.ts';
import { TestRepository } from '../../support/repository.ts';

const CHECK = 'test "$(cat api/takes)" = "$(cat core/gives)"';
const POLICY = `version: 1
agents:
  a1: { owns: ['core/**'] }
  a2: { owns: ['api/**'] }
  a3: { owns: ['web/**'] }
land: { validate: ['test "$(cat api/takes)" = "$(cat core/gives)"'] }
`;

let server: TestRepository;
let a1: TestRepository;
let a2: TestRepository;
let id = '';

function clone(name: string, branch: string): TestRepository {
  const made = server.at(`../${name}`);
  server.git('clone', '-q', server.directory, made.directory);
  installHooks(made);
  made.git('switch', '-q', '-c', branch);
  return made;
}

/** The exit code of the suite on a commit. */
function suiteOn(where: TestRepository, commit: string): number {
  const tree = where.at('../suite');
  where.git('worktree', 'add', '-q', '--detach', tree.directory, commit);
  const { code } = tree.run('sh', ['-c', CHECK]);
  where.git('worktree', 'remove', '-f', tree.directory);
  return code;
}

interface Landed {
  readonly code: number;
  readonly left: readonly { readonly branch: string; readonly words: string }[];
  readonly steps: readonly { readonly branch: string; readonly together: readonly string[] }[];
  readonly runs: number | null;
}

function land(where: TestRepository, ...args: string[]): Landed {
  const { code, stdout, stderr } = where.bailiwick(['land', ...args, '--yes', '--json']);
  if (stdout === '') throw new Error(stderr);
  const { data } = JSON.parse(stdout) as {
    data: { plan: Omit<Landed, 'code' | 'runs'>; journal: { runs: number } | null };
  };
  const { left, steps } = data.plan;
  return { code, left, steps, runs: data.journal?.runs ?? null };
}

const findingsOf = ({ stdout }: { stdout: string }): string[] =>
  (JSON.parse(stdout) as { findings: { code: string; severity: string }[] }).findings.map(
    ({ code, severity }) => `${code} ${severity}`,
  );

beforeAll(() => {
  server = TestRepository.create({ bare: true, name: 'server.git' });
  const first = server.at('../first');
  server.git('clone', '-q', server.directory, first.directory);
  first.git('switch', '-q', '-c', 'main');
  first.commit('first', {
    'ownership.yml': POLICY,
    'api/takes': 'one\n',
    'core/gives': 'one\n',
    'web/page': 'page\n',
  });
  first.git('push', '-q', 'origin', 'main');
  a1 = clone('a1', 'feat/a1/work');
  a2 = clone('a2', 'feat/a2/work');
});

describe('a change that is only right together with what it asked for', () => {
  it('is asked for with the branch, and the branch waits for the answer', () => {
    a1.write('api/takes', 'two\n');
    a1.write('core/gives', 'two\n');
    a1.git('add', '-A');
    expect(a1.run('git', ['commit', '-qm', 'two']).code).toBe(1);
    const opened = a1.bailiwick(['request', 'open', '--staged', '--with-branch', '-m', 'two']);
    expect(opened.code).toBe(0);
    id = /q[0-9a-f]{7,}/.exec(opened.stdout)![0];
    a1.git('commit', '-qm', 'two');
    a1.git('push', '-q', 'origin', 'feat/a1/work');
    expect(suiteOn(a1, 'feat/a1/work')).toBe(1);
    const plan = land(a1, 'feat/a1/work', '--plan', '--land', 'merge');
    expect(plan.left.map(({ words }) => words)).toEqual([
      `lands only together with what it asked a2 for (request ${id}), which waits for an answer`,
    ]);
  });

  it('the owner applies it on top of that branch, and pushes both through the hooks', () => {
    a2.git('fetch', '-q', 'origin');
    const accepted = a2.bailiwick(['request', 'accept', id, '--apply']);
    expect({ code: accepted.code, said: accepted.stderr }).toMatchObject({ code: 0 });
    expect(a2.git('merge-base', 'HEAD', 'origin/feat/a1/work')).toBe(
      a2.git('rev-parse', 'origin/feat/a1/work'),
    );
    const trailers = '--format=%(trailers:key=Bailiwick-From,valueonly,separator=%x2C)';
    expect(a2.git('log', '-1', trailers)).toBe('a1');
    expect([suiteOn(a2, 'feat/a2/work'), suiteOn(a2, 'origin/main')]).toEqual([0, 0]);
    // The owner's part alone, without the branch that it stands on.
    expect(suiteOn(a2, aloneIn(a2))).toBe(1);
    const checked = a2.bailiwick(['check', '--branch', 'feat/a2/work', '--json']);
    expect(findingsOf(checked)).toEqual(['foreign-merge notice']);
    expect(a2.run('git', ['push', '-q', 'origin', 'feat/a2/work']).code).toBe(0);
  });

  it('order says so, neither lands alone, and both land at once', () => {
    a1.git('fetch', '-q', 'origin', 'feat/a2/work:feat/a2/work');
    a1.bailiwick(['sync']);
    // Somebody else's work lies between them in the order.
    const a3 = a1.at('../a3');
    a1.git('worktree', 'add', '-q', '-b', 'feat/a3/page', a3.directory, 'origin/main');
    a3.commit('page', { 'web/page': 'new\n' });
    const order = a1.bailiwick(['order', '--json']);
    const { data } = JSON.parse(order.stdout) as {
      data: { order: { ref: string; reason: string; waits: { why: string }[] }[] };
    };
    const entry = data.order.find(({ ref }) => ref === 'feat/a2/work')!;
    expect(entry.waits.map(({ why }) => why)).toEqual(['together']);
    expect(entry.reason).toContain('lands only together with feat/a1/work');
    for (const [one, other] of [
      ['feat/a1/work', 'feat/a2/work'],
      ['feat/a2/work', 'feat/a1/work'],
    ] as const) {
      const { steps, left } = land(a1, one, '--plan', '--land', 'merge');
      expect(steps).toEqual([]);
      expect(left[0]!.words).toBe(`lands only together with ${other}, which is not to land now`);
    }
    const landed = land(a1, '--all', '--land', 'squash', '--push', '--each');
    expect(landed.code).toBe(0);
    expect(landed.steps.map(({ branch, together }) => [branch, ...together])).toEqual(
      expect.arrayContaining([
        ['feat/a1/work', 'feat/a2/work'],
        ['feat/a2/work', 'feat/a1/work'],
        ['feat/a3/page'],
      ]),
    );
    expect(suiteOn(a1, 'origin/main')).toBe(0);
    expect(server.git('show', 'main:web/page')).toBe('new');
    expect(server.git('show', 'main:api/takes', 'main:core/gives')).toBe('two\ntwo');
    // One move of the base for the two, one for the other; the base and each of them was run once.
    expect(landed.runs).toBe(3);
  });
});

/** A commit on main that nothing else has, with the owner's half of the change. */
function aloneIn(where: TestRepository): string {
  const tree = where.at('../alone');
  where.git('worktree', 'add', '-q', '--detach', tree.directory, 'origin/main');
  tree.write('api/takes', 'two\n');
  tree.git('commit', '-qam', 'alone', '--no-verify');
  return tree.git('rev-parse', 'HEAD');
}
