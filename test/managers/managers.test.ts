import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scratchDirectory, TestRepository } from '../support/repository.ts';

/**
 * The real hook managers, from their registries: `npm run test:managers`. Each is set up as its own pages
 * say, before `init` and after it, and then real commits and pushes are made.
 */
const POLICY = `version: 1
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'] }
`;

interface Manager {
  readonly name: string;
  /** Packages of npm, PyPI or RubyGems. */
  readonly packages: readonly string[];
  readonly from: 'npm' | 'pypi' | 'rubygems';
  /** Files of the repository. */
  readonly files: Record<string, string>;
  /** Commands that make git run it, with `$BIN` for where its programs are. */
  readonly install: string;
  /** Its own hook has run when this file is there. */
  readonly ran: string;
  /** Its hooks look for it in `node_modules`. */
  readonly inside?: boolean;
  /** Its set-up takes out what is not its own, and `init` is to be run after it. */
  readonly takesOut?: boolean;
}

const touch = 'touch ran';
const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const MANAGERS: readonly Manager[] = [
  ...['lefthook@2', 'lefthook@1.13'].map((name): Manager => ({
    name,
    packages: [name],
    from: 'npm',
    files: { 'lefthook.yml': `pre-commit:\n  jobs:\n    - name: own\n      run: ${touch}\n` },
    install: '"$BIN/lefthook" install',
    ran: 'ran',
  })),
  {
    name: 'lefthook@2 by TOML',
    packages: ['lefthook@2'],
    from: 'npm',
    files: {
      'lefthook.toml': `extends = ["own.yml"]\n\n[[pre-push.jobs]]\nrun = "true"\n`,
      'own.yml': `pre-commit:\n  jobs:\n    - name: own\n      run: ${touch}\n`,
    },
    install: '"$BIN/lefthook" install',
    ran: 'ran',
  },
  {
    name: 'lefthook@1.6 with commands',
    packages: ['lefthook@1.6'],
    from: 'npm',
    files: {
      'lefthook.yml': ['pre-commit', 'pre-merge-commit', 'pre-push']
        .map((event) => `${event}:\n  commands:\n    own:\n      run: ${touch}\n`)
        .join(''),
    },
    install: '"$BIN/lefthook" install',
    ran: 'ran',
  },
  {
    name: 'husky@9',
    packages: ['husky@9'],
    from: 'npm',
    files: {
      'package.json': json({ devDependencies: { husky: '9' } }),
      '.husky/pre-commit': `${touch}\n`,
    },
    install: '"$BIN/husky"',
    ran: 'ran',
  },
  {
    name: 'husky@8',
    packages: ['husky@8'],
    from: 'npm',
    files: { 'package.json': json({ devDependencies: { husky: '8' } }) },
    install:
      '"$BIN/husky" install && { [ -f .husky/pre-commit ] || "$BIN/husky" add .husky/pre-commit "touch ran"; }',
    ran: 'ran',
  },
  ...[
    ['package.json', { husky: { hooks: { 'pre-commit': touch } } }],
    ['.huskyrc', { hooks: { 'pre-commit': touch } }],
  ].map(([file, content]): Manager => ({
    name: `husky@4 by ${String(file)}`,
    packages: ['husky@4'],
    from: 'npm',
    files: {
      'package.json': json({
        devDependencies: { husky: '^4.3.8' },
        ...(file === 'package.json' && (content as object)),
      }),
      ...(file !== 'package.json' && { [String(file)]: json(content as object) }),
    },
    // As npm starts its script after an install.
    install:
      'cd node_modules/husky && INIT_CWD=$OLDPWD npm_config_user_agent="npm/10" node husky install',
    ran: 'ran',
    inside: true,
  })),
  {
    name: 'overcommit',
    packages: ['overcommit'],
    from: 'rubygems',
    files: {
      '.overcommit.yml':
        'verify_signatures: false\nPreCommit:\n  ALL: { enabled: false }\n  Own:\n    enabled: true\n    required_executable: touch\n    command: [sh, -c, touch ran]\nCommitMsg:\n  ALL: { enabled: false }\n',
    },
    install: '"$BIN/overcommit" --install >/dev/null',
    ran: 'ran',
    takesOut: true,
  },
  ...[
    ['package.json', { 'simple-git-hooks': { 'pre-commit': touch } }],
    ['.simple-git-hooks.json', { 'pre-commit': touch }],
    ['.simple-git-hooks.js', `module.exports = { 'pre-commit': '${touch}' }\n`],
    [
      'simple-git-hooks.cjs',
      `const hooks = {\n  'pre-commit': \`${touch}\`,\n};\nmodule.exports = hooks;\n`,
    ],
    ['simple-git-hooks.mjs', `export default {\n  "pre-commit": "${touch}"\n}\n`],
  ].map(([file, content]): Manager => ({
    name: `simple-git-hooks@2 by ${String(file)}`,
    packages: ['simple-git-hooks@2'],
    from: 'npm',
    files: {
      'package.json': json({}),
      [String(file)]: typeof content === 'string' ? content : json(content as object),
    },
    install: '"$BIN/simple-git-hooks"',
    ran: 'ran',
  })),
  ...['pre-commit', 'prek'].map((name): Manager => ({
    name,
    packages: [name],
    from: 'pypi',
    files: {
      '.pre-commit-config.yaml': `repos:\n  - repo: local\n    hooks:\n      - id: own\n        name: own\n        entry: sh -c '${touch}'\n        language: system\n        always_run: true\n        pass_filenames: false\n`,
    },
    install: `"$BIN/${name}" install -t pre-commit -t pre-push -t pre-merge-commit`,
    ran: 'ran',
  })),
];

