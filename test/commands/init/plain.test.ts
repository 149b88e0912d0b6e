import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInit } from '../../../src/commands/init.ts';
import { GuardPackage } from '../../hooks/guard-package.ts';
import { hostIn } from '../../support/host.ts';
import { TestRepository } from '../../support/repository.ts';

const REFUSED = 1;

/** A repository with one commit and a guard that refuses. */
function setUp(name = 'a repo'): { repository: TestRepository; guard: GuardPackage } {
  const repository = TestRepository.create({ name });
  repository.commit('first', { 'a.txt': 'a\n' });
  const guard = new GuardPackage(join(repository.home, 'the package'));
  guard.answers(REFUSED);
  return { repository, guard };
}

const init = (repository: TestRepository, guard: GuardPackage, options = {}) =>
  runInit(hostIn(repository, { packageDirectory: guard.directory }), { policy: false, ...options });

/** Everything about the hooks: names, bytes, modes, links; and the configuration. */
function snapshot(repository: TestRepository): Record<string, string> {
  const list = repository.run('find', ['.git/hooks', '.git/config', '-not', '-type', 'd']).stdout;
  const entries = list.split('\n').filter((name) => name !== '' && !name.endsWith('.sample'));
  return Object.fromEntries(
    entries.sort().map((name) => {
      const path = join(repository.directory, name);
      const link = lstatSync(path).isSymbolicLink();
      const what = link ? readlinkSync(path) : readFileSync(path, 'latin1');
      return [name, `${lstatSync(path).mode.toString(8)} ${what}`];
    }),
  );
}

