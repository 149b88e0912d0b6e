import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInit } from '../../../src/commands/init.ts';
import { runWorktreeAdd, type WorktreeAddOptions } from '../../../src/commands/worktree/add.ts';
import {
  runWorktreeRemove,
  type WorktreeRemoveOptions,
} from '../../../src/commands/worktree/remove.ts';
import type { Host } from '../../../src/host/host.ts';
import { hostIn } from '../../support/host.ts';
import { TestRepository } from '../../support/repository.ts';

/** A hundred ports of this process's own: other test files look for free ones at the same time. */
export const PORT =
  12_000 + ((process.ppid % 4) * 20 + (Number(process.env['VITEST_POOL_ID']) % 20)) * 100;

/** Four agents: two with ports of their own, one with a secret, one that is renamed. */
export const AGENTS = `version: 1
base: main
agents:
  a1:
    title: Core pipeline
    aliases: [agent-1]
    owns: ['services/core/**']
    env: { DB_SCHEMA: core, OPENAI_API_KEY: '\${KEY_A1}', REDIS_DB: '0' }
    ports: ${PORT}-${PORT + 19}
  a2: { title: Viral engine, owns: ['services/viral/**'], after: [a1], ports: ${PORT + 20}-${PORT + 39} }
  a3: { owns: ['docs/**'] }
  a4: { owns: ['web/**'] }
`;

export const withSetup = (...commands: string[]): string =>
  `${AGENTS}worktrees: { setup: ${JSON.stringify(commands)} }\n`;

const FILES = {
  '.gitignore': '*.local\n*.secret\n.venv/\nmade/\n',
  'docs/a.md': 'a\n',
  'services/core/a.py': 'a\n',
  'services/viral/a.py': 'a\n',
  'web/a.ts': 'a\n',
};

/** A repository in a directory with a space, the policy on `main`. */
export function fleetRepository(
  policy = AGENTS,
  files: Record<string, string> = {},
): TestRepository {
  const repository = TestRepository.create({ name: 'my repo' });
  repository.commit('first', { 'ownership.yml': policy, ...FILES, ...files });
  return repository;
}

/** The host of somebody who has the secret. */
export const hostWithKey = (repository: TestRepository, more: Partial<Host> = {}): Host =>
  hostIn(repository, { environment: { ...repository.environment, KEY_A1: 's3cret 1' }, ...more });

export const add = (
  repository: TestRepository,
  options: WorktreeAddOptions,
  more?: Partial<Host>,
) => runWorktreeAdd(hostWithKey(repository, more), options);

export const remove = (repository: TestRepository, options: WorktreeRemoveOptions) =>
  runWorktreeRemove(hostWithKey(repository), options);

/** Guards the repository with plain hooks that run this package. */
export const guard = (repository: TestRepository) => runInit(hostIn(repository), { policy: false });

/** A worktree beside the repository. */
export const beside = (repository: TestRepository, name: string): TestRepository =>
  repository.at(join('..', name));

/** What a file of the directory that all worktrees share says; null when there is none. */
export function shared(repository: TestRepository, name: string): string | null {
  const path = join(
    repository.git('rev-parse', '--path-format=absolute', '--git-common-dir'),
    name,
  );
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Paths of the worktrees, relative to the directory the repository is in. */
export const worktreeNames = (repository: TestRepository): string[] =>
  repository
    .git('worktree', 'list', '--porcelain')
    .split('\n')
    .filter((line) => line.startsWith('worktree '))
    .map((line) => line.slice('worktree '.length + repository.home.length + 1));

export const branches = (repository: TestRepository): string[] =>
  repository.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n');

/** Everything outside of the work tree that a command could have left. */
export const traces = (repository: TestRepository) => ({
  worktrees: worktreeNames(repository),
  branches: branches(repository),
  registry: shared(repository, 'bailiwick/worktrees.json'),
  exclude: shared(repository, 'info/exclude'),
});

/** Writes what is not text of ours, where nobody but the test looks. */
export const write = (repository: TestRepository, name: string, text = ''): void =>
  writeFileSync(join(repository.directory, name), text);