const programs = new Map<string, string | null>();

/** Fetches each manager once; gives the directory of its programs, or null where it cannot be had. */
function fetchManager(manager: Manager): string | null {
  const { name, packages } = manager;
  const key = packages.join(' ');
  if (!programs.has(key)) {
    const bin = fetchInto(scratchDirectory(), manager);
    if (bin === null) process.stderr.write(`${name} is skipped: it cannot be had here\n`);
    programs.set(key, bin);
  }
  return programs.get(key)!;
}

function fetchInto(directory: string, { packages, from }: Manager): string | null {
  const run = (program: string, ...args: string[]): void => {
    const { status, stderr } = spawnSync(program, args, { cwd: directory, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  };
  switch (from) {
    case 'npm':
      writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
      run('npm', 'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', ...packages);
      // Not by a name that only npm and its like put on the PATH: nobody who commits has that.
      symlinkSync('node_modules/.bin', join(directory, 'programs'));
      return join(directory, 'programs');
    case 'pypi':
      run('python3', '-m', 'venv', '.');
      run('bin/pip', 'install', '--quiet', '--disable-pip-version-check', ...packages);
      return join(directory, 'bin');
    case 'rubygems': {
      // Ruby is not everywhere, and neither is its registry: what is installed is as good.
      const found = spawnSync('sh', ['-c', `command -v ${packages[0]!}`], { encoding: 'utf8' });
      if (found.status === 0) return dirname(found.stdout.trim());
      const args = ['install', '--install-dir', directory, ...packages];
      return spawnSync('gem', args, { timeout: 120_000 }).status === 0
        ? join(directory, 'bin')
        : null;
    }
  }
}

function setUp(manager: Manager): TestRepository {
  const bin = fetchManager(manager)!;
  const made = TestRepository.create();
  const path = `${bin}:${made.environment['PATH']}`;
  const repository = made.at('.', { PATH: path, BIN: bin });
  mkdirSync(join(repository.home, 'remote.git'));
  repository.git('init', '-q', '--bare', '../remote.git');
  repository.git('remote', 'add', 'origin', '../remote.git');
  repository.commit('first', {
    'a/x': '1\n',
    'b/y': '1\n',
    'ownership.yml': POLICY,
    '.gitignore': 'ran\nnode_modules\n',
    ...manager.files,
  });
  if (manager.inside === true)
    symlinkSync(join(bin, '../node_modules'), join(repository.directory, 'node_modules'));
  repository.git('push', '-q', '--no-verify', '-u', 'origin', 'main');
  return repository;
}

const install = (repository: TestRepository, { install: command }: Manager): void =>
  expect(repository.run('sh', ['-ec', command])).toMatchObject({ code: 0 });
const bailiwick = (repository: TestRepository, ...args: string[]) => repository.bailiwick(args);

/** `init`, with what makes the manager take up what it wrote. */
function guard(repository: TestRepository, manager: Manager): void {
  bailiwick(repository, 'init', '--no-policy');
  install(repository, manager);
  if (manager.takesOut !== true) return;
  const doctor = bailiwick(repository, 'doctor');
  expect(doctor).toMatchObject({ code: 1 });
  expect(doctor.stdout).toContain('hook-unguarded');
  bailiwick(repository, 'init', '--no-policy');
}

/** Everything that git and the managers read: tracked files, hooks with their modes, settings. */
function world(repository: TestRepository): string {
  const { stdout } = repository.run('sh', [
    '-c',
    'find .git/hooks .husky -type f ! -name "*.sample" 2>/dev/null | sort | xargs -r stat -c "%n %a"; ' +
      'find .git/hooks .husky -type f ! -name "*.sample" 2>/dev/null | sort | xargs -r cat; ' +
      'git status --porcelain; git diff; git config --local --list | grep -v ^remote | sort',
  ]);
  // husky 4 writes down when it made a hook.
  return stdout.replace(/^# {3}At: .*$/gm, '');
}

function expectGuarded(repository: TestRepository, { ran }: Manager): void {
  const { directory } = repository;
  repository.run('rm', ['-f', ran]);
  repository.git('switch', '-q', '-c', 'feat/a1/x');
  repository.write('b/y', '2\n');
  expect(repository.tryGit('commit', '-qam', 'foreign').code).toBe(1);
  repository.git('checkout', '-q', 'HEAD', '--', 'b');
  repository.run('rm', ['-f', ran]);
  repository.write('a/x', '2\n');
  expect(repository.tryGit('commit', '-qam', 'own')).toMatchObject({ code: 0 });
  expect(existsSync(join(directory, ran))).toBe(true);
  expect(repository.tryGit('push', '-q', '-u', 'origin', 'feat/a1/x')).toMatchObject({ code: 0 });
  // HEAD is what its upstream has; what is pushed is something else.
  expect(repository.tryGit('push', '-q', 'origin', 'HEAD:main').code).toBe(1);
  expect(repository.tryGit('push', '-q', 'origin', 'HEAD:feat/a2/z').code).toBe(1);
  repository.git('switch', '-q', 'main');
}

const wanted = process.env['BAILIWICK_MANAGERS'];

describe.each(MANAGERS.filter(({ name }) => wanted === undefined || name.includes(wanted)))(
  '$name',
  (manager) => {
    beforeAll(() => void fetchManager(manager));
    beforeEach(({ skip }) => skip(fetchManager(manager) === null));

    it('first, then init: both run, twice is once, and taken out to the byte', () => {
      const repository = setUp(manager);
      install(repository, manager);
      repository.commit('what it wrote');
      const before = world(repository);
      bailiwick(repository, 'init', '--no-policy');
      install(repository, manager);
      const init = bailiwick(repository, 'init', '--no-policy');
      expect(init).toMatchObject({ code: 0 });
      const once = world(repository);
      expect(bailiwick(repository, 'init', '--no-policy', '--json').stdout).toContain('"steps":[]');
      expect(world(repository)).toBe(once);
      expect(bailiwick(repository, 'doctor')).toMatchObject({ code: 0 });
      expect(bailiwick(repository, 'init', '--uninstall')).toMatchObject({ code: 0 });
      install(repository, manager);
      expect(world(repository)).toBe(before);
      expect(repository.tryGit('commit', '-qm', 'x', '--allow-empty')).toMatchObject({ code: 0 });
      guard(repository, manager);
      repository.commit('guarded');
      repository.git('push', '-q', '--no-verify');
      expectGuarded(repository, manager);
    });

    it('after init: what it takes over is found and put right', () => {
      const repository = setUp(manager);
      bailiwick(repository, 'init', '--no-policy');
      install(repository, manager);
      guard(repository, manager);
      expect(bailiwick(repository, 'doctor')).toMatchObject({ code: 0 });
      repository.commit('guarded');
      repository.git('push', '-q', '--no-verify');
      expectGuarded(repository, manager);
    });
  },
);

const STRICT = ['husky@9', 'lefthook@2', 'simple-git-hooks@2 by package.json', 'pre-commit'];

describe.each(
  MANAGERS.filter(({ name }) => STRICT.includes(name) && (wanted ?? name).includes(name)),
)('strict mode beside $name', (manager) => {
  beforeEach(({ skip }) => skip(fetchManager(manager) === null));

  it('sees what its hooks are not asked about, stays over an install, and is taken out to the byte', () => {
    const repository = setUp(manager);
    install(repository, manager);
    repository.commit('what it wrote');
    const before = world(repository);
    bailiwick(repository, 'init', '--no-policy', '--strict');
    install(repository, manager);
    // The setting is remembered.
    const again = bailiwick(repository, 'init', '--no-policy');
    expect(again.stdout).toMatch(/reference-transaction .* active/);
    expect(bailiwick(repository, 'doctor')).toMatchObject({ code: 0 });
    repository.git('add', '-A');
    repository.git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'guarded');
    repository.git('push', '-q', '--no-verify');
    repository.git('switch', '-q', '-c', 'others');
    repository.write('b/y', '2\n');
    repository.git('commit', '-q', '--no-verify', '-a', '-m', 'of another');
    repository.git('switch', '-q', '-c', 'feat/a1/x', 'main');
    repository.write('a/x', '2\n');
    repository.git('commit', '-q', '-a', '-m', 'own');
    const at = repository.git('rev-parse', 'HEAD');
    for (const word of ['cherry-pick', 'rebase']) {
      expect(repository.tryGit(word, 'others').code).not.toBe(0);
      repository.tryGit(word, '--abort');
      expect(repository.git('rev-parse', 'feat/a1/x')).toBe(at);
    }
    repository.write('b/y', '3\n');
    expect(repository.tryGit('commit', '-qan', '-m', 'foreign').code).not.toBe(0);
    repository.git('checkout', '-q', 'HEAD', '--', 'b');
    repository.write('a/x', '3\n');
    expect(repository.tryGit('commit', '-qan', '-m', 'own')).toMatchObject({ code: 0 });
    repository.git('switch', '-q', 'main');
    expect(bailiwick(repository, 'init', '--uninstall')).toMatchObject({ code: 0 });
    repository.git('add', '-A');
    repository.git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'taken out');
    install(repository, manager);
    expect(world(repository)).toBe(before);
  });
});

describe.each(MANAGERS.filter(({ from }) => from === 'pypi'))('the entry for $name', (manager) => {
  const refusesOnce = (outcome: { stdout: string; stderr: string }): void => {
    const said = outcome.stdout + outcome.stderr;
    expect(said).toContain('belongs to a2');
    expect(said).toMatch(/bailiwick \(pre-(?:commit|push)\)\.+Failed/);
  };

  it('ends the run at a refusal, is offered, comes once, and is taken out to the byte', () => {
    const repository = setUp(manager);
    const own = join(repository.directory, manager.ran);
    install(repository, manager);
    const before = world(repository);
    expect(bailiwick(repository, 'init', '--no-policy').stdout).toContain('bailiwick init --entry');
    repository.git('switch', '-q', '-c', 'feat/a1/x');
    repository.write('b/y', '2\n');
    expect(repository.tryGit('commit', '-qam', 'foreign').code).toBe(1);
    expect(existsSync(own)).toBe(true);
    repository.git('checkout', '-q', 'HEAD', '--', 'b');
    repository.git('switch', '-q', 'main');
    expect(bailiwick(repository, 'init', '--no-policy', '--entry')).toMatchObject({ code: 0 });
    const once = world(repository);
    expect(bailiwick(repository, 'init', '--no-policy', '--entry', '--json').stdout).toContain(
      '"steps":[]',
    );
    expect(world(repository)).toBe(once);
    repository.git('add', '-A');
    expect(repository.tryGit('commit', '-qm', 'the entry')).toMatchObject({ code: 0 });
    repository.git('push', '-q', '--no-verify');
    repository.git('switch', '-q', '-C', 'feat/a1/x');
    rmSync(own, { force: true });
    repository.write('b/y', '2\n');
    refusesOnce(repository.tryGit('commit', '-qam', 'foreign'));
    expect(existsSync(own)).toBe(false);
    repository.git('commit', '-qnam', 'foreign');
    const push = repository.tryGit('push', '-q', 'origin', 'HEAD');
    expect(push.code).toBe(1);
    refusesOnce(push);
    expect(existsSync(own)).toBe(false);
    repository.git('reset', '-q', '--hard', 'main');
    repository.write('a/x', '3\n');
    expect(repository.tryGit('commit', '-qam', 'own')).toMatchObject({ code: 0 });
    expect(existsSync(own)).toBe(true);
    expect(repository.tryGit('push', '-q', 'origin', 'HEAD')).toMatchObject({ code: 0 });
    repository.git('switch', '-q', 'main');
    expect(bailiwick(repository, 'init', '--uninstall')).toMatchObject({ code: 0 });
    repository.git('commit', '-qnam', 'without');
    expect(world(repository)).toBe(before);
  });

  it('passes where there is no bailiwick, as in a CI that runs all hooks', () => {
    const repository = setUp(manager);
    install(repository, manager);
    bailiwick(repository, 'init', '--no-policy', '--entry');
    repository.git('add', '-A');
    repository.git('config', '--unset', 'bailiwick.home');
    const all = repository.run('sh', ['-c', `"$BIN/${manager.name}" run --all-files`]);
    expect(all).toMatchObject({ code: 0 });
  });
});

describe('a teammate who has the configuration and not the package', () => {
  it.each(MANAGERS.filter(({ name }) => /lefthook@2|simple-git-hooks.*package/.test(name)))(
    'is told what to do, and may let commits through: $name',
    (manager) => {
      const repository = setUp(manager);
      bailiwick(repository, 'init', '--no-policy');
      install(repository, manager);
      repository.git('config', '--unset', 'bailiwick.home');
      repository.write('a/x', '2\n');
      const commit = repository.tryGit('commit', '-qam', 'x');
      expect(commit.code).not.toBe(0);
      expect(commit.stdout + commit.stderr).toContain('bailiwick is not installed here');
      repository.git('config', 'bailiwick.allowMissing', 'true');
      expect(repository.tryGit('commit', '-qam', 'x')).toMatchObject({ code: 0 });
    },
  );
});

describe('git lfs', () => {
  const LFS_HOOKS = ['post-checkout', 'post-commit', 'post-merge', 'pre-push'] as const;
  beforeEach(({ skip }) => skip(spawnSync('git', ['lfs', 'version']).status !== 0));
  const made = (): TestRepository => {
    const repository = TestRepository.create();
    repository.commit('first', { 'ownership.yml': POLICY, 'b/y': '1\n' });
    repository.git('init', '-q', '--bare', '../remote.git');
    repository.git('remote', 'add', 'origin', join(repository.home, 'remote.git'));
    return repository;
  };

  function expectBoth(repository: TestRepository): void {
    repository.git('lfs', 'track', '*.bin');
    repository.commit('large', { 'x.bin': 'x'.repeat(1000) });
    expect(repository.tryGit('push', '-q', 'origin', 'main')).toMatchObject({ code: 0 });
    expect(existsSync(join(repository.home, 'remote.git/lfs/objects'))).toBe(true);
    repository.git('switch', '-q', '-c', 'feat/a1/x');
    repository.write('b/y', '2\n');
    repository.git('commit', '-qnam', 'foreign');
    expect(repository.tryGit('push', '-q', 'origin', 'HEAD').code).toBe(1);
  }

  it('first, then init: its line stays, and runs after the guard', () => {
    const repository = made();
    repository.git('lfs', 'install', '--local');
    bailiwick(repository, 'init', '--no-policy');
    expect(repository.read('.git/hooks/pre-push')).toContain('git lfs pre-push');
    expectBoth(repository);
  });

  it('after init: it refuses and changes no hook, and nothing is missing for a push', () => {
    const repository = made();
    bailiwick(repository, 'init', '--no-policy');
    const before = repository.read('.git/hooks/pre-push');
    expect(repository.tryGit('lfs', 'install', '--local').code).toBe(2);
    expect(repository.read('.git/hooks/pre-push')).toBe(before);
    expectBoth(repository);
  });

  // Why no hook that begins with the guard can be one that git-lfs leaves alone and ends well with.
  it('wants nothing but its own text at the beginning, which leaves nothing of the input to others', () => {
    const repository = made();
    repository.git('lfs', 'install', '--local');
    const own = repository.read('.git/hooks/pre-push');
    for (const text of [`${own}true\n`, own.replace('\n', '\ntrue\n')]) {
      repository.write('.git/hooks/pre-push', text, 0o755);
      expect(repository.tryGit('lfs', 'install', '--local').code).toBe(2);
      expect(repository.read('.git/hooks/pre-push')).toBe(text);
    }
    // It looks at a kilobyte of a file, and at no more.
    repository.write('.git/hooks/pre-push', `${own}${'\n'.repeat(1024)}cat >seen\n`, 0o755);
    expect(repository.tryGit('lfs', 'install', '--local').code).toBe(0);
    repository.git('push', '-q', 'origin', 'main');
    expect(repository.read('seen')).toBe('');
  });

  // So the guard is not put where it would be passed over: what is accepted is also deleted and overwritten.
  it.each([
    ['uninstall', ['lfs', 'uninstall', '--local'], (own: string) => own],
    [
      'install of another version',
      ['lfs', 'install', '--local'],
      (own: string) => own.replace(/deleting .*?\\n"/, 'deleting .git/hooks/pre-push.\\n"'),
    ],
  ])('%s takes a hook with it that it would have accepted', (_what, command, older) => {
    const repository = made();
    repository.git('lfs', 'install', '--local');
    const own = older(repository.read('.git/hooks/pre-push')).trimEnd();
    repository.write('.git/hooks/pre-push', `${own}${' '.repeat(1024)}; guard\n`, 0o755);
    repository.git(...command);
    const left = join(repository.directory, '.git/hooks/pre-push');
    expect(existsSync(left) && repository.read('.git/hooks/pre-push').includes('guard')).toBe(
      false,
    );
  });

  it('by force, then doctor --fix: all its hooks are there, and the guard is first', () => {
    const repository = made();
    bailiwick(repository, 'init', '--no-policy');
    repository.git('lfs', 'install', '--local', '--force');
    expect(bailiwick(repository, 'doctor').stdout).toContain('hook-unguarded');
    expect(bailiwick(repository, 'doctor', '--fix')).toMatchObject({ code: 0 });
    for (const name of LFS_HOOKS)
      expect(repository.read(`.git/hooks/${name}`)).toContain('git lfs');
    expectBoth(repository);
  });
});
