import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import type { Outcome, TestRepository } from '../support/repository.ts';

let repository: TestRepository;
const API = 'services/api/api.py';
const BOTH = 'services/api/both.py';
const CORE = 'services/core/core.py';
const numbers = (changed: Record<number, string>): string =>
  Array.from({ length: 8 }, (_, at) => `${changed[at + 1] ?? at + 1}\n`).join('');

beforeEach(() => {
  repository = guardedRepository();
  repository.git('init', '-q', '--bare', '../origin.git');
  repository.git('remote', 'add', 'origin', '../origin.git');
  repository.git('push', '-q', '--no-verify', 'origin', 'main');
  repository.git('switch', '-q', '-c', 'feat/a1/work');
});

/** Lands on the remote's main what someone else did, and fetches it. */
function land(work: (lander: TestRepository) => void): void {
  repository.git('worktree', 'add', '-q', '--detach', '../lander', 'origin/main');
  const lander = repository.at('../lander');
  work(lander);
  lander.commit('landed by others');
  lander.git('push', '-q', '--no-verify', 'origin', 'HEAD:main');
  repository.git('worktree', 'remove', '--force', '../lander');
}

const push = (branch = 'HEAD', where = repository): Outcome =>
  where.tryGit('push', '-q', 'origin', branch);

/** The command below the aim, as a reader copies it. */
function remedyIn({ code, stderr }: Outcome): string {
  const command = /^To [^\n]*(?:\n[^\n]+)??:\n {2}((?:git|node) .*)\n/m.exec(stderr)?.[1];
  if (code !== 1 || command === undefined) throw new Error(`no remedy (${code}) in:\n${stderr}`);
  return command;
}

/** Runs it verbatim, where an editor would be a failure; then the same push has to pass. */
function follow(outcome: Outcome, again = push, where = repository): string {
  const command = remedyIn(outcome);
  const environment = { GIT_EDITOR: 'false', EDITOR: 'false', VISUAL: 'false' };
  const done = where.run('sh', ['-c', command], { environment });
  expect({ command, code: done.code, stderr: done.stderr }).toEqual({
    command,
    code: 0,
    stderr: '',
  });
  const after = again();
  expect({ code: after.code, stderr: after.stderr }).toEqual({ code: 0, stderr: '' });
  return command;
}

/** What landing the branch would change now, by git itself. */
function landing(branch = 'feat/a1/work'): string[] {
  const tree = repository.git('merge-tree', '--write-tree', 'origin/main', branch).split('\n')[0]!;
  const args = ['diff', '--no-renames', '--name-only', 'origin/main', tree];
  return repository
    .git(...args)
    .split('\n')
    .filter(Boolean);
}

describe('a remedy names the base so that git takes no other ref for it', () => {
  it.each(['branch', 'tag'])('where a %s is called as the remote one is', (kind) => {
    repository.commit('of another', { [API]: 'of another\n' });
    repository.git(kind, 'origin/main', 'HEAD');
    const command = follow(push());
    expect(command).toContain('refs/remotes/origin/main');
    expect(repository.git('show', `HEAD:${API}`)).toBe('api');
    repository.git('pack-refs', '--all');
    repository.commit('again', { [API]: 'again\n' });
    follow(push());
  });

  it('and shortly, where there is none', () => {
    repository.commit('of another', { [API]: 'of another\n' });
    expect(follow(push())).toMatch(/(?<!remotes\/)origin\/main/);
  });
});

