import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';

let repository: TestRepository;

/** A repository that has the package as npm puts it there, ignored, and its hooks from `init`. */
beforeEach(() => {
  repository = guardedRepository();
  for (const hook of ['pre-commit', 'pre-merge-commit', 'pre-push'])
    rmSync(join(repository.directory, '.git/hooks', hook));
  repository.commit('ignore', { '.gitignore': 'node_modules\n' });
  install(join(repository.directory, 'node_modules/bailiwick'));
  const cli = join(repository.directory, 'node_modules/bailiwick/dist/cli.js');
  expect(repository.run(process.execPath, [cli, 'init', '--no-policy']).code).toBe(0);
});

function install(directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const part of ['dist', 'hooks', 'package.json'])
    cpSync(join(packageRoot, part), join(directory, part), { recursive: true });
}

const proof = (): string => join(repository.home, 'ran');

/** A branch `theirs` that tracks files of the package, with a guard that only leaves a mark. */
function branchWith(files: Record<string, string>, link?: [path: string, target: string]): void {
  const bring = repository.at('../theirs');
  repository.git('worktree', 'add', '-q', '../theirs', '-b', 'theirs');
  for (const [path, text] of Object.entries(files)) bring.write(path, text, 0o755);
  if (link) {
    mkdirSync(join(bring.directory, link[0], '..'), { recursive: true });
    symlinkSync(link[1], join(bring.directory, link[0]));
  }
  bring.git('add', '-f', '-A');
  bring.git('-c', 'core.hooksPath=/dev/null', 'commit', '-q', '-m', 'a typo');
  repository.git('worktree', 'remove', '-f', '../theirs');
}

/** What a hook of theirs would be: it leaves a mark and lets everything pass. */
const evil = (): string => `: >'${proof()}'; exit 0\n`;

/** Somebody has checked it out, and commits. */
function review(): { code: number; ran: boolean; stderr: string } {
  repository.write('README.md', 'a note\n');
  const { code, stderr } = repository.tryGit('commit', '-q', '-am', 'note');
  return { code, stderr, ran: existsSync(proof()) };
}

const REFUSED = { code: 1, ran: false, stderr: expect.stringContaining('tracks the guard itself') };

