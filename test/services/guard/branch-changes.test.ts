import { describe, expect, it } from 'vitest';
import type { Oid } from '../../../src/domain/refs.ts';
import { branchChanges } from '../../../src/services/guard/branch-changes.ts';
import { withPolicy } from '../../../src/services/session/session.ts';
import { hostIn } from '../../support/host.ts';
import { fleetOf } from '../../support/overlap.ts';
import { TestRepository } from '../../support/repository.ts';

const POLICY = `version: 1
base: main
agents:
  a1: { owns: ['core/**'] }
  a2: { owns: ['web/**'] }
`;
const lines = (count: number, changed: Record<number, string> = {}): string =>
  Array.from({ length: count }, (_, at) => `${changed[at + 1] ?? `line ${at + 1}`}\n`).join('');

/** `main` with a file of each part; whoever plays begins on the branch `work`. */
function start(): TestRepository {
  const repository = TestRepository.create();
  repository.commit('first', {
    'ownership.yml': POLICY,
    'core/a': lines(40),
    'web/a': lines(40),
    'web/b': lines(30, { 1: 'b' }),
    'web/c': lines(20, { 2: 'c' }),
    link: 'target',
  });
  repository.git('switch', '-q', '-c', 'work');
  return repository;
}

const on = (repository: TestRepository, branch: string): void =>
  void repository.git('switch', '-q', branch);

const oid = (repository: TestRepository, name: string): Oid =>
  repository.git('rev-parse', name) as Oid;

const factsOf = (repository: TestRepository, base: string, head: string) =>
  withPolicy(hostIn(repository), (session) =>
    branchChanges(session, { commit: oid(repository, base), name: base }, oid(repository, head)),
  );

async function pathsOf(repository: TestRepository, base: string, head: string): Promise<string[]> {
  const { changes } = await factsOf(repository, base, head);
  return changes.map(({ path }) => path as string).sort();
}

/** What the button would do: a merge in a worktree of its own, and what differs after it, or is unmerged. */
function landed(repository: TestRepository, base: string, head: string): string[] {
  repository.git('worktree', 'add', '-q', '--detach', '../landing', base);
  const landing = repository.at('../landing');
  landing.tryGit('merge', '-q', '--no-ff', '--no-verify', '--no-edit', head);
  const list = (...args: string[]): string[] =>
    landing
      .git(...args)
      .split('\0')
      .filter(Boolean);
  const changed = list('diff', '--name-only', '--no-renames', '-z', base);
  const unmerged = list('diff', '--name-only', '--diff-filter=U', '-z');
  return [...new Set([...changed, ...unmerged])].sort();
}

