import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Outcome,
  packageRoot,
  scratchDirectory,
  TestRepository,
} from '../support/repository.ts';

/** Bytes; what everybody downloads who installs it. */
const LARGEST = 2_750_000;

const POLICY = `version: 1
unowned: deny
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'] }
`;

let tarball: string;
beforeAll(() => {
  const directory = scratchDirectory();
  const project = new TestRepository(packageRoot, scratchDirectory());
  // The suite has built it; what npm would build again is not packed.
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
  expect(project.run('npm', args)).toMatchObject({ code: 0 });
  tarball = join(directory, readdirSync(directory)[0]!);
});

/** A repository without anything of npm, with a policy on its base. */
function project(files: Record<string, string> = {}): TestRepository {
  const repository = TestRepository.create({ name: 'app' });
  repository.commit('first', {
    'a/x.py': '1\n',
    'b/y.py': '1\n',
    'ownership.yml': POLICY,
    '.gitignore': 'node_modules/\n',
    ...files,
  });
  return repository;
}

const npm = (repository: TestRepository, ...args: string[]): Outcome =>
  repository.run('npm', [...args, '--offline', '--no-audit', '--no-fund', '--ignore-scripts']);

/** An agent changes what is another's, and what is its own. */
function commits(repository: TestRepository): [foreign: Outcome, own: Outcome] {
  repository.git('switch', '-q', '-c', 'feat/a1/x');
  repository.write('b/y.py', '2\n');
  const foreign = repository.tryGit('commit', '-qam', 'foreign');
  repository.git('checkout', '-q', '--', 'b');
  repository.git('reset', '-q', '--hard');
  repository.write('a/x.py', '2\n');
  return [foreign, repository.tryGit('commit', '-qam', 'own')];
}

function expectGuarded(repository: TestRepository): void {
  const [foreign, own] = commits(repository);
  expect([foreign.code, own.code, foreign.stderr]).toEqual([
    1,
    0,
    expect.stringContaining('owned-by-other'),
  ]);
}

describe('the packed tarball', () => {
  it('is no larger than it may be', () => {
    expect(statSync(tarball).size).toBeLessThan(LARGEST);
  });

  it('guards a project that has it among its packages', () => {
    const repository = project({ 'package.json': '{ "private": true }\n' });
    expect(npm(repository, 'install', '--save-dev', tarball)).toMatchObject({ code: 0 });
    const init = repository.run('npx', ['--no', 'bailiwick', 'init', '--no-policy']);
    expect(init).toMatchObject({ code: 0 });
    expect(repository.read('.git/hooks/pre-commit')).toContain(
      'bailiwick=node_modules/bailiwick\n',
    );
    expectGuarded(repository);
    expect(repository.run('npx', ['--no', 'bailiwick', 'doctor']).stdout).toMatch(/^.*\n$/);
  });

  it('guards a project that knows nothing of npm, from the machine alone', () => {
    const repository = project();
    const prefix = join(repository.home, 'global');
    mkdirSync(prefix);
    const installed = npm(repository, 'install', '--global', '--prefix', prefix, tarball);
    expect(installed).toMatchObject({ code: 0 });
    const path = `${join(prefix, 'bin')}:${repository.environment['PATH']}`;
    const there = repository.at('.', { PATH: path });
    expect(there.run('bailiwick', ['init', '--no-policy'])).toMatchObject({ code: 0 });
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(repository.read('.git/hooks/pre-commit')).toContain('npm install --global bailiwick');
    expectGuarded(repository);
  });
});

describe('the single file', () => {
  it('unpacks itself once, sets up the hooks, and they run without it', () => {
    const root = new TestRepository(packageRoot, scratchDirectory());
    expect(root.run('npm', ['run', '--silent', 'build:single'])).toMatchObject({ code: 0 });
    const repository = project();
    const file = join(repository.home, 'bailiwick');
    repository.run('cp', [join(packageRoot, 'single/bailiwick.cjs'), file]);
    chmodSync(file, 0o755);
    expect(repository.run(file, ['init', '--no-policy'])).toMatchObject({ code: 0 });
    const share = join(repository.home, '.local/share/bailiwick');
    expect(readdirSync(share)).toHaveLength(1);
    repository.run(file, ['--version']);
    expect(readdirSync(share)).toHaveLength(1);
    repository.run('rm', [file]);
    expect(repository.git('status', '--porcelain')).toBe('');
    expectGuarded(repository);
  });
});
