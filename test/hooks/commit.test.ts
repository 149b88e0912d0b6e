import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import type { Outcome, TestRepository } from '../support/repository.ts';

let repository: TestRepository;

beforeEach(() => {
  repository = guardedRepository();
  repository.git('switch', '-q', '-c', 'feat/a1/work');
});

/** Stages everything and commits through the hook. */
function commit(...args: string[]): Outcome {
  repository.git('add', '-A');
  return repository.tryGit('commit', '-q', '-m', 'work', ...args);
}

/** git refused, because the hook named exactly these codes; HEAD stayed where it was. */
function expectBlocked(outcome: Outcome, ...codes: string[]): void {
  expect({ code: outcome.code, codes: codesIn(outcome) }).toEqual({ code: 1, codes });
  expect(repository.git('log', '-1', '--format=%s')).toBe('first');
}

function expectPassed(outcome: Outcome): void {
  expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
}

describe('a commit of an agent', () => {
  it('passes in its own part, and says nothing', () => {
    repository.write('services/core/core.py', 'changed\n');
    repository.write('services/core/new.py');
    expectPassed(commit());
  });

  it.each([
    ['add', 'services/api/new.py', 'owned-by-other'],
    ['modify', 'services/api/api.py', 'owned-by-other'],
    ['nobody', 'elsewhere/new', 'unowned'],
    ['frozen', 'services/core/agent.py', 'frozen'],
    ['control', '.github/workflows/x.yml', 'frozen'],
    ['attributes', '.gitattributes', 'frozen'],
    ['shared', 'services/common/util.py', 'lock-needed'],
    ['forbidden', 'services/core/secrets/x', 'forbidden'],
  ])('is blocked by git elsewhere: %s', (_what, path, code) => {
    repository.write(path, 'changed\n');
    const outcome = commit();
    expectBlocked(outcome, code);
    expect(outcome.stderr).toContain(path);
  });

  it('is blocked on a file of the worktree, even when git was forced to add it', () => {
    repository.write('.git/info/exclude', '.agent.env\n');
    repository.write('.agent.env', 'AGENT_ID=a1\n');
    repository.git('add', '-f', '.agent.env');
    expectBlocked(repository.tryGit('commit', '-q', '-m', 'x'), 'local-only');
  });

  it('names path, owner, rule, policy, agent, and one command that unstages', () => {
    repository.write('services/api/api.py', 'changed\n');
    repository.write('services/core/core.py', 'changed\n');
    const { stderr } = commit();
    for (const words of [
      'services/api/api.py',
      'a2',
      "agents.a2.owns[0] 'services/api/**'",
      'main@',
      'a1',
      'feat/a1/work',
    ])
      expect(stderr).toContain(words);
    const remedy = /^\s*(\S.* request open --staged .*)$/m.exec(stderr)?.[1] ?? '';
    expect(repository.run('sh', ['-c', remedy]).code).toBe(0);
    expectPassed(repository.tryGit('commit', '-q', '-m', 'work'));
    expect(repository.git('show', '--format=', '--name-only')).toBe('services/core/core.py');
    expect(repository.read('services/api/api.py')).toBe('changed\n');
  });
});

