import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchDirectory, TestRepository } from '../support/repository.ts';
import { GuardPackage } from './guard-package.ts';

/** Where these programs are, for a PATH that holds nothing else. */
const TOOLS = ['cat', 'dirname', 'git', 'mktemp', 'rm', 'sh', 'bash'];

/** A directory with links to a few programs, as the PATH of a client started from a desktop. */
function pathWithout(node: boolean): string {
  const directory = join(scratchDirectory(), 'bin');
  mkdirSync(directory);
  const tools = node ? [...TOOLS, 'node'] : TOOLS;
  for (const tool of tools) symlinkSync(find(tool), join(directory, tool));
  return directory;
}

function find(tool: string): string {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((place) => join(place, tool));
  return tool === 'node' ? process.execPath : places.find((place) => existsSync(place))!;
}

/** A place to run shims from; only its environment matters. */
const place = (): TestRepository => {
  const home = scratchDirectory();
  return new TestRepository(home, home);
};

const packageIn = (directory: string): GuardPackage => new GuardPackage(join(directory, 'package'));

describe('hooks/run', () => {
  it.each(['sh', 'bash'])(
    'starts the guard with the arguments and input of git under %s',
    (shell) => {
      const here = place();
      const guard = new GuardPackage(join(here.directory, 'a place', 'it"s $HOME'));
      const run = join(guard.directory, 'hooks/run');
      const args = ['pre-push', 'origin', 'a b', '', '*'];
      const outcome = here.run(shell, [run, ...args], { input: 'refs/heads/a x\n' });
      expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(guard.calls).toEqual([{ argv: args, stdin: 'refs/heads/a x\n', cwd: here.directory }]);
    },
  );

  it.each(['pre-push', 'pre-commit'])(
    '%s starts a Node that does not know its options without',
    (hook) => {
      const here = place();
      const guard = packageIn(here.directory);
      const bin = join(here.directory, 'bin');
      mkdirSync(bin);
      const refusing = '#!/bin/sh\ncase $1 in -*) exit 9 ;; esac\nexec "$REAL_NODE" "$@"\n';
      writeFileSync(join(bin, 'node'), refusing, { mode: 0o755 });
      guard.answers(1);
      const outcome = here.run('sh', [join(guard.directory, 'hooks/run'), hook], {
        environment: {
          PATH: `${bin}${delimiter}${process.env['PATH']}`,
          REAL_NODE: process.execPath,
        },
        input: 'refs/heads/a x\n',
      });
      expect(outcome).toEqual({ code: 1, stdout: '', stderr: '' });
      expect(guard.calls.map(({ argv }) => argv)).toEqual([[hook]]);
    },
  );

  it.each([0, 1, 2])('ends with the code of the guard: %i', (code) => {
    const guard = packageIn(place().directory);
    guard.answers(code);
    expect(place().run('sh', [join(guard.directory, 'hooks/run'), 'pre-commit']).code).toBe(code);
  });

  it('finds its package when started by a bare name or through a link', () => {
    const here = place();
    const guard = packageIn(here.directory);
    symlinkSync(guard.directory, join(here.directory, 'link'));
    expect(here.at('package/hooks').run('sh', ['run', 'pre-commit']).code).toBe(0);
    expect(here.run('sh', ['link/hooks/run', 'pre-commit']).code).toBe(0);
    expect(guard.events).toEqual(['pre-commit', 'pre-commit']);
  });

  it.each([
    [[], 'npm install --global bailiwick'],
    [['package.json'], 'npm ci'],
    [['package.json', 'pnpm-lock.yaml'], 'pnpm install'],
    [['package.json', 'yarn.lock'], 'yarn install'],
    [['package.json', 'bun.lock'], 'bun install'],
  ])('cannot decide without the built guard, and says what to run beside %j', (files, command) => {
    const guard = packageIn(place().directory);
    rmSync(join(guard.directory, 'dist'), { recursive: true });
    const here = place();
    for (const file of files) here.write(file, '');
    const outcome = here.run('sh', [join(guard.directory, 'hooks/run'), 'pre-commit']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('dist/hook.cjs is missing');
    expect(outcome.stderr).toContain(`run ${command};`);
  });
});

describe('hooks/run without node on PATH', () => {
  const without = pathWithout(false);
  const bin = (home: string, directory: string): void => {
    mkdirSync(join(home, directory), { recursive: true });
    symlinkSync(process.execPath, join(home, directory, 'node'));
  };
  const script = (home: string, file: string): void => {
    bin(home, 'elsewhere');
    mkdirSync(join(home, file, '..'), { recursive: true });
    writeFileSync(join(home, file), `echo noise; PATH="${home}/elsewhere:$PATH"\n`);
  };

  it.each<[what: string, prepare: (home: string) => void]>([
    ['the start file of husky', (home) => script(home, '.config/husky/init.sh')],
    ['nvm', (home) => script(home, '.nvm/nvm.sh')],
    ['volta', (home) => bin(home, '.volta/bin')],
    ['fnm', (home) => bin(home, '.local/share/fnm/aliases/default/bin')],
    ['asdf', (home) => bin(home, '.asdf/shims')],
    ['mise', (home) => bin(home, '.local/share/mise/shims')],
  ])('finds it by %s', (_what, prepare) => {
    const here = place();
    prepare(here.home);
    const guard = packageIn(here.directory);
    const run = join(guard.directory, 'hooks/run');
    const environment = { PATH: without };
    const outcome = here.run('sh', [run, 'pre-push'], { input: 'line\n', environment });
    expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(guard.calls[0]).toMatchObject({ argv: ['pre-push'], stdin: 'line\n' });
  });

  it.skipIf(existsSync('/usr/local/bin/node') || existsSync('/opt/homebrew/bin/node'))(
    'cannot decide when there is none anywhere, and shows PATH',
    () => {
      const guard = packageIn(place().directory);
      const run = join(guard.directory, 'hooks/run');
      const outcome = place().run('sh', [run, 'pre-commit'], { environment: { PATH: without } });
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toContain(`PATH=${without}`);
      expect(outcome.stderr).toMatch(/husky\/init\.sh/);
    },
  );

  it('asks nobody when node is there', () => {
    const here = place();
    mkdirSync(join(here.home, '.config/husky'), { recursive: true });
    writeFileSync(join(here.home, '.config/husky/init.sh'), 'exit 7\n');
    const guard = packageIn(here.directory);
    chmodSync(join(guard.directory, 'hooks/run'), 0o755);
    const outcome = here.run(join(guard.directory, 'hooks/run'), ['pre-commit'], {
      environment: { PATH: pathWithout(true) },
    });
    expect(outcome.code).toBe(0);
  });
});
