import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Outcome,
  packageRoot,
  scratchDirectory,
  TestRepository,
} from '../support/repository.ts';

/**
 * The real package managers, from the npm registry, with the packed tarball: `npm run test:managers`. Each
 * adds it, sets the hooks up, and a teammate has them after an install of a fresh clone.
 */
const POLICY = `version: 1
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'] }
`;

const VENDORED = 'vendor/bailiwick.tgz';

interface Tool {
  readonly name: string;
  /** What npm fetches it by, and where its program is in there. */
  readonly package: string;
  readonly program: string;
  readonly command: string;
  readonly files: Record<string, string>;
  readonly add: readonly string[];
  readonly run: readonly string[];
  /** What a hook says where the package is gone. */
  readonly install: string;
  /** Where the package is not in `node_modules`. */
  readonly plugged?: true;
}

const TOOLS: readonly Tool[] = [
  {
    name: 'npm',
    package: 'npm@11',
    program: 'npm/bin/npm-cli.js',
    command: 'npm',
    files: {},
    add: ['install', '--save-dev', '--no-audit', '--no-fund', `./${VENDORED}`],
    run: ['exec', '--no', '--'],
    install: 'npm ci',
  },
  {
    name: 'pnpm',
    package: 'pnpm@10',
    program: 'pnpm/bin/pnpm.cjs',
    command: 'pnpm',
    files: {},
    add: ['add', '--save-dev', `./${VENDORED}`],
    run: ['exec'],
    install: 'pnpm install',
  },
  {
    name: 'bun',
    package: 'bun@1',
    program: `@oven/bun-${process.platform}-${process.arch}/bin/bun`,
    command: 'bun',
    files: {},
    add: ['add', '--dev', `./${VENDORED}`],
    run: ['x', '--no-install'],
    install: 'bun install',
  },
  {
    name: 'yarn 1',
    package: 'yarn@1',
    program: 'yarn/bin/yarn.js',
    command: 'yarn',
    files: {},
    add: ['add', '--dev', '--silent', `file:./${VENDORED}`],
    run: ['--silent', 'run'],
    install: 'yarn install',
  },
  ...(['node-modules', 'pnp'] as const).map((linker): Tool => ({
    name: `yarn 4 with ${linker}`,
    package: '@yarnpkg/cli-dist@4',
    program: '@yarnpkg/cli-dist/bin/yarn.js',
    command: 'yarn',
    files: {
      '.yarnrc.yml': `nodeLinker: ${linker}\nenableGlobalCache: false\nenableTelemetry: false\nenableImmutableInstalls: false\n`,
      'yarn.lock': '',
    },
    add: ['add', '--dev', `bailiwick@file:./${VENDORED}`],
    run: ['run'],
    install: 'yarn install',
    ...(linker === 'pnp' && { plugged: true as const }),
  })),
];

let tarball: string;
beforeAll(() => {
  const directory = scratchDirectory();
  const project = new TestRepository(packageRoot, scratchDirectory());
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
  expect(project.run('npm', args)).toMatchObject({ code: 0 });
  tarball = join(directory, readdirSync(directory)[0]!);
});

/** A directory with the tool under its own name, alone: nobody who commits has more of it. */
function fetchTool({ command, package: name, program }: Tool): string {
  const directory = scratchDirectory();
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', name];
  const { status, stderr } = spawnSync('npm', args, { cwd: directory, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  symlinkSync(join(directory, 'node_modules', program), join(bin, command));
  return bin;
}

/** The same from another directory, with the same programs. */
const at = ({ environment, ...repository }: TestRepository, directory: string): TestRepository =>
  new TestRepository(join(repository.directory, directory), repository.home, environment);

/** The repository with the tool in front of the PATH, its packages in a cache of its own. */
function project(bin: string, files: Record<string, string> = {}): TestRepository {
  const made = TestRepository.create({ name: 'app' });
  const environment = {
    PATH: `${bin}:${made.environment['PATH']}`,
    BUN_INSTALL_CACHE_DIR: join(made.home, 'bun'),
    PNPM_HOME: join(made.home, 'pnpm'),
    YARN_CACHE_FOLDER: join(made.home, 'yarn'),
  };
  const repository = made.at('.', environment);
  mkdirSync(join(repository.directory, 'vendor'));
  copyFileSync(tarball, join(repository.directory, VENDORED));
  repository.commit('first', {
    'a/x': '1\n',
    'b/y': '1\n',
    'ownership.yml': POLICY,
    '.gitignore': 'node_modules/\n.yarn/\n.pnp.*\n',
    'package.json': '{ "private": true }\n',
    ...files,
  });
  return repository;
}

const ok = (outcome: Outcome): Outcome => {
  expect(outcome, outcome.stdout + outcome.stderr).toMatchObject({ code: 0 });
  return outcome;
};

function expectGuarded(repository: TestRepository, directory = '.'): void {
  const inside = at(repository, directory);
  repository.git('switch', '-q', '-C', 'feat/a1/x');
  repository.write('b/y', '2\n');
  const foreign = inside.tryGit('commit', '-qam', 'foreign');
  expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('owned-by-other')]);
  repository.git('reset', '-q', '--hard');
  repository.write('a/x', `${directory}\n`);
  ok(inside.tryGit('commit', '-qam', 'own'));
  repository.git('switch', '-q', 'main');
}