interface Case {
  readonly name: string;
  /** What happens; ends wherever it likes. */
  readonly play: (repository: TestRepository) => void;
  readonly paths: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'own work, while the base moved on elsewhere and in the same file',
    play: (repository) => {
      repository.commit('work', { 'web/a': lines(40, { 5: 'work' }), 'web/new': 'new\n' });
      on(repository, 'main');
      repository.commit('main', { 'web/a': lines(40, { 30: 'main' }), 'core/a': 'other\n' });
    },
    paths: ['web/a', 'web/new'],
  },
  {
    name: 'what was squashed onto the base changes nothing, though the base moved on',
    play: (repository) => {
      repository.commit('one', { 'web/a': lines(40, { 5: 'work' }) });
      repository.commit('two', { 'web/b': 'b\n' });
      on(repository, 'main');
      repository.git('merge', '-q', '--squash', 'work');
      repository.git('commit', '-q', '-m', 'squashed');
      repository.commit('main', {
        'core/a': 'other\n',
        'web/a': lines(40, { 5: 'work', 30: 'x' }),
      });
    },
    paths: [],
  },
  {
    name: 'a branch on top of one that was squashed changes its own files only',
    play: (repository) => {
      repository.commit('one', { 'core/a': lines(40, { 5: 'below' }) });
      repository.git('switch', '-q', '-c', 'above');
      repository.commit('two', { 'web/b': 'b\n' });
      on(repository, 'main');
      repository.git('merge', '-q', '--squash', 'work');
      repository.git('commit', '-q', '-m', 'squashed');
      repository.git('branch', '-f', 'work', 'above');
    },
    paths: ['web/b'],
  },
  {
    name: 'an edit follows the file that the base has moved',
    play: (repository) => {
      repository.commit('work', { 'web/a': lines(40, { 20: 'work' }) });
      on(repository, 'main');
      repository.git('mv', 'web/a', 'core/moved');
      repository.commit('handed over');
    },
    paths: ['core/moved'],
  },
  {
    name: 'an edit of a copy that the base threw away lands in the original',
    play: (repository) => {
      const first = repository.git('rev-parse', 'HEAD');
      on(repository, 'main');
      repository.commit('workflow', { 'ci.yml': lines(50, { 3: 'ci' }) });
      repository.git('switch', '-q', '-c', 'copy', first);
      repository.commit('copy', { 'web/copy': lines(50, { 3: 'ci' }) });
      on(repository, 'main');
      repository.git('merge', '-q', '--no-edit', 'copy');
      repository.git('rm', '-q', 'web/copy');
      repository.commit('without the copy');
      on(repository, 'copy');
      repository.commit('edit', { 'web/copy': lines(50, { 3: 'ci', 30: 'evil' }) });
      repository.git('branch', '-f', 'work', 'copy');
    },
    paths: ['ci.yml'],
  },
  {
    name: 'one side deletes what the other changed, either way',
    play: (repository) => {
      repository.git('rm', '-q', 'web/a');
      repository.commit('work', { 'web/b': lines(30, { 1: 'b', 9: 'work' }) });
      on(repository, 'main');
      repository.git('rm', '-q', 'web/b');
      repository.commit('main', { 'web/a': lines(40, { 30: 'main' }) });
    },
    paths: ['web/a', 'web/b'],
  },
  {
    name: 'both sides change a file that has no lines',
    play: (repository) => {
      repository.commit('bytes', { 'web/c': '\0work' });
      on(repository, 'main');
      repository.commit('bytes', { 'web/c': '\0main' });
    },
    paths: ['web/c'],
  },
  {
    name: 'the same lines, and the mode of one file',
    play: (repository) => {
      repository.write('web/b', lines(30, { 1: 'b' }), 0o755);
      repository.commit('work', { 'web/a': lines(40, { 5: 'work' }) });
      on(repository, 'main');
      repository.commit('main', { 'web/a': lines(40, { 5: 'main' }) });
    },
    paths: ['web/a', 'web/b'],
  },
  {
    name: 'a merge that keeps nothing of the base takes it back',
    play: (repository) => {
      repository.commit('work', { 'web/a': lines(40, { 5: 'work' }) });
      on(repository, 'main');
      repository.commit('main', { 'core/a': 'other\n' });
      on(repository, 'work');
      repository.git('merge', '-q', '--no-edit', '-s', 'ours', 'main');
    },
    paths: ['core/a', 'web/a'],
  },
  {
    name: 'a state that one of several common ancestors had counts when it takes the base back',
    play: (repository) => {
      repository.commit('one', { 'web/a': lines(40, { 5: 'work' }) });
      on(repository, 'main');
      repository.commit('fix', { 'core/a': lines(40, { 1: 'fixed' }) });
      const fix = repository.git('rev-parse', 'HEAD');
      repository.git('merge', '-q', '--no-ff', '--no-edit', 'work');
      on(repository, 'work');
      repository.git('merge', '-q', '--no-commit', '--no-ff', fix);
      repository.git('checkout', '-q', 'work', '--', 'core/a');
      repository.commit('two', { 'web/b': 'b\n' });
    },
    paths: ['core/a', 'web/b'],
  },
];

