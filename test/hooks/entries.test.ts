import { buildSync, transformSync } from 'esbuild';
import { cpSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import { type Outcome, packageRoot, scratchDirectory } from '../support/repository.ts';

const START: Record<string, string> = {
  'the hook as git starts it': `sh '${packageRoot}/hooks/run' pre-commit`,
  'the file of the hooks': `'${process.execPath}' '${packageRoot}/dist/hook.cjs' pre-commit`,
  'the command line': `'${process.execPath}' '${packageRoot}/dist/cli.js' status`,
  'the action': `'${process.execPath}' '${packageRoot}/action/dist/index.js'`,
};

/** One line that says why, and nothing of our code or of Node's. */
function expectOneLine({ code, stderr, stdout }: Outcome, words: RegExp): void {
  expect({ code, stderr: stderr || stdout }).toEqual({
    code: 2,
    stderr: expect.stringMatching(words),
  });
  expect(stderr).not.toMatch(/^ {4}at |node:internal/m);
  expect(stderr.split('\n').filter((line) => line.startsWith('bailiwick')).length).toBeLessThan(2);
}

describe('47: where an entry cannot even begin', () => {
  it.each(Object.entries(START))('the directory is gone: %s', (_what, command) => {
    const repository = guardedRepository();
    const script = `mkdir gone && cd gone && rmdir ../gone && exec ${command}`;
    expectOneLine(
      repository.run('sh', ['-c', script]),
      /bailiwick.*the directory this runs in is gone/,
    );
  });

  it.each(['hook-main.cjs', 'cli-main.cjs', 'cli-daily.cjs'])('%s is missing', (name) => {
    const repository = guardedRepository();
    const copy = join(repository.home, 'package');
    cpSync(join(packageRoot, 'dist'), join(copy, 'dist'), { recursive: true });
    cpSync(join(packageRoot, 'hooks'), join(copy, 'hooks'), { recursive: true });
    rmSync(join(copy, 'dist', name));
    const hook = name.startsWith('hook');
    const program = hook ? 'sh' : process.execPath;
    const start = hook ? ['hooks/run', 'pre-commit'] : ['dist/cli.js', 'status'];
    const outcome = repository.run(program, [join(copy, start[0]!), start[1]!]);
    expectOneLine(outcome, new RegExp(`cannot decide: .*Cannot find module.*${name}`));
  });

  it.each(['hook.cjs', 'cli.js'])('an old Node can read all of %s, and is told', (name) => {
    const text = readFileSync(join(packageRoot, 'dist', name), 'utf8');
    expect(() => transformSync(text, { target: 'es5' })).not.toThrow();
    const old = "Object.defineProperty(process.versions, 'node', { value: '14.21.3' });";
    const load = `require(${JSON.stringify(join(packageRoot, 'dist', name))})`;
    const outcome = guardedRepository().run(process.execPath, ['-e', `${old}${load}`]);
    expectOneLine(outcome, /it needs Node 20\.19 or newer/);
  });
});

describe('what words a message does not end it', () => {
  it.each(['a link to itself', 'a file', 'a name that is too long'])('%s on PATH', (what) => {
    const repository = guardedRepository();
    const odd = join(repository.home, what === 'a name that is too long' ? 'n'.repeat(300) : 'odd');
    if (what === 'a link to itself') symlinkSync('odd', odd);
    if (what === 'a file') repository.write('../odd');
    repository.git('switch', '-q', '-c', 'feat/a1/work');
    repository.write('services/api/api.py', 'x\n');
    repository.git('add', '-A');
    const environment = { PATH: `${process.env['PATH'] ?? ''}:${odd}` };
    const commit = repository.run('git', ['commit', '-q', '-m', 'x'], { environment });
    expect({ code: commit.code, codes: codesIn(commit) }).toEqual({
      code: 1,
      codes: ['owned-by-other'],
    });
    expect(repository.bailiwick(['status'], { environment }).code).toBe(0);
  });

  it.each(['--nonsense', '--require=/nowhere.cjs', '--require=./evil.cjs'])(
    '2: NODE_OPTIONS=%s is not for the guard',
    (option) => {
      const repository = guardedRepository();
      repository.write('evil.cjs', 'process.exit(0);\n');
      repository.git('switch', '-q', '-c', 'feat/a1/work');
      repository.write('services/api/api.py', 'x\n');
      repository.git('add', 'services');
      const environment = { NODE_OPTIONS: option };
      const commit = repository.run('git', ['commit', '-q', '-m', 'x'], { environment });
      expect({ code: commit.code, codes: codesIn(commit) }).toEqual({
        code: 1,
        codes: ['owned-by-other'],
      });
    },
  );
});

describe('the outermost handler', () => {
  /** A program whose only step is `work`, by the handler that all entries have. */
  function run(work: string, redirect = ''): Outcome {
    const directory = scratchDirectory();
    buildSync({
      stdin: {
        contents: `import { runEntry } from './src/host/run-entry.ts';
          import { Failure } from './src/domain/failure.ts';
          runEntry(${work}); globalThis.Failure = Failure;`,
        resolveDir: packageRoot,
      },
      bundle: true,
      platform: 'node',
      outfile: join(directory, 'entry.cjs'),
      logLevel: 'error',
    });
    const command = `'${process.execPath}' '${directory}/entry.cjs' ${redirect}`;
    return guardedRepository().run('sh', ['-c', command]);
  }

  const steps: Record<string, [work: string, words: RegExp]> = {
    'throws at once': ["() => { throw new Error('at once\\nmore') }", /internal error: at once$/m],
    'throws later': ["async () => { await 0; throw new Error('later') }", /internal error: later/],
    'throws what is not an error': [
      "async () => { throw 'a\\u001b[31mword' }",
      /error: a\?\[31mword/,
    ],
    'throws nothing': ['async () => { throw undefined }', /internal error: undefined/],
    'throws a failure': ["async () => { throw new Failure('io', 'no disk') }", /decide: no disk/],
    'fails beside its promise': [
      "() => new Promise(() => setTimeout(() => { throw new Error('beside') }))",
      /internal error: beside/,
    ],
    'leaves a promise alone': [
      "() => { Promise.reject(new Error('alone')); return new Promise((done) => setTimeout(done, 1000, 0)) }",
      /internal error: alone/,
    ],
  };
  it.each(Object.entries(steps))('a step that %s', (_what, [work, words]) => {
    expectOneLine(run(work), words);
  });

  it('a step that never answers is not a pass', () => {
    expect(run('() => new Promise(() => {})').code).toBe(2);
  });

  it('nobody to tell', () => {
    expect(run("async () => { throw new Error('x') }", '2>&-').code).toBe(2);
    expect(run("async () => { process.stderr.write('x'); return 1 }", '2>&-').code).toBe(1);
  });
});