describe.each(TOOLS)('$name', (tool) => {
  let bin: string;
  beforeAll(() => void (bin = fetchTool(tool)));

  it('adds it, guards here and in a fresh clone, and is named where the package is gone', () => {
    const repository = project(bin, tool.files);
    ok(repository.run(tool.command, tool.add));
    const bailiwick = (clone: TestRepository, ...args: string[]): Outcome =>
      clone.run(tool.command, [...tool.run, 'bailiwick', ...args]);
    ok(bailiwick(repository, 'init', '--no-policy', '--prepare'));
    repository.git('add', '-A');
    ok(repository.tryGit('commit', '-qm', 'packages and prepare'));
    expectGuarded(repository);
    const doctor = ok(bailiwick(repository, 'doctor'));
    expect(doctor.stdout.trim().split('\n')).toHaveLength(1);

    // A teammate: a clone, an install, and nothing else.
    repository.git('clone', '-q', '.', '../mate');
    const mate = at(repository, '../mate');
    ok(mate.run(tool.command, ['install']));
    ok(bailiwick(mate, 'doctor'));
    expectGuarded(mate);

    // A worktree in which nothing was installed.
    mate.git('worktree', 'add', '-q', '-b', 'feat/a1/w', '../wt');
    const worktree = at(mate, '../wt');
    worktree.write('b/y', '3\n');
    expect(worktree.tryGit('commit', '-qam', 'foreign')).toMatchObject({ code: 1 });

    mate.run('rm', ['-rf', 'node_modules', '.yarn']);
    mate.git('config', '--unset', 'bailiwick.home');
    mate.write('a/x', 'gone\n');
    const gone = mate.tryGit('commit', '-qam', 'without packages');
    expect(gone.code).not.toBe(0);
    expect(gone.stderr).toContain(`run ${tool.install}`);
    expect(existsSync(join(mate.directory, 'node_modules'))).toBe(false);
  });
});

describe('several packages in one repository', () => {
  let bin: string;
  beforeAll(() => void (bin = fetchTool(TOOLS[0]!)));
  const pack = (name: string): string =>
    `{ "name": "${name}", "version": "1.0.0", "private": true }\n`;

  it('workspaces: installed at the top, it guards a commit made in any of them', () => {
    const repository = project(bin, {
      'package.json': '{ "private": true, "workspaces": ["packages/*"] }\n',
      'packages/one/package.json': pack('one'),
      'packages/two/package.json': pack('two'),
    });
    ok(repository.run('npm', TOOLS[0]!.add));
    ok(
      repository
        .at('packages/two')
        .run('npm', ['exec', '--no', '--', 'bailiwick', 'init', '--no-policy']),
    );
    expectGuarded(repository, 'packages/one');
  });

  it('a package in a subfolder: installed there alone, it guards the whole repository and other worktrees', () => {
    const repository = project(bin, { 'package.json': '', 'web/package.json': pack('web') });
    repository.git('rm', '-q', 'package.json');
    repository.git('commit', '-qm', 'no package at the top');
    const web = at(repository, 'web');
    ok(web.run('npm', ['install', '--save-dev', '--no-audit', '--no-fund', `../${VENDORED}`]));
    ok(web.run('npm', ['exec', '--no', '--', 'bailiwick', 'init', '--no-policy']));
    expect(repository.read('.git/hooks/pre-commit')).toContain('web/node_modules/bailiwick');
    expectGuarded(repository);
    repository.git('worktree', 'add', '-q', '-b', 'feat/a1/w', '../wt');
    const worktree = at(repository, '../wt');
    worktree.write('b/y', '3\n');
    expect(worktree.tryGit('commit', '-qam', 'foreign')).toMatchObject({ code: 1 });
  });
});