describe('what a branch changes is what the real merge changes', () => {
  it.each(CASES)('$name', async ({ play, paths }) => {
    const repository = start();
    play(repository);
    expect(await pathsOf(repository, 'main', 'work')).toEqual(paths);
    expect(landed(repository, 'main', 'work')).toEqual(paths);
  });

  it('a file where the other has a directory is named by the path it is meant for', async () => {
    const repository = start();
    repository.commit('work', { 'web/d/e': 'directory\n' });
    on(repository, 'main');
    repository.commit('main', { 'web/d': 'file\n' });
    expect(await pathsOf(repository, 'main', 'work')).toEqual(['web/d', 'web/d/e']);
    expect(await pathsOf(repository, 'work', 'main')).toEqual(['web/d']);
  });

  it('a file added to a directory that the base has moved counts in both places', async () => {
    const repository = start();
    repository.commit('work', { 'web/new': 'new\n' });
    on(repository, 'main');
    repository.git('mv', 'web', 'core/web');
    repository.commit('moved');
    expect(await pathsOf(repository, 'main', 'work')).toEqual(['core/web/new', 'web/new']);
  });

  it('no setting, attribute or merge driver of the clone has a say, and nothing is left behind', async () => {
    const repository = start();
    repository.commit('work', {
      'core/a': lines(40, { 5: 'work' }),
      '.gitattributes': '* merge=mine\n',
    });
    on(repository, 'main');
    repository.commit('main', { 'core/a': lines(40, { 5: 'main' }) });
    repository.write('.git/info/attributes', 'core/a merge=mine\n');
    repository.git('config', 'merge.mine.driver', 'touch ran; true');
    repository.git('config', 'merge.renames', 'false');
    const before = repository.git('count-objects', '-v');
    expect(await pathsOf(repository, 'main', 'work')).toEqual(['.gitattributes', 'core/a']);
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(repository.git('count-objects', '-v')).toBe(before);
  });

  it.each([
    ['stays', 'web/large [x]*"\\ é.txt'],
    ['is moved by the branch', 'web/elsewhere/large.txt'],
  ])(
    'a file that is too long to be merged counts as changed, and is named: one that %s',
    async (_what, there) => {
      const repository = start();
      const [large, long] = ['web/large [x]*"\\ é.txt', 60_000];
      on(repository, 'main');
      repository.commit('large', { [large]: lines(long), 'web/largest x': lines(90) });
      repository.git('switch', '-q', '-C', 'work');
      repository.git('rm', '-q', large);
      repository.commit('work', {
        'web/largest x': lines(90, { 80: 'work' }),
        [there]: lines(long, { 50_000: 'work' }),
      });
      on(repository, 'main');
      repository.commit('main', {
        [large]: lines(long, { 9: 'main' }),
        'web/largest x': lines(90, { 9: 'main' }),
      });
      const { changes, notices } = await factsOf(repository, 'main', 'work');
      const after = new Map(changes.map((change) => [change.path as string, change.after?.oid]));
      // Git would have put the two together, as it has with the other file.
      expect(after.get(there)).toBe(oid(repository, `work:${there}`));
      expect(after.get('web/largest x')).not.toBe(oid(repository, 'work:web/largest x'));
      expect(notices).toEqual([
        expect.stringMatching(
          /^web\/.*too long to be merged here, and main has changed it as well: it counts as changed$/,
        ),
      ]);
    },
  );

  it('where git gives up looking for renames nothing is decided', async () => {
    const many = <T>(folder: string, content: (at: number) => T): Record<string, T> =>
      Object.fromEntries(Array.from({ length: 7100 }, (_, at) => [`${folder}/${at}`, content(at)]));
    const words = (of: string) => (at: number) => `${of} ${at}\n`;
    const repository = fleetOf(
      { 'ownership.yml': POLICY, ...many('core/many', words('file')) },
      {
        moved: {
          ...many('core/many', () => null),
          ...many('core/moved', words('other words for')),
        },
        edits: many('core/many', words('edited')),
      },
    );
    await expect(pathsOf(repository, 'feat/moved', 'feat/edits')).rejects.toThrow(
      /gave up looking for renames/,
    );
  });
});
