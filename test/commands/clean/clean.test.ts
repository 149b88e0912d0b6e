import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { installHooks } from '../../support/guarded.ts';
import { TestRepository } from '../../support/repository.ts';

const POLICY = `version: 1
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'] }
shared:
  common: { paths: ['common/**'], agents: [a1, a2], lock: required }
`;

let server: TestRepository;
let main: TestRepository;

interface Cleaned {
  readonly branch: string;
  readonly how: string;
  readonly local: string | null;
  readonly remote: string | null;
  readonly worktree: string | null;
  readonly kept: readonly string[];
}

function clean(...args: string[]): {
  branches: Cleaned[];
  locks: { name: string }[];
  text: string;
} {
  const { code, stdout } = main.bailiwick(['clean', ...args, '--json']);
  expect(code, stdout).toBe(0);
  const { data } = JSON.parse(stdout) as {
    data: { branches: Cleaned[]; locks: { name: string }[] };
  };
  return { ...data, text: stdout };
}

const wordsOf = ({ branch, how, local, remote, worktree }: Cleaned): string =>
  [
    branch,
    how,
    ...(local ? ['here'] : []),
    ...(remote ? ['there'] : []),
    ...(worktree ? ['tree'] : []),
  ].join(' ');

const refs = (): string =>
  [main, server].map((each) => each.git('for-each-ref', 'refs/heads', 'refs/bailiwick')).join('\n');

/** A worktree of an agent with a commit of its own, pushed. */
function work(name: string, branch: string, path: string, content = `${name}\n`): TestRepository {
  const tree = main.at(`../${name}`);
  main.git('worktree', 'add', '-q', '-b', branch, tree.directory, 'origin/main');
  tree.write(path, content);
  tree.git('add', '-A');
  tree.git('commit', '-q', '-m', name);
  tree.git('push', '-q', '-u', 'origin', branch);
  return tree;
}

beforeAll(() => {
  server = TestRepository.create({ bare: true, name: 'server.git' });
  main = server.at('../main');
  server.git('clone', '-q', server.directory, main.directory);
  main.git('switch', '-q', '-c', 'main');
  main.commit('first', { 'ownership.yml': POLICY, 'a/x': '1\n', 'b/x': '1\n', 'common/x': '1\n' });
  main.git('push', '-q', '-u', 'origin', 'main');
  installHooks(main);
  const held = main.at('../merged');
  work('merged', 'feat/a1/merged', 'a/merged');
  held.bailiwick(['lock', 'acquire', 'common']);
  held.write('common/x', '2\n');
  held.git('commit', '-qam', 'shared');
  held.git('push', '-q', 'origin', 'HEAD');
  work('squashed', 'feat/a2/squashed', 'b/squashed');
  work('dirty', 'feat/a2/dirty', 'b/dirty').write('b/precious', 'not committed\n');
  work('open', 'feat/a1/open', 'a/open');
  work('ahead', 'feat/a1/ahead', 'a/ahead');
  main.git('worktree', 'add', '-q', '-b', 'feat/a1/new', '../new', 'origin/main');
  const nothing = main.at('../nothing');
  main.git('worktree', 'add', '-q', '-b', 'feat/a2/nothing', nothing.directory, 'origin/main');
  nothing.commit('there', { 'b/again': '1\n' });
  nothing.git('revert', '--no-edit', 'HEAD');
  for (const branch of ['feat/a1/merged', 'feat/a2/dirty', 'feat/a1/ahead'])
    main.git('merge', '-q', '--no-ff', '--no-edit', branch);
  main.git('merge', '-q', '--squash', 'feat/a2/squashed');
  main.git('commit', '-q', '--no-verify', '-m', 'squashed');
  main.git('push', '-q', '--no-verify', 'origin', 'main');
  // It has landed, and somebody has gone on since.
  main.at('../ahead').commit('more', { 'a/more': '1\n' });
});

describe('clean', () => {
  it('names what has landed, and changes nothing', () => {
    const before = refs();
    const { branches, locks } = clean();
    expect(branches.map(wordsOf)).toEqual([
      'feat/a1/ahead merged there',
      'feat/a1/merged merged here there tree',
      'feat/a2/dirty merged there',
      'feat/a2/squashed taken-over here there tree',
    ]);
    expect(branches[2]!.kept.join()).toContain('changes that no commit holds');
    expect(locks.map(({ name }) => name)).toEqual(['common']);
    expect(refs()).toBe(before);
    const { stdout } = main.bailiwick(['clean']);
    expect(stdout).toContain('feat/a2/squashed  squashed or rebased, would go');
    expect(stdout).toMatch(/To remove them, run:?\s.*clean --yes/);
    // Status says the same of the one that git itself would not call merged.
    expect(main.bailiwick(['status']).stdout).toMatch(
      /To remove what has landed, run:?\s+\S.* clean\n/,
    );
  });

  it('leaves the remote alone where that was asked, or where it has gone another way', () => {
    expect(clean('--offline').branches.map(({ remote }) => remote)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    const now = server.git('rev-parse', 'main');
    server.git('update-ref', 'refs/heads/main', `${now}^^`);
    const { branches } = clean();
    expect(branches.every(({ remote }) => remote === null)).toBe(true);
    expect(branches[0]!.kept.join()).toContain('origin has another main');
    server.git('update-ref', 'refs/heads/main', now);
  });

  it('removes it, twice as once, and nothing else', () => {
    const tip = main.git('rev-parse', 'feat/a1/ahead');
    clean('--yes');
    expect(main.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')).toEqual(
      ['feat/a1/ahead', 'feat/a1/new', 'feat/a1/open', 'feat/a2/dirty', 'feat/a2/nothing', 'main'],
    );
    expect(
      server.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n'),
    ).toEqual(['feat/a1/open', 'main']);
    expect(main.git('rev-parse', 'feat/a1/ahead')).toBe(tip);
    const there = (name: string): boolean => existsSync(join(main.directory, '..', name));
    expect(['merged', 'squashed', 'dirty', 'open', 'ahead', 'new', 'nothing'].map(there)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(main.at('../dirty').read('b/precious')).toBe('not committed\n');
    expect(main.bailiwick(['lock', 'list']).stdout).toContain('common  free');
    const before = refs();
    const again = clean('--yes');
    expect(
      again.branches.flatMap(({ local, remote, worktree }) => local ?? remote ?? worktree ?? []),
    ).toEqual([]);
    expect(refs()).toBe(before);
  });
});