describe('what is judged is what git commits', () => {
  it('24: a partial commit is judged on its own index, not on what else is staged', () => {
    repository.write('services/core/core.py', 'changed\n');
    repository.write('services/api/api.py', 'changed\n');
    repository.git('add', '-A');
    expectPassed(repository.tryGit('commit', '-q', '-m', 'part', 'services/core/core.py'));
    const outcome = repository.tryGit('commit', '-q', '-m', 'part', 'services/api/api.py');
    expect(codesIn(outcome)).toEqual(['owned-by-other']);
    repository.git('reset', '-q');
    repository.write('services/core/core.py', 'again\n');
    repository.git('add', 'services/core/core.py');
    expect(codesIn(repository.tryGit('commit', '-q', '-m', 'p', 'services/api/api.py'))).toEqual([
      'owned-by-other',
    ]);
  });

  it('24: commit -a, which has an index of its own too', () => {
    repository.write('services/api/api.py', 'changed\n');
    const outcome = repository.tryGit('commit', '-q', '-a', '-m', 'all');
    expectBlocked(outcome, 'owned-by-other');
    expect(outcome.stderr).toContain('To ask a2 for it and commit the rest without -a, run:');
    expect(outcome.stderr).toMatch(
      /^ {2}git add -u && \S.* request open --staged -m 'needed for feat\/a1\/work'$/m,
    );
    repository.git('checkout', '-q', '--', '.');
    repository.write('services/core/core.py', 'changed\n');
    expectPassed(repository.tryGit('commit', '-q', '-a', '-m', 'all'));
  });

  it('a linked worktree is judged on its own index and branch', () => {
    repository.git('worktree', 'add', '-q', '../second tree', '-b', 'feat/a2/work');
    const second = repository.at('../second tree');
    second.write('services/api/api.py', 'changed\n');
    repository.write('services/core/core.py', 'changed\n');
    second.git('add', '-A');
    repository.git('add', '-A');
    expectPassed(second.tryGit('commit', '-q', '-m', 'api'));
    expectPassed(repository.tryGit('commit', '-q', '-m', 'core'));
    second.write('services/core/core.py', 'foreign\n');
    second.git('add', '-A');
    expect(codesIn(second.tryGit('commit', '-q', '-m', 'foreign'))).toEqual(['owned-by-other']);
    expect(codesIn(second.tryGit('commit', '-q', '-m', 'part', 'services/core/core.py'))).toEqual([
      'owned-by-other',
    ]);
  });

  it('the same verdict from a subdirectory and through git -C', () => {
    repository.write('services/api/api.py', 'changed\n');
    repository.git('add', '-A');
    const below = repository.at('services/core');
    expectBlocked(below.tryGit('commit', '-q', '-m', 'x'), 'owned-by-other');
    expectBlocked(
      repository.at('..').tryGit('-C', 'repo/web', 'commit', '-q', '-m', 'x'),
      'owned-by-other',
    );
  });

  it('9: a rename out of a foreign part is blocked and names the path that was left', () => {
    repository.git('mv', 'services/api/api.py', 'services/core/taken.py');
    const outcome = commit();
    expectBlocked(outcome, 'owned-by-other');
    expect(outcome.stderr).toContain('services/api/api.py');
    expect(outcome.stderr).toContain('delete');
  });

  it('9, 10: so is a rename into one; a copy out of one passes', () => {
    repository.write('services/core/copy.py', repository.read('services/api/api.py'));
    expectPassed(commit());
    repository.git('mv', 'services/core/core.py', 'services/api/given.py');
    expect(codesIn(commit())).toEqual(['owned-by-other']);
  });

  it('11: a delete in a foreign part', () => {
    repository.git('rm', '-q', 'services/api/api.py');
    expectBlocked(commit(), 'owned-by-other');
  });

  it('12: mode only, also with core.fileMode off', () => {
    repository.git('config', 'core.fileMode', 'false');
    repository.git('update-index', '--chmod=+x', 'services/api/api.py');
    const outcome = repository.tryGit('commit', '-q', '-m', 'x');
    expectBlocked(outcome, 'owned-by-other');
    expect(outcome.stderr).toContain('mode');
  });

  it('11: a directory replaced by a link is the deletion of what was in it, and the link', () => {
    repository.git('rm', '-rq', 'services/api');
    symlinkSync('../core', join(repository.directory, 'services/api'));
    const outcome = commit();
    expectBlocked(outcome, 'owned-by-other');
    expect(outcome.stderr).toContain('services/api/api.py');
  });

  it('13: a link that leads out of the part', () => {
    symlinkSync('../api/api.py', join(repository.directory, 'services/core/link.py'));
    expectBlocked(commit(), 'unsafe-path');
  });

  it('14: a submodule is seen although its changes are to be ignored', () => {
    const inner = guardedRepository({ name: 'inner' });
    const oid = inner.git('rev-parse', 'HEAD');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${oid},services/api/sub`);
    repository.git('commit', '-q', '--no-verify', '-m', 'first');
    repository.git('config', 'submodule.services/api/sub.ignore', 'all');
    repository.git('config', 'diff.ignoreSubmodules', 'all');
    repository.git('update-index', '--cacheinfo', `160000,${'1'.repeat(40)},services/api/sub`);
    expectBlocked(repository.tryGit('commit', '-q', '-m', 'bump'), 'owned-by-other');
  });

  it('add -N is not going to be committed', () => {
    repository.write('services/api/later.py');
    repository.git('add', '-N', 'services/api/later.py');
    repository.write('services/core/core.py', 'changed\n');
    repository.git('add', 'services/core/core.py');
    expectPassed(repository.tryGit('commit', '-q', '-m', 'x'));
  });

  it('46: hostile configuration does not change the verdict', () => {
    for (const [key, value] of [
      ['diff.relative', 'true'],
      ['diff.renames', 'copies'],
      ['diff.noprefix', 'true'],
      ['diff.external', 'false'],
      ['diff.orderFile', '/nowhere'],
      ['diff.ignoreSubmodules', 'all'],
      ['core.quotePath', 'true'],
      ['color.ui', 'always'],
      ['core.pager', 'false'],
      ['alias.diff', 'status'],
      ['core.fsmonitor', 'false'],
    ] as const)
      repository.git('config', key, value);
    repository.git('mv', 'services/api/api.py', 'services/core/taken.py');
    expectBlocked(
      repository.at('services/core').tryGit('commit', '-q', '-m', 'x'),
      'owned-by-other',
    );
  });

  it('dotfiles follow the globs', () => {
    repository.write('services/core/.env/.hidden');
    expectPassed(commit());
  });

  it('amend is judged on what it adds to HEAD', () => {
    repository.write('services/core/core.py', 'changed\n');
    expectPassed(commit());
    repository.write('services/api/api.py', 'changed\n');
    repository.git('add', '-A');
    expect(codesIn(repository.tryGit('commit', '-q', '--amend', '--no-edit'))).toEqual([
      'owned-by-other',
    ]);
    repository.git('reset', '-q', '--hard');
    repository.write('services/core/core.py', 'more\n');
    repository.git('add', '-A');
    expectPassed(repository.tryGit('commit', '-q', '--amend', '--no-edit'));
  });

  it.each(['a graft', 'a replacement'])(
    '23: %s moves nowhere the point a branch began at',
    (what) => {
      const old = repository.git('rev-parse', 'main').split('\n')[0]!;
      const before = repository.read('services/api/api.py');
      repository.git('switch', '-q', 'main');
      repository.commit('newer', { 'services/api/api.py': 'newer\n' });
      repository.git('switch', '-q', '-c', 'feat/a1/began', 'main');
      repository.commit('mine', { 'services/core/core.py': 'mine\n' });
      const head = repository.git('rev-parse', 'HEAD').split('\n')[0]!;
      if (what === 'a graft') repository.write('.git/info/grafts', `${head} ${old}\n`);
      else repository.git('replace', '--graft', head, old);
      expect(repository.git('merge-base', 'HEAD', 'main')).toContain(old);
      repository.write('services/api/api.py', before);
      repository.git('add', '-A');
      expect(codesIn(repository.tryGit('commit', '-q', '-m', 'x'))).toEqual(['owned-by-other']);
    },
  );

  it('23: a replaced object does not change what is read', () => {
    const clean = repository.git('rev-parse', 'HEAD');
    repository.write('services/api/api.py', 'changed\n');
    repository.git('add', '-A');
    const tree = repository.git('write-tree');
    const fake = repository.git('commit-tree', tree, '-m', 'fake');
    repository.git('replace', clean, fake);
    expect(codesIn(repository.tryGit('commit', '-q', '-m', 'x'))).toEqual(['owned-by-other']);
  });
});

describe('16: names', () => {
  it.each([
    ['a space', 'services/api/a b'],
    ['quotes', `services/api/a'b"c`],
    ['a leading dash', 'services/api/-rf'],
    ['a dollar', 'services/api/$(id)'],
    ['a semicolon', 'services/api/a;b'],
    ['non-ASCII', 'services/api/héé'],
    ['brackets', 'services/api/[id]'],
    ['a colon', 'services/api/:x'],
  ])('%s: blocked, and the remedy takes it out', (_what, name) => {
    repository.write(name);
    const outcome = commit();
    expectBlocked(outcome, 'owned-by-other');
    const remedy = /^\s*(\S.* request open --staged .*)$/m.exec(outcome.stderr)?.[1] ?? '';
    expect(repository.run('bash', ['-c', remedy])).toMatchObject({ code: 0, stderr: '' });
    expect(repository.git('diff', '--cached', '--name-only')).toBe('');
  });

  it.each([
    ['a line feed', 'services/core/a\nb'],
    ['a tab', 'services/core/a\tb'],
    ['an escape sequence', 'services/core/\x1b[31mred'],
    ['a newline in a reserved directory', 'services/core/migrations/a\nb.sql'],
  ])('%s: unsafe even in the own part, and never printed raw', (_what, name) => {
    repository.write(name);
    const outcome = commit();
    expectBlocked(outcome, 'unsafe-path');
    expect(outcome.stderr).not.toContain(name);
  });

  it('bytes that are not UTF-8', () => {
    const blob = repository.git('hash-object', '-w', 'README.md');
    const record = Buffer.concat([
      Buffer.from(`100644 ${blob}\tservices/core/`),
      Buffer.from([0xe9, 0]),
    ]);
    repository.run('git', ['update-index', '-z', '--index-info'], {
      input: record as unknown as string,
    });
    const outcome = repository.tryGit('commit', '-q', '-m', 'x');
    expectBlocked(outcome, 'unsafe-path');
    expect(outcome.stderr).toContain('services/core/\\xe9');
  });

  it.each(['services/core/CORE.py', 'Services/core/new.py', 'services/core/Deep/new.py'])(
    '15: %s differs only in case from what is tracked',
    (name) => {
      const blob = repository.git('hash-object', '-w', 'README.md');
      repository.git('update-index', '--add', '--cacheinfo', `100644,${blob},${name}`);
      expectBlocked(repository.tryGit('commit', '-q', '-m', 'x'), 'unsafe-path');
    },
  );

  it('a rename that only changes case is no collision', () => {
    repository.git('mv', 'services/core/core.py', 'services/core/Core.py');
    expectPassed(repository.tryGit('commit', '-q', '-m', 'x'));
  });
});

