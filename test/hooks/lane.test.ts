import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import { packageRoot, type Outcome, type TestRepository } from '../support/repository.ts';

let repository: TestRepository;
let environment: Record<string, string>;

/** A repository after one clean commit of a1, and a `node` on PATH that leaves a mark when started. */
beforeEach(() => {
  repository = guardedRepository();
  repository.git('switch', '-q', '-c', 'feat/a1/work');
  repository.write(
    '../bin/node',
    `#!/bin/sh\n: >'${started()}'\nexec '${process.execPath}' "$@"\n`,
    0o755,
  );
  const path = `${join(repository.directory, '../bin')}:${process.env['PATH'] ?? ''}`;
  environment = { PATH: path };
  repository.write('services/core/core.py', 'one\n');
  expect(commit()).toEqual({ code: 0, codes: [], node: true });
});

const started = (): string => join(repository.directory, '../started');

interface Seen {
  readonly code: number;
  readonly codes: string[];
  /** Whether the full check was needed. */
  readonly node: boolean;
}

function commit(more: Record<string, string> = {}): Seen {
  repository.git('add', '-A');
  return commitStaged(more);
}

function commitStaged(more: Record<string, string> = {}): Seen {
  rmSync(started(), { force: true });
  const outcome: Outcome = repository.run('git', ['commit', '-q', '-m', 'x'], {
    environment: { ...environment, ...more },
  });
  return { code: outcome.code, codes: codesIn(outcome), node: existsSync(started()) };
}

const PROVEN: Seen = { code: 0, codes: [], node: false };
const CHECKED: Seen = { code: 0, codes: [], node: true };
const refused = (...codes: string[]): Seen => ({ code: 1, codes, node: true });

describe('the short way', () => {
  it('allows changes in the own part without starting node', () => {
    repository.write('services/core/core.py', 'two\n');
    repository.write('services/core/deep/er.py', 'two\n');
    repository.write('package.json', '{"a":1}\n');
    expect(commit()).toEqual(PROVEN);
  });

  it('allows new files in the own part', () => {
    repository.write('services/core/new.py');
    repository.write('services/core/fresh/deep/one two [id].py');
    repository.write('services/core/core.py', 'two\n');
    expect(commit()).toEqual(PROVEN);
    repository.write('services/core/fresh/deep/run.sh', '#!/bin/sh\n', 0o755);
    expect(commit()).toEqual(PROVEN);
  });

  it('allows a deletion and a change of mode in the own part', () => {
    repository.git('rm', '-q', 'services/core/deep/er.py');
    repository.git('update-index', '--chmod=+x', 'services/core/core.py');
    expect(commitStaged()).toEqual(PROVEN);
  });

  it('works in a linked worktree, which has a record of its own', () => {
    repository.git('worktree', 'add', '-q', '../second', '-b', 'feat/a2/work');
    const first = repository;
    const marker = started();
    repository = first.at('../second');
    expect(started()).toBe(marker);
    repository.write('services/api/api.py', 'one\n');
    expect(commit()).toEqual(CHECKED);
    repository.write('services/api/api.py', 'two\n');
    expect(commit()).toEqual(PROVEN);
    repository.write('services/core/core.py', 'two\n');
    expect(commit()).toEqual(refused('owned-by-other'));
  });

  it('works for people who are no agent', () => {
    repository.git('switch', '-q', 'main');
    repository.write('web/app.ts', 'one\n');
    expect(commit()).toEqual(CHECKED);
    repository.write('web/app.ts', 'two\n');
    expect(commit()).toEqual(PROVEN);
  });
});

