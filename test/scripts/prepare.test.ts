import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { armBlock } from '../../src/core/install/managers/husky-worktrees.ts';
import { guardBlock } from '../../src/core/install/guard-block.ts';
import { missingRemedy, packageToolOf } from '../../src/core/install/package-tool.ts';
import { GUARD_EVENTS } from '../../src/domain/reports/init.ts';
import { packageRoot, TestRepository } from '../support/repository.ts';

/** A checkout with the script and what it needs, and these packages of ours installed. */
function checkout(files: readonly string[], packages: readonly string[]): TestRepository {
  const repository = TestRepository.create();
  for (const file of ['scripts/prepare.mjs', ...files])
    cpSync(join(packageRoot, file), join(repository.directory, file), { recursive: true });
  mkdirSync(join(repository.directory, 'node_modules'));
  for (const name of packages)
    symlinkSync(
      join(packageRoot, 'node_modules', name),
      join(repository.directory, 'node_modules', name),
    );
  return repository;
}

const prepare = (repository: TestRepository, environment: Record<string, string> = {}) =>
  repository.run(process.execPath, ['scripts/prepare.mjs'], { environment });

const hooksPath = (repository: TestRepository): string =>
  repository.tryGit('config', 'core.hooksPath').stdout.trim();

describe('npm run prepare', () => {
  it('does nothing where nothing is installed', () => {
    expect(prepare(checkout([], []))).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('lets husky set git up', () => {
    const repository = checkout([], ['husky']);
    expect(prepare(repository)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(hooksPath(repository)).toBe('.husky/_');
  });

  it.each([{ CI: '1' }, { CI: 'true' }, { HUSKY: '0' }])(
    'leaves git alone with %o',
    (environment) => {
      const repository = checkout([], ['husky']);
      expect(prepare(repository, environment)).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(hooksPath(repository)).toBe('');
    },
  );

  it('leaves an image without .git alone', () => {
    const repository = checkout([], ['husky']);
    repository.run('rm', ['-r', '.git']);
    expect(prepare(repository)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(join(repository.directory, '.husky'))).toBe(false);
  });

  it('says what went wrong, and lets the install go on', () => {
    const repository = checkout([], ['husky', 'esbuild', 'ts-node', 'typescript']);
    const outcome = prepare(repository);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain('prepare: the build did not work (code 1)');
    expect(hooksPath(repository)).toBe('.husky/_');
  });
});

describe('the hooks of this repository', () => {
  const hook = (name: string): string => readFileSync(join(packageRoot, '.husky', name), 'utf8');

  it.each(GUARD_EVENTS)('%s runs the guard of this very checkout, first', (event) => {
    const created = event !== 'pre-commit';
    const remedy = missingRemedy(packageToolOf('{}', ['package-lock.json']));
    const block = guardBlock(event, { home: '.', created, chained: false, remedy });
    expect(hook(event).startsWith(block)).toBe(true);
  });

  it('post-checkout arms new worktrees', () => {
    expect(hook('post-checkout')).toBe(armBlock('.husky', true));
  });
});