describe('25: before the first commit', () => {
  it('the commit that brings the policy is a named bootstrap case', () => {
    const fresh = guardedRepository();
    fresh.git('checkout', '-q', '--orphan', 'feat/a1/orphan');
    fresh.git('branch', '-D', 'main');
    const outcome = fresh.tryGit('commit', '-q', '-m', 'begin');
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain('bootstrap');
  });

  it('without a policy it cannot be decided', () => {
    const fresh = guardedRepository();
    fresh.git('checkout', '-q', '--orphan', 'feat/a1/orphan');
    fresh.git('branch', '-D', 'main');
    fresh.git('rm', '-q', '--cached', 'ownership.yml');
    const outcome = fresh.tryGit('commit', '-q', '-m', 'begin');
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('cannot decide');
    expect(outcome.stderr).toMatch(/To write a first one, run .* init$/m);
  });

  it('an orphan branch is judged by the policy of the base', () => {
    repository.git('checkout', '-q', '--orphan', 'feat/a2/orphan');
    repository.git('rm', '-rq', '--cached', '.');
    repository.git('add', 'services/core/core.py');
    const outcome = repository.tryGit('commit', '-q', '-m', 'begin');
    expect(outcome.code).toBe(0);
    repository.write('services/core/core.py', 'mine now\n');
    repository.git('add', 'services/core/core.py');
    expect(codesIn(repository.tryGit('commit', '-q', '-m', 'x'))).toEqual(['owned-by-other']);
  });
});