describe('init without a hook manager', () => {
  it('makes git run the guard on commits, merges and pushes', async () => {
    const { repository, guard } = setUp();
    const report = await init(repository, guard);
    expect(report.verdict).toBe('allowed');
    expect(report.data.hooks.map(({ event, state }) => [event, state])).toEqual([
      ['pre-commit', 'active'],
      ['pre-merge-commit', 'active'],
      ['pre-push', 'active'],
    ]);
    repository.git('branch', 'side');
    repository.commit('main goes on', { 'b.txt': 'b\n' });
    repository.git('switch', '-q', 'side');
    repository.commit('so does the side', { 'c.txt': 'c\n' });
    repository.git('init', '-q', '--bare', '../remote.git');

    const outcomes = [
      repository.tryGit('commit', '--allow-empty', '-m', 'x'),
      repository.tryGit('merge', '-m', 'x', 'main'),
      repository.tryGit('push', '../remote.git', 'main', 'side:other'),
    ];
    expect(outcomes.map(({ code }) => code !== 0)).toEqual([true, true, true]);
    expect(guard.events).toEqual(['pre-commit', 'pre-merge-commit', 'pre-push']);
    expect(guard.calls[2]!.stdin.split('\n')).toHaveLength(3);
    expect(guard.calls[2]!.argv).toEqual(['pre-push', '../remote.git', '../remote.git']);
  });

  it('lets through what the guard allows', async () => {
    const { repository, guard } = setUp();
    guard.answers(0);
    await init(repository, guard);
    expect(repository.tryGit('commit', '--allow-empty', '-m', 'x').code).toBe(0);
  });

  it('is the same done twice', async () => {
    const { repository, guard } = setUp();
    await init(repository, guard);
    const once = snapshot(repository);
    const report = await init(repository, guard);
    expect(report.data.steps).toEqual([]);
    expect(snapshot(repository)).toEqual(once);
  });

  it('changes nothing in a dry run, and says what it would do', async () => {
    const { repository, guard } = setUp();
    const before = snapshot(repository);
    const report = await init(repository, guard, { dryRun: true });
    expect(snapshot(repository)).toEqual(before);
    expect(report.data.steps.map(({ kind }) => kind)).toEqual([
      'set-config',
      'set-config',
      'write-file',
      'write-file',
      'write-file',
    ]);
    expect(report.data.hooks.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing']);
  });

  it('makes the directory for hooks where there is none, and removes it again', async () => {
    const { repository, guard } = setUp();
    repository.run('rm', ['-r', '.git/hooks']);
    await init(repository, guard);
    expect(repository.tryGit('commit', '--allow-empty', '-m', 'x').code).not.toBe(0);
    await init(repository, guard, { uninstall: true });
    expect(existsSync(join(repository.directory, '.git/hooks'))).toBe(false);
    expect(repository.tryGit('config', '--get-regexp', '^bailiwick').stdout).toBe('');
  });
});

interface Existing {
  readonly content: string | Uint8Array;
  readonly mode?: number;
  /** The hook runs, and notes it in `ran`. Default true. */
  readonly runs?: boolean;
}

const NOTE = 'echo "$@" >>ran\n';
const EXISTING: Record<string, Existing> = {
  'no line': { content: '', runs: false },
  sh: { content: `#!/bin/sh\n${NOTE}` },
  'sh without #!': { content: NOTE },
  'sh -eu': { content: `#!/bin/sh -eu\n${NOTE}` },
  'bash by env': { content: `#!/usr/bin/env bash\n[[ -n x ]] && ${NOTE}` },
  'latin1 bytes': { content: Buffer.from(`#!/bin/sh\n# caf\xe9\n${NOTE}`, 'latin1') },
  'no final line break': { content: `#!/bin/sh\n${NOTE.trimEnd()}` },
  'only #! without line break': { content: '#!/bin/sh', runs: false },
  'odd mode': { content: `#!/bin/sh\n${NOTE}`, mode: 0o711 },
  node: { content: `#!/usr/bin/env node\nrequire('fs').appendFileSync('ran', 'x')\n` },
  'not executable': { content: `#!/bin/sh\n${NOTE}`, mode: 0o644, runs: false },
};

describe('init beside an existing hook', () => {
  it.each(Object.entries(EXISTING))(
    '%s: runs both, and restores it to the byte',
    async (_name, hook) => {
      const { repository, guard } = setUp();
      const ran = (): boolean => existsSync(join(repository.directory, 'ran'));
      repository.write('.git/hooks/pre-commit', hook.content, hook.mode ?? 0o755);
      const before = snapshot(repository);

      await init(repository, guard);
      expect(repository.tryGit('commit', '--allow-empty', '-m', 'x').code).not.toBe(0);
      expect(ran()).toBe(false);
      guard.answers(0);
      expect(repository.tryGit('commit', '--allow-empty', '-m', 'x').code).toBe(0);
      expect(ran()).toBe(hook.runs ?? true);
      expect(guard.events).toEqual(['pre-commit', 'pre-commit']);
      expect((await init(repository, guard)).data.steps).toEqual([]);

      await init(repository, guard, { uninstall: true });
      expect(snapshot(repository)).toEqual(before);
    },
  );

  it('keeps a hook that fails failing', async () => {
    const { repository, guard } = setUp();
    guard.answers(0);
    repository.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 7\n', 0o755);
    await init(repository, guard);
    expect(repository.tryGit('commit', '--allow-empty', '-m', 'x').code).not.toBe(0);
    expect(guard.events).toEqual(['pre-commit']);
  });

  it('calls a binary', async () => {
    const { repository, guard } = setUp();
    guard.answers(0);
    repository.write('.git/hooks/pre-commit', readFileSync('/bin/false'), 0o755);
    const before = snapshot(repository);
    await init(repository, guard);
    expect(repository.tryGit('commit', '--allow-empty', '-m', 'x').code).not.toBe(0);
    expect(guard.events).toEqual(['pre-commit']);
    await init(repository, guard, { uninstall: true });
    expect(snapshot(repository)).toEqual(before);
  });

  it.each(['../../shared hook', '/nowhere'])('leaves a link a link: %s', async (target) => {
    const { repository, guard } = setUp();
    guard.answers(0);
    repository.write('shared hook', `#!/bin/sh\n${NOTE}`, 0o755);
    symlinkSync(target, join(repository.directory, '.git/hooks/pre-commit'));
    const before = snapshot(repository);
    await init(repository, guard);
    expect(repository.tryGit('commit', '--allow-empty', '-m', 'x').code).toBe(0);
    expect(existsSync(join(repository.directory, 'ran'))).toBe(target !== '/nowhere');
    expect(repository.read('shared hook')).toBe(`#!/bin/sh\n${NOTE}`);
    await init(repository, guard, { uninstall: true });
    expect(snapshot(repository)).toEqual(before);
  });

  it('leaves CR LF as broken as it was, after the guard', async () => {
    const { repository, guard } = setUp();
    guard.answers(0);
    repository.write('.git/hooks/pre-commit', '#!/bin/sh\r\nexit 0\r\n', 0o755);
    const before = snapshot(repository);
    await init(repository, guard);
    expect(repository.tryGit('commit', '--allow-empty', '-m', 'x').code).not.toBe(0);
    expect(guard.events).toEqual(['pre-commit']);
    await init(repository, guard, { uninstall: true });
    expect(snapshot(repository)).toEqual(before);
  });

  it.each([
    ['sh', '#!/bin/sh\ncat >refs\n'],
    ['sh -e', '#!/bin/sh -e\ncat >refs\n'],
    ['bash', '#!/bin/bash\nwhile read -r line; do echo "$line"; done >refs\n'],
    [
      'node',
      `#!/usr/bin/env node\nrequire('fs').writeFileSync('refs', require('fs').readFileSync(0))\n`,
    ],
  ])('gives %s what git wrote to pre-push, as git-lfs needs it', async (_name, hook) => {
    const { repository, guard } = setUp();
    guard.answers(0);
    repository.write('.git/hooks/pre-push', hook, 0o755);
    await init(repository, guard);
    repository.git('init', '-q', '--bare', '../remote.git');
    const environment = { TMPDIR: join(repository.home, 'tmp') };
    mkdirSync(environment.TMPDIR);
    const refs = ['main', 'main:refs/tags/v1'];
    expect(repository.run('git', ['push', '../remote.git', ...refs], { environment }).code).toBe(0);
    expect(guard.calls[0]!.stdin).toMatch(
      /^refs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}\n/,
    );
    expect(repository.read('refs')).toBe(guard.calls[0]!.stdin);
    expect(readdirSync(environment.TMPDIR)).toEqual([]);
  });

  it('leaves lines a person added to its own file', async () => {
    const { repository, guard } = setUp();
    await init(repository, guard);
    const path = '.git/hooks/pre-commit';
    repository.write(path, `${repository.read(path)}echo mine\n`);
    await init(repository, guard, { uninstall: true });
    expect(repository.read(path)).toBe('#!/bin/sh\necho mine\n');
  });

  it('repairs its own block, and makes an inert file run again', async () => {
    const { repository, guard } = setUp();
    await init(repository, guard);
    const path = '.git/hooks/pre-commit';
    const good = repository.read(path);
    repository.write(path, good.replace('"$@" || exit $?', '|| true'), 0o755);
    chmodSync(join(repository.directory, path), 0o644);
    await init(repository, guard);
    expect(repository.read(path)).toBe(good);
    expect(repository.tryGit('commit', '--allow-empty', '-m', 'x').code).not.toBe(0);
  });
});