describe('the next step that status says, run as it stands', () => {
  interface Status {
    readonly data: {
      readonly rows: readonly {
        readonly branch: string;
        readonly next: { readonly why: string; readonly hint: { readonly command: string } } | null;
      }[];
    };
  }
  /** Reasons and commands of the branch, each followed, until nothing is left but to land. */
  function followAll(branch: string): string[] {
    const reasons: string[] = [];
    for (let steps = 0; steps < 6; steps += 1) {
      const { stdout } = repository.bailiwick(['status', '--json']);
      const next = (JSON.parse(stdout) as Status).data.rows.find(
        (row) => row.branch === branch,
      )?.next;
      if (!next || reasons.at(-1) === 'land') return reasons;
      reasons.push(next.why);
      const done = repository.run('sh', ['-c', next.hint.command.replace('bailiwick', ':')]);
      expect({ command: next.hint.command, code: done.code, said: done.stderr }).toMatchObject({
        command: next.hint.command,
        code: 0,
      });
    }
    return reasons;
  }

  it('never is a push that is refused', () => {
    repository.commit('slip', { [API]: 'slip\n', [CORE]: 'mine\n' });
    repository.git('switch', '-q', '-c', 'feat/a2/api', 'main');
    repository.commit('theirs', { [API]: 'theirs\n' });
    repository.git('switch', '-q', 'feat/a1/work');
    expect(followAll('feat/a1/work')).toEqual(['refused', 'push', 'land']);
    expect(landing()).toEqual([CORE]);
    repository.git('switch', '-q', '-c', 'feat/a1/merged', 'main');
    repository.git('merge', '-q', '--no-verify', '--no-ff', '--no-edit', 'feat/a2/api');
    repository.commit('mine', { 'services/core/deep/er.py': 'mine\n' });
    expect(followAll('feat/a1/merged')).toEqual(['refused', 'push', 'land']);
    expect(landing('feat/a1/merged')).toEqual(['services/core/deep/er.py']);
  });
});