describe('what it cannot prove goes to the full check', () => {
  const edits: Record<string, [edit: () => void, seen: Seen]> = {
    'a new file with a name beyond ASCII': [() => repository.write('services/core/né.py'), CHECKED],
    'a new file beside one with a name beyond ASCII': [
      () => {
        repository.commit('as it came', { 'services/core/ſ.py': '1\n' });
        repository.write('services/core/s.py');
      },
      refused('unsafe-path'),
    ],
    'a new file whose name differs from another only in case': [
      () => repository.write('services/core/CORE.py'),
      refused('unsafe-path'),
    ],
    'two new files whose names differ only in case': [
      () => {
        repository.write('services/core/new/a.py');
        repository.write('services/core/new/A.py');
      },
      refused('unsafe-path'),
    ],
    'a new file below a directory that differs from another only in case': [
      () => {
        repository.commit('as it came', { 'Services/x': '1\n' });
        repository.write('services/core/new.py');
      },
      refused('unsafe-path'),
    ],
    'a new link': [
      () => symlinkSync('core.py', join(repository.directory, 'services/core/link')),
      CHECKED,
    ],
    'a new foreign file': [
      () => repository.write('services/api/new.py'),
      refused('owned-by-other'),
    ],
    'a new file that must stay local': [
      () => {
        repository.write('services/core/new.LOCAL');
        repository.git('add', '-f', 'services/core/new.LOCAL');
      },
      refused('local-only'),
    ],
    'a foreign file': [
      () => repository.write('services/api/api.py', 'x\n'),
      refused('owned-by-other'),
    ],
    'a foreign file beside an own one': [
      () => {
        repository.write('services/core/core.py', 'x\n');
        repository.write('services/api/api.py', 'x\n');
      },
      refused('owned-by-other'),
    ],
    "nobody's file": [() => repository.write('elsewhere/x', 'y\n'), refused('unowned')],
    'a frozen file': [() => repository.write('services/core/agent.py', 'x\n'), refused('frozen')],
    'a reserved file of its own': [
      () => repository.write('services/core/migrations/1.sql', 'x\n'),
      CHECKED,
    ],
    'a shared file': [
      () => repository.write('services/common/util.py', 'x\n'),
      refused('lock-needed'),
    ],
    'the policy': [
      () => repository.write('ownership.yml', 'x\n'),
      refused('frozen', 'policy-changed'),
    ],
    'a link': [
      () => {
        rmSync(join(repository.directory, 'services/core/core.py'));
        symlinkSync('../api/api.py', join(repository.directory, 'services/core/core.py'));
      },
      refused('unsafe-path'),
    ],
    'a rename out of a foreign part': [
      () => repository.git('mv', 'services/api/api.py', 'services/core/api.py'),
      refused('owned-by-other'),
    ],
  };
  it.each(Object.entries(edits))('%s', (_what, [edit, seen]) => {
    edit();
    expect(commit()).toEqual(seen);
  });

  it('another agent in the environment', () => {
    repository.write('services/core/core.py', 'two\n');
    expect(commit({ AGENT_ID: 'a2' })).toEqual(refused('identity-mismatch'));
    expect(commit({ BAILIWICK_AGENT: 'a2' })).toEqual(refused('identity-mismatch'));
    expect(commit()).toEqual(PROVEN);
  });

  it('another branch', () => {
    repository.git('switch', '-q', '-c', 'feat/a2/work');
    repository.write('services/core/core.py', 'two\n');
    expect(commit()).toEqual(refused('owned-by-other'));
  });

  it('another binding', () => {
    repository.write('.git/bailiwick/agent', 'a2\n');
    repository.write('services/core/core.py', 'two\n');
    expect(commit()).toEqual(refused('identity-mismatch'));
  });

  it('another policy on the base, here or on the remote', () => {
    const narrow = repository
      .read('ownership.yml')
      .replace("'services/core/**'", "'services/core/deep/**'");
    repository.write('../narrow.yml', narrow);
    const blob = repository.git('hash-object', '-w', '../narrow.yml');
    const index = { GIT_INDEX_FILE: join(repository.directory, '.git/other-index') };
    const run = (...args: string[]): string =>
      repository.run('git', args, { environment: index }).stdout.trim();
    run('read-tree', 'main');
    run('update-index', '--cacheinfo', `100644,${blob},ownership.yml`);
    const commitOid = run('commit-tree', run('write-tree'), '-p', 'main', '-m', 'narrow');
    for (const ref of ['refs/heads/main', 'refs/remotes/origin/main']) {
      const before = repository.tryGit('rev-parse', '-q', '--verify', ref).stdout.trim();
      repository.git('update-ref', ref, commitOid);
      repository.write('services/core/core.py', `${ref}\n`);
      expect(commit()).toEqual(refused('unowned'));
      if (before) repository.git('update-ref', ref, before);
      else repository.git('update-ref', '-d', ref);
    }
    expect(commit()).toEqual(PROVEN);
  });

  it('the same when refs are packed, and where they point at others', () => {
    const before = repository.git('rev-parse', 'main').trim();
    const narrow = repository
      .read('ownership.yml')
      .replace('services/core/**', 'services/core/x/**');
    const index = { GIT_INDEX_FILE: join(repository.directory, '.git/other-index') };
    const run = (...args: string[]): string =>
      repository.run('git', args, { environment: index }).stdout.trim();
    repository.write('../narrow.yml', narrow);
    const blob = repository.git('hash-object', '-w', '../narrow.yml');
    run('read-tree', 'main');
    run('update-index', '--cacheinfo', `100644,${blob},ownership.yml`);
    const other = run('commit-tree', run('write-tree'), '-p', 'main', '-m', 'narrow');
    const attempt = (text: string): Seen => {
      repository.write('services/core/core.py', `${text}\n`);
      return commit();
    };
    repository.git('pack-refs', '--all');
    expect(attempt('packed, as it was')).toEqual(PROVEN);
    repository.git('update-ref', 'refs/heads/main', other);
    repository.git('pack-refs', '--all');
    expect(attempt('packed, another')).toEqual(refused('unowned'));
    repository.git('update-ref', 'refs/heads/main', before);
    expect(attempt('as it was')).toEqual(PROVEN);
    repository.git('update-ref', 'refs/remotes/fork/trunk', other);
    repository.git('symbolic-ref', 'refs/remotes/origin/main', 'refs/remotes/fork/trunk');
    expect(attempt('another by a symbolic ref')).toEqual(refused('unowned'));
    repository.git('update-ref', 'refs/remotes/fork/trunk', before);
    expect(attempt('a place more that has it')).toEqual(CHECKED);
    expect(attempt('the same places')).toEqual(PROVEN);
    repository.git('update-ref', 'refs/remotes/fork/trunk', other);
    expect(attempt('moved behind a symbolic ref')).toEqual(refused('unowned'));
    repository.git('symbolic-ref', '-d', 'refs/remotes/origin/main');
    repository.git('restore', '--staged', '--worktree', '.');
  });

  it('a merge', () => {
    repository.git('switch', '-q', 'main');
    repository.commit('other side', {
      'services/core/core.py': 'main\n',
      'services/api/api.py': 'main\n',
    });
    repository.git('switch', '-q', 'feat/a1/work');
    repository.tryGit('merge', '-q', 'main');
    repository.write('services/core/core.py', 'both\n');
    expect(commit()).toEqual(CHECKED);
  });

  it('a damaged record, or one of another version', () => {
    for (const text of [
      '',
      'lane 1\n',
      'nonsense\n',
      repository.read('.git/bailiwick/lane').slice(0, 60),
    ]) {
      repository.write('.git/bailiwick/lane', text);
      repository.write('services/core/core.py', `${text.length}\n`);
      expect(commit()).toEqual(CHECKED);
    }
  });
});