describe('49: a branch that brings its own guard', () => {
  it('the package as it was installed is run', () => {
    expect(review()).toMatchObject({ code: 0, ran: false });
  });

  it('its own package in the place of the installed one', () => {
    branchWith({
      'node_modules/bailiwick/dist/hook.cjs': '//\n',
      'node_modules/bailiwick/hooks/run': evil(),
    });
    repository.git('checkout', '-q', 'theirs');
    expect(review()).toEqual(REFUSED);
  });

  it('one file of the installed package', () => {
    branchWith({ 'node_modules/bailiwick/hooks/lane': `proven() {\n${evil()}}\n` });
    repository.git('checkout', '-q', 'theirs');
    expect(review()).toEqual(REFUSED);
  });

  it('a link to what the branch brings elsewhere', () => {
    const files = { 'evil/bailiwick/dist/hook.cjs': '//\n', 'evil/bailiwick/hooks/run': evil() };
    branchWith(files, ['node_modules', 'evil']);
    rmSync(join(repository.directory, 'node_modules'), { recursive: true });
    repository.git('checkout', '-q', 'theirs');
    expect(review()).toEqual(REFUSED);
  });

  it('the store that a link of the package manager leads to', () => {
    const store = 'node_modules/.pnpm/bailiwick@1/node_modules/bailiwick';
    install(join(repository.directory, store));
    rmSync(join(repository.directory, 'node_modules/bailiwick'), { recursive: true });
    symlinkSync(
      store.replace('node_modules/', ''),
      join(repository.directory, 'node_modules/bailiwick'),
    );
    expect(review()).toMatchObject({ code: 0 });
    branchWith({ [`${store}/hooks/run`]: evil() });
    repository.git('checkout', '-q', 'theirs');
    expect(review()).toEqual(REFUSED);
  });

  it('in other letters, by a link out of the repository, and by a submodule', () => {
    branchWith({ 'Node_Modules/bailiwick/hooks/run': evil() });
    repository.git('checkout', '-q', 'theirs');
    expect(review()).toEqual(REFUSED);
    const brought = repository.at('../brought');
    repository.git('init', '-q', '../brought');
    for (const [path, text] of [['dist/hook.cjs', '//\n'] as const, ['hooks/run', evil()] as const])
      brought.write(`bailiwick/${path}`, text, 0o755);
    brought.commit('theirs');
    const modules = join(repository.directory, 'node_modules');
    for (const bring of [
      () => symlinkSync(brought.directory, modules),
      () => repository.git('clone', '-q', '../brought', 'node_modules'),
    ]) {
      repository.git('restore', '-q', '--staged', '--worktree', ':/');
      rmSync(modules, { recursive: true, force: true });
      bring();
      repository.git('-c', 'advice.addEmbeddedRepo=false', 'add', '-f', 'node_modules');
      expect(review()).toEqual(REFUSED);
    }
  });

  it('a node of its own, at a place where PATH may lead into the work tree', () => {
    branchWith({ node: evil(), 'node_modules/.bin/node': evil() });
    repository.git('checkout', '-q', 'theirs');
    repository.write('README.md', 'a note\n');
    const { directory, environment } = repository;
    for (const entry of [
      '',
      '.',
      'node_modules/.bin',
      directory,
      `${directory}/node_modules/.bin`,
    ]) {
      const PATH = `${entry}:${environment['PATH']}`;
      const more = { environment: { PATH, BAILIWICK_AGENT: 'a1' } };
      const { stderr } = repository.run('git', ['commit', '-q', '-am', 'note'], more);
      expect({ said: stderr.includes('owned-by-other'), ran: existsSync(proof()) }).toEqual({
        said: true,
        ran: false,
      });
    }
  });

  it('in the main checkout, whose package a linked worktree runs', () => {
    branchWith({ 'node_modules/bailiwick/hooks/run': evil() });
    repository.git('worktree', 'add', '-q', '../linked', '-b', 'own');
    const linked = repository.at('../linked');
    linked.write('README.md', 'x\n');
    expect(linked.tryGit('commit', '-q', '-am', 'before').code).toBe(0);
    repository.git('checkout', '-q', 'theirs');
    linked.write('README.md', 'y\n');
    const { code, stderr } = linked.tryGit('commit', '-q', '-am', 'after');
    expect({ code, stderr, ran: existsSync(proof()) }).toEqual(REFUSED);
  });

  it('a push is not judged by it either', () => {
    repository.git('init', '-q', '--bare', '../origin.git');
    repository.git('remote', 'add', 'origin', '../origin.git');
    branchWith({ 'node_modules/bailiwick/hooks/run': evil() });
    repository.git('checkout', '-q', 'theirs');
    const { code, stderr } = repository.tryGit('push', '-q', 'origin', 'theirs');
    expect({ code, stderr, ran: existsSync(proof()) }).toEqual(REFUSED);
  });

  it('an agent may not commit one, and a person is told', () => {
    branchWith({ 'node_modules/bailiwick/hooks/run': evil() });
    const judge = (...more: string[]): string[] => {
      const args = ['check', '--branch', 'theirs', '--json', ...more];
      const report = JSON.parse(repository.bailiwick(args).stdout) as {
        findings: { code: string; severity: string; path: string }[];
      };
      return report.findings.map(({ code, severity, path }) => `${severity} ${code} ${path}`);
    };
    const path = 'node_modules/bailiwick/hooks/run';
    expect(judge()).toEqual([`warning frozen ${path}`]);
    expect(judge('--agent', 'a1')).toEqual([`error frozen ${path}`]);
  });
});