describe('directories named like globs', () => {
  it('can be owned literally', () => {
    const policy = `version: 1\nagents:\n  a1: { owns: ['app/\\[id\\]/**', 'app/\\(group\\)/**', 'app/@x/**', 'app/\\{a\\}/**'] }\n  a2: { owns: ['app/i/**'] }\n`;
    const strange = guardedRepository({ policy });
    strange.git('switch', '-q', '-c', 'feat/a1/x');
    for (const name of ['[id]', '(group)', '@x', '{a}']) strange.write(`app/${name}/page.ts`);
    strange.git('add', '-A');
    expect(strange.tryGit('commit', '-q', '-m', 'x')).toMatchObject({ code: 0, stderr: '' });
    strange.write('app/i/page.ts');
    strange.git('add', '-A');
    expect(codesIn(strange.tryGit('commit', '-q', '-m', 'x'))).toEqual(['owned-by-other']);
  });
});

describe('a sha256 repository', () => {
  it('is judged the same', () => {
    const long = guardedRepository({ format: 'sha256' });
    long.git('switch', '-q', '-c', 'feat/a1/x');
    long.write('services/core/core.py', 'changed\n');
    long.write('services/core/Deep.py');
    long.git('add', '-A');
    expect(long.tryGit('commit', '-q', '-m', 'x')).toMatchObject({ code: 0, stderr: '' });
    long.write('services/api/api.py', 'changed\n');
    long.git('add', '-A');
    expect(codesIn(long.tryGit('commit', '-q', '-m', 'x'))).toEqual(['owned-by-other']);
  });
});