describe('the short way has bounds', () => {
  /** Commands the shell went through, as `-x` prints them, and what it said. */
  function steps(): { count: number; code: number } {
    const script = ['-x', '-c', `. '${packageRoot}/hooks/lane' && proven`];
    const { stderr, code } = repository.run('sh', script);
    return { count: stderr.split('\n').filter((line) => line.startsWith('+')).length, code };
  }

  /** Stages as many files as are named, all alike. */
  function stage(paths: readonly string[]): void {
    const blob = repository.git('hash-object', '-w', 'README.md');
    const input = paths.map((path) => `100644 ${blob}\t${path}\n`).join('');
    repository.run('git', ['update-index', '--index-info'], { input });
  }

  const names = (count: number, name: (at: number) => string): string[] =>
    Array.from({ length: count }, (_, at) => `services/core/${name(at)}`);

  const cases: Record<string, [paths: string[], proven: boolean, most: number]> = {
    'a few files': [names(5, (at) => `n${at}`), true, 1500],
    '200 files in one directory': [names(200, (at) => `n${at}`), true, 25_000],
    '25,000 files': [names(25_000, (at) => `n${at}`), false, 300],
    'a path of 1,900 directories': [[`services/core/${'a/'.repeat(1900)}f`], false, 300],
    'a path of 500 directories': [[`services/core/${'a/'.repeat(500)}f`], false, 800],
    '60 paths of 25 directories each': [
      names(60, (at) => `${at}/${'a/'.repeat(25)}f`),
      false,
      8000,
    ],
    '100 directories': [names(100, (at) => `d${at}/f`), false, 12_000],
  };
  it.each(Object.entries(cases))('%s', (_what, [paths, proven, most]) => {
    stage(paths);
    const { count, code } = steps();
    expect(code === 0).toBe(proven);
    expect(count).toBeGreaterThan(30);
    expect(count).toBeLessThan(most);
  });

  it('a directory of many names', () => {
    const index = names(4000, (at) => `a-name-that-is-not-short-${at}`);
    stage(index);
    repository.git('-c', 'core.hooksPath=/dev/null', 'commit', '-q', '-m', 'many');
    stage(names(1, () => 'new'));
    const { count, code } = steps();
    expect(code).not.toBe(0);
    expect(count).toBeLessThan(350);
  });
});

describe('what the environment may change', () => {
  it('a shell to which case does not count', () => {
    repository.write('services/core/core.py', 'two\n');
    repository.git('add', '-A');
    const script = ['--posix', '-c', `. '${packageRoot}/hooks/lane' && proven`];
    expect(repository.run('bash', script).code).toBe(0);
    const environment = { BASHOPTS: 'nocasematch' };
    expect(repository.run('bash', script, { environment }).code).not.toBe(0);
  });

  it('a binding of two lines', () => {
    repository.write('.git/bailiwick/agent', 'a1\n');
    repository.write('services/core/core.py', 'two\n');
    expect(commit()).toEqual(CHECKED);
    repository.write('.git/bailiwick/agent', 'a1\na2\n');
    repository.write('services/core/core.py', 'three\n');
    expect(commit()).toEqual({ code: 1, codes: [], node: true });
    repository.write('.git/bailiwick/agent', 'a1\n');
    expect(commit()).toEqual(PROVEN);
  });
});