describe('the remedy of a branch, run as it stands', () => {
  it('leaves a file to the base that goes on changing it', () => {
    repository.commit('both', { [BOTH]: numbers({ 1: 'mine' }), [CORE]: 'mine\n' });
    land((lander) => lander.write(BOTH, numbers({ 8: 'theirs' })));
    expect(follow(push())).toContain(`--source=${repository.git('merge-base', 'HEAD', 'main')}`);
    expect(landing()).toEqual([CORE]);
    land((lander) => lander.write(BOTH, numbers({ 1: 'again', 8: 'theirs' })));
    expect(landing()).toEqual([CORE]);
  });

  it('finds the file that the base has moved, and the one it has deleted', () => {
    repository.commit('mine', {
      [BOTH]: numbers({ 1: 'mine' }),
      [API]: 'mine\n',
      [CORE]: 'mine\n',
    });
    land((lander) => {
      lander.git('mv', BOTH, 'services/api/moved.py');
      lander.git('rm', '-q', API);
    });
    const outcome = push();
    expect(outcome.stderr).toContain('services/api/moved.py');
    follow(outcome);
    expect(landing()).toEqual([CORE]);
  });

  it('settles with the base where nothing can be put back', () => {
    repository.write('services/core/new/file.py');
    repository.git('add', '-A');
    repository.git('commit', '-q', '--no-verify', '-m', 'a new file beside');
    land((lander) => {
      lander.write('services/core/new/old.py');
      lander.git('add', '-A');
      lander.git('commit', '-q', '--no-verify', '-m', 'made');
    });
    repository.git('merge', '-q', '--no-edit', 'origin/main');
    repository.commit('another', { 'services/core/new/late.py': 'late\n' });
    land((lander) => lander.git('mv', 'services/core/new', 'services/api/new'));
    const command = remedyIn(push());
    expect(command).toBe('git merge origin/main');
    repository.run('sh', ['-c', command], { environment: { GIT_EDITOR: 'false' } });
    expect(existsSync(join(repository.directory, '.git/MERGE_HEAD'))).toBe(true);
    expect(repository.git('ls-files')).toContain('late.py');
  });

  it('keeps what is not committed, and commits nothing that is staged besides', () => {
    repository.commit('foreign', { [API]: 'slip\n', [BOTH]: '' });
    repository.git('rm', '-q', 'services/api/both.py');
    repository.git('commit', '-q', '--no-verify', '-m', 'gone');
    repository.write(API, 'slip\nand not committed\n');
    repository.write(BOTH, 'in the way\n');
    repository.write(CORE, 'staged\n');
    repository.git('add', CORE);
    follow(push());
    expect(landing()).toEqual([]);
    expect(repository.git('diff', '--cached', '--name-only')).toBe(CORE);
    expect(repository.read(API)).toBe('api\n');
    repository.git('checkout', '-q', '--detach');
    repository.git('reset', '-q', '--hard', 'HEAD~1');
    const stashed = (path: string): string =>
      ['stash@{0}', 'stash@{0}^3']
        .map((at) => repository.tryGit('show', `${at}:${path}`).stdout)
        .join('');
    expect(stashed(API)).toContain('and not committed');
    expect(stashed(BOTH)).toContain('in the way');
  });

  it.each([
    ['out of a foreign part', API, 'services/core/moved.py'],
    ['into a foreign part', CORE, 'services/api/moved.py'],
  ])('leaves no half of a file moved %s', (_, from, to) => {
    repository.commit('mine', { 'services/core/deep/er.py': 'mine\n' });
    repository.git('mv', from, to);
    repository.git('commit', '-q', '--no-verify', '-m', 'moved');
    follow(push());
    expect(landing()).toEqual(['services/core/deep/er.py']);
    expect(existsSync(join(repository.directory, from))).toBe(true);
  });

  it('takes a whole directory of odd names, and no more', () => {
    const odd = [':(top)x', '*.py', ' space', '-dash', "quo'te", '[a]', 'b\\s', 'ü', 'last'];
    repository.commit('many', {
      [CORE]: 'mine\n',
      ...Object.fromEntries(odd.map((name) => [`web/odd/${name}.ts`, 'x\n'])),
    });
    expect(follow(push())).toContain(':/web');
    expect(landing()).toEqual([CORE]);
    repository.commit(
      'few',
      Object.fromEntries(odd.slice(0, 8).map((name) => [`web/${name}.ts`, 'x\n'])),
    );
    follow(push());
    expect(landing()).toEqual([CORE]);
  });

  it('acts on the branch that was judged, wherever it is', () => {
    repository.commit('foreign', { [API]: 'slip\n', [CORE]: 'mine\n' });
    repository.git('switch', '-q', 'main');
    repository.write('README.md', 'staged here\n');
    repository.git('add', 'README.md');
    repository.git('worktree', 'add', '-q', '../a b', 'feat/a1/work');
    const outcome = push('feat/a1/work');
    expect(follow(outcome, () => push('feat/a1/work'))).toContain("-C '../a b' restore");
    expect(landing()).toEqual([CORE]);
    expect(repository.git('diff', '--cached', '--name-only')).toBe('README.md');
    repository.git('worktree', 'remove', '../a b');
    repository.git('switch', '-q', 'feat/a1/work');
    repository.write(API, 'slip\n');
    repository.git('commit', '-q', '--no-verify', '-m', 'again', API);
    repository.git('switch', '-q', 'main');
    const command = follow(push('feat/a1/work'), () => push('feat/a1/work'));
    expect(command).toContain('git switch -q feat/a1/work && ');
    expect(landing()).toEqual([CORE]);
    expect(repository.git('diff', '--cached', '--name-only')).toBe('README.md');
  });

  it('of check says the same of a branch and a range, and leaves the branch of another alone', () => {
    repository.commit('foreign', { [API]: 'slip\n', [CORE]: 'mine\n' });
    const check = (...args: string[]): Outcome => {
      const { code, stdout } = repository.bailiwick(['check', ...args]);
      return { code, stdout, stderr: stdout };
    };
    const [branch, range] = [check('--branch', 'HEAD'), check('--range', 'main..feat/a1/work')];
    expect(remedyIn(range)).toBe(remedyIn(branch).replace('origin/main', 'main'));
    follow(range, () => push());
    repository.git('branch', 'feat/a2/theirs', 'HEAD~1');
    const theirs = check('--branch', 'feat/a2/theirs');
    expect({ code: theirs.code, words: theirs.stdout }).toEqual({
      code: 1,
      words: expect.stringContaining('ask a2') as string,
    });
    expect(theirs.stdout).not.toContain('git restore');
  });

  it('keeps what landed elsewhere, and what a criss-cross brought', () => {
    repository.git('init', '-q', '--bare', '../upstream.git');
    repository.git('remote', 'add', 'upstream', '../upstream.git');
    repository.git('switch', '-q', '-c', 'theirs', 'main');
    repository.commit('landed upstream', { [API]: 'landed\n', [BOTH]: numbers({ 8: 'landed' }) });
    repository.git('push', '-q', '--no-verify', 'upstream', 'theirs:main');
    repository.git('fetch', '-q', 'upstream');
    repository.git('switch', '-q', 'feat/a1/work');
    repository.git('merge', '-q', '--no-edit', 'upstream/main');
    repository.commit('slip', { [BOTH]: numbers({ 1: 'slip', 8: 'landed' }), [CORE]: 'mine\n' });
    follow(push());
    expect(repository.read(BOTH)).toBe(numbers({ 8: 'landed' }));
    expect(repository.read(API)).toBe('landed\n');
  });
});