describe('the policy that judges', () => {
  it('29: is the one of the base, also when the commit changes it', () => {
    repository.write(
      'ownership.yml',
      repository.read('ownership.yml').replace("'services/core/**'", "'services/**'"),
    );
    repository.write('services/api/api.py', 'changed\n');
    const outcome = commit();
    expectBlocked(outcome, 'frozen', 'owned-by-other');
  });

  it('29: is the one of the base, also when the branch has changed it before', () => {
    const wider = repository.read('ownership.yml').replace("'services/core/**'", "'services/**'");
    repository.commit('wider', { 'ownership.yml': wider });
    repository.write('services/api/api.py', 'changed\n');
    expect(codesIn(commit())).toEqual(['owned-by-other']);
  });

  it('is the remote-tracking one when there is one', () => {
    const origin = repository.git('rev-parse', 'main');
    repository.git('update-ref', 'refs/remotes/origin/main', origin);
    repository.git('switch', '-q', 'main');
    repository.commit('wider', {
      'ownership.yml': repository.read('ownership.yml').replace("'services/api/**', ", ''),
    });
    repository.git('switch', '-q', 'feat/a1/work');
    repository.write('services/api/api.py', 'changed\n');
    const outcome = commit();
    expect(outcome.stderr).toContain('origin/main@');
    expectBlocked(outcome, 'owned-by-other');
  });

  it('is HEAD with a notice when the base is not here', () => {
    repository.git('branch', '-D', 'main');
    repository.write('services/api/api.py', 'changed\n');
    const outcome = commit();
    expect(codesIn(outcome)).toEqual(['owned-by-other']);
    expect(outcome.stderr).toContain('the policy is read from HEAD');
  });
});
