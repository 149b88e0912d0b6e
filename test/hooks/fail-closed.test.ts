import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';

let repository: TestRepository;

beforeEach(() => {
  repository = guardedRepository();
  repository.git('switch', '-q', '-c', 'feat/a1/work');
  repository.write('services/core/core.py', 'changed\n');
  repository.git('add', '-A');
});

/** The commit did not happen, and one line says why; nobody is shown a stack. */
function expectUndecided(words: RegExp | string, environment: Record<string, string> = {}): string {
  const head = repository.git('rev-parse', 'HEAD');
  const outcome = repository.run('git', ['commit', '-q', '-m', 'x'], { environment });
  expect(outcome.code).not.toBe(0);
  expect(repository.git('rev-parse', 'HEAD')).toBe(head);
  expect(outcome.stderr).toMatch(words);
  expect(outcome.stderr).not.toMatch(/^ {4}at /m);
  return outcome.stderr;
}

/** Replaces the policy on main, without the hooks. */
function policyOnMain(text: string): void {
  repository.git('stash', '-q');
  repository.git('switch', '-q', 'main');
  repository.commit('policy', { 'ownership.yml': text });
  repository.git('switch', '-q', 'feat/a1/work');
  repository.git('stash', 'pop', '-q', '--index');
}

describe('47: a policy that cannot be used', () => {
  const broken: Record<string, [text: string, words: RegExp]> = {
    'broken YAML': ['agents: [\n', /ownership\.yml:\d+:\d+/],
    'not a policy': ['- a\n- b\n', /ownership\.yml:1:1/],
    'an unknown key': ["version: 1\nagents:\n  a1: { owned: ['src/**'] }\n", /owned.*owns|unknown/],
    'a glob outside the grammar': [
      "version: 1\nagents:\n  a1: { owns: ['src/+(a|b)'] }\n",
      /ownership\.yml:3/,
    ],
    'two agents with one alias': [
      "version: 1\nagents:\n  a1: { owns: ['a/**'], aliases: [x] }\n  a2: { owns: ['b/**'], aliases: [x] }\n",
      /alias/,
    ],
    'ten megabytes': [`version: 1\n# ${'x'.repeat(10_000_000)}\n`, /KiB|large|long|size/],
    'an alias bomb': [
      `version: 1\na: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`).join('\n')}\n`,
      /anchors more than/,
    ],
  };
  it.each(Object.entries(broken))('%s', (_what, [text, words]) => {
    policyOnMain(text);
    const stderr = expectUndecided(words);
    expect(stderr).toContain('cannot decide');
    expect(stderr).toMatch(/To see every problem, run .* lint -$/m);
    expect(repository.bailiwick(['check', '--json']).code).toBe(2);
  });

  it('a path two agents claim', () => {
    policyOnMain(
      "version: 1\nagents:\n  a1: { owns: ['services/**'] }\n  a2: { owns: ['services/core/**'] }\n",
    );
    expectUndecided(/claimed twice/);
  });

  it('one that is there and cannot be read', () => {
    const blob = repository.git('rev-parse', 'main:ownership.yml');
    rmSync(join(repository.directory, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    expectUndecided(/ownership\.yml is there and its content .* is missing/);
  });

  it('one that is a link or a directory', () => {
    repository.git('switch', '-q', '-f', 'main');
    repository.git('rm', '-q', 'ownership.yml');
    repository.commit('directory', { 'ownership.yml/x': 'x\n' });
    repository.git('switch', '-q', 'feat/a1/work');
    repository.write('services/core/core.py', 'changed\n');
    repository.git('add', '-A');
    expectUndecided(/not an ordinary file/);
  });

  it('a lock whose state cannot be read', () => {
    const tree = repository.git('hash-object', '-t', 'tree', '-w', '/dev/null');
    repository.git(
      'update-ref',
      'refs/bailiwick/locks/common',
      repository.git('commit-tree', tree, '-m', 'x'),
    );
    // It closes its own part, and no other.
    expect(repository.tryGit('commit', '-q', '-m', 'own part').code).toBe(0);
    repository.write('services/common/x.py', 'x\n');
    repository.git('add', '-A');
    expectUndecided(/locks\/common does not hold a lease/);
  });
});

describe('26: someone the policy does not know', () => {
  it.each(['AGENT_ID', 'BAILIWICK_AGENT'])('%s', (name) => {
    const stderr = expectUndecided(`${name}=a9 names 'a9'`, { [name]: 'a9' });
    expect(stderr).toContain('a1, a2, a3');
  });

  it('a binding', () => {
    repository.write('.git/bailiwick/agent', 'gone\n');
    expectUndecided("names 'gone'");
  });

  it('--agent', () => {
    const outcome = repository.bailiwick(['check', '--agent', 'a9', '--json']);
    expect(outcome.code).toBe(2);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      verdict: 'undecided',
      data: { failure: { kind: 'policy' } },
    });
  });
});

describe('4: a tool that is missing', () => {
  /** A PATH with git's and the shell's own directory, and no node. */
  const withoutNode = (): Record<string, string> => {
    for (const tool of ['git', 'sh', 'cat', 'printf'])
      repository.write(
        `../bin/${tool}`,
        `#!/bin/sh\nPATH='${process.env['PATH']}' exec ${tool} "$@"\n`,
        0o755,
      );
    return { PATH: join(repository.directory, '../bin') };
  };

  it('node', () => {
    const { directory } = repository;
    repository.write('../bin/sh', `#!/bin/sh\nexec /bin/sh "$@"\n`, 0o755);
    const environment = { ...withoutNode(), HOME: join(directory, '../nobody') };
    // Where node is in a place every desktop looks in, it is found, and that is right.
    const found = repository.run('/bin/sh', [join(packageRoot, 'hooks/run'), 'pre-commit'], {
      environment,
    });
    if (found.stderr.includes('node was not found')) expect(found.code).toBe(2);
    else expect(found.code).toBe(0);
  });

  it('the built file', () => {
    const copy = join(repository.directory, '../package/hooks/run');
    repository.write(
      '../package/hooks/run',
      repository.at(packageRoot.replace(/^\//, '../'.repeat(20))).read('hooks/run'),
      0o755,
    );
    chmodSync(copy, 0o755);
    repository.write('.git/hooks/pre-commit', `#!/bin/sh\nexec '${copy}' pre-commit "$@"\n`, 0o755);
    expectUndecided('To install bailiwick again');
  });

  it('git, for the command line', () => {
    const outcome = repository.run(process.execPath, [join(packageRoot, 'dist/cli.js'), 'check'], {
      environment: { PATH: '/nowhere' },
    });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('install git 2.39');
  });
});

describe('47: where it cannot work', () => {
  it('outside a repository', () => {
    const outcome = repository.at('..').bailiwick(['check']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('not a git repository');
  });

  it('in a bare repository there is nothing staged', () => {
    repository.git('clone', '-q', '--bare', '.', '../bare.git');
    const outcome = repository.at('../bare.git').bailiwick(['check']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('nothing is staged');
  });

  it('a damaged index', () => {
    repository.write('.git/index', 'nonsense');
    const outcome = repository.bailiwick(['check']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('cannot decide');
  });
});

describe('47: a fault of our own', () => {
  it('ends with 2 and one line', () => {
    // The cwd is gone: nothing in the program expects that.
    repository.write('gone/x');
    const script = `cd gone && rm -r ../gone && exec '${process.execPath}' '${packageRoot}/dist/hook.cjs' pre-commit`;
    const outcome = repository.run('sh', ['-c', script]);
    expect(outcome.code).not.toBe(0);
  });

  it('a hook that is none of ours is wrong usage', () => {
    const outcome = repository.run(process.execPath, [
      join(packageRoot, 'dist/hook.cjs'),
      'post-commit',
    ]);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('pre-commit, pre-merge-commit, pre-push');
  });
});
