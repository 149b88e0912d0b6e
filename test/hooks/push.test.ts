import { beforeEach, describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import { type Outcome, TestRepository } from '../support/repository.ts';

let repository: TestRepository;

/** A clone with `origin`, on a branch of a1; commits are made without hooks, so that the push must see. */
beforeEach(() => {
  repository = guardedRepository();
  repository.git('init', '-q', '--bare', '../origin.git');
  repository.git('remote', 'add', 'origin', '../origin.git');
  repository.git('push', '-q', '--no-verify', 'origin', 'main');
  repository.git('switch', '-q', '-c', 'feat/a1/work');
});

const push = (...args: string[]): Outcome => repository.tryGit('push', '-q', 'origin', ...args);

function passed(outcome: Outcome): void {
  expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 0, stderr: '' });
}

function blocked(outcome: Outcome, ...codes: string[]): void {
  expect({ code: outcome.code, codes: codesIn(outcome) }).toEqual({ code: 1, codes });
}

/** Lands on the remote's main what someone else did. */
function advanceMain(files: Record<string, string>): void {
  repository.git('worktree', 'add', '-q', '--detach', '../lander', 'origin/main');
  const lander = repository.at('../lander');
  lander.commit('landed by others', files);
  lander.git('push', '-q', '--no-verify', 'origin', 'HEAD:main');
  repository.git('worktree', 'remove', '--force', '../lander');
}

describe('a push of an agent', () => {
  it('passes with a new branch in its own part', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    passed(push('HEAD'));
  });

  it('1: is blocked by what no commit hook saw, and undone by the remedy', () => {
    repository.commit('foreign', { 'services/api/api.py': 'x\n', 'services/api/new.py': 'x\n' });
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    const outcome = push('HEAD');
    blocked(outcome, 'owned-by-other');
    const remedy =
      /^\s*(\S.* request open .* && git restore --source=.*)$/m.exec(outcome.stderr)?.[1] ?? '';
    expect(repository.run('sh', ['-c', remedy]).code).toBe(0);
    passed(push('HEAD'));
    const asked = repository.git('for-each-ref', 'refs/bailiwick/requests', '--format=%(refname)');
    expect(repository.git('show', '--format=', '--name-only', `${asked}^1`).split('\n')).toEqual([
      'services/api/api.py',
      'services/api/new.py',
    ]);
  });

  it('5: a violation made while a rebase stopped is caught', () => {
    repository.commit('mine', { 'services/core/core.py': 'branch\n' });
    advanceMain({ 'services/core/core.py': 'main\n' });
    repository.git('fetch', '-q', 'origin');
    expect(repository.tryGit('rebase', '-q', 'origin/main').code).toBe(1);
    repository.write('services/core/core.py', 'both\n');
    repository.write('services/api/api.py', 'slipped in\n');
    repository.git('add', '-A');
    expect(repository.tryGit('rebase', '--continue').code).toBe(0);
    blocked(push('HEAD'), 'owned-by-other');
  });

  it('5: so is an amended foreign commit', () => {
    repository.commit('foreign', { 'services/api/api.py': 'x\n' });
    repository.write('services/core/core.py', 'x\n');
    repository.git('add', '-A');
    repository.git('commit', '-q', '--amend', '--no-edit');
    blocked(push('HEAD'), 'owned-by-other');
  });

  it('what was squashed, picked or merged from main passes', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    advanceMain({ 'services/api/api.py': 'theirs\n', 'web/app.ts': 'theirs\n' });
    repository.git('fetch', '-q', 'origin');
    repository.git('branch', 'feat/a1/squash');
    repository.git('branch', 'feat/a1/pick');
    repository.git('merge', '-q', '--no-edit', 'origin/main');
    passed(push('HEAD'));
    repository.git('switch', '-q', 'feat/a1/squash');
    repository.git('merge', '-q', '--squash', 'origin/main');
    repository.git('commit', '-q', '--no-verify', '-m', 'squash');
    passed(push('HEAD'));
    repository.git('switch', '-q', 'feat/a1/pick');
    repository.git('cherry-pick', 'origin/main');
    passed(push('HEAD'));
  });

  it('after a rebase and a forced push only own files count', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    passed(push('HEAD'));
    advanceMain({ 'services/api/api.py': 'theirs\n' });
    repository.git('fetch', '-q', 'origin');
    repository.git('rebase', '-q', 'origin/main');
    passed(push('--force-with-lease', 'HEAD'));
  });

  it('19: a change of main dropped by a merge with -s ours is caught', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    advanceMain({ 'services/api/api.py': 'theirs\n' });
    repository.git('fetch', '-q', 'origin');
    repository.git('merge', '-q', '--no-verify', '--no-edit', '-s', 'ours', 'origin/main');
    blocked(push('HEAD'), 'owned-by-other');
  });

  it('9: a rename out of a foreign part names the path that was left', () => {
    repository.git('mv', 'services/api/api.py', 'services/core/api.py');
    repository.git('commit', '-q', '--no-verify', '-m', 'move');
    const outcome = push('HEAD');
    blocked(outcome, 'owned-by-other');
    expect(outcome.stderr).toContain('services/api/api.py');
  });

  it('20: touched and put back is no finding', () => {
    repository.commit('there', { 'services/api/api.py': 'x\n' });
    repository.commit('and back', { 'services/api/api.py': 'api\n' });
    passed(push('HEAD'));
  });

  it('22: a remote-tracking ref that was made up hides nothing', () => {
    repository.commit('foreign', { 'services/api/api.py': 'x\n' });
    repository.git('update-ref', 'refs/remotes/origin/fake', 'HEAD');
    // Nor does one of the base's name, of a remote that nobody has set up.
    repository.git('update-ref', 'refs/remotes/upstream/main', 'HEAD');
    blocked(push('HEAD'), 'owned-by-other');
  });

  it('7: plumbing that runs no hook is caught', () => {
    repository.write('services/api/api.py', 'x\n');
    repository.git('add', '-A');
    const oid = repository.git(
      'commit-tree',
      repository.git('write-tree'),
      '-p',
      'HEAD',
      '-m',
      'x',
    );
    repository.git('update-ref', 'refs/heads/feat/a1/work', oid);
    blocked(push('HEAD'), 'owned-by-other');
  });
});

describe('which refs are judged', () => {
  it('28: notes and replacements are not for agents', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    for (const ref of ['refs/notes/x', 'refs/replace/x'])
      expect(codesIn(push(`HEAD:${ref}`))).toEqual(['foreign-ref-push']);
  });

  it('28: a deletion, and a push with nothing to do', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    passed(push('HEAD'));
    passed(push('HEAD'));
    passed(push('--delete', 'feat/a1/work'));
  });

  it('28: tags, of commits and of other things', () => {
    repository.git('tag', 'light');
    repository.git('tag', '-a', '-m', 'annotated', 'annotated');
    repository.git('tag', 'tree', 'HEAD^{tree}');
    passed(push('light', 'annotated', 'tree'));
  });

  it('48: several refs, and the worst decides', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    repository.git('branch', 'feat/a1/bad');
    repository.git('switch', '-q', 'feat/a1/bad');
    repository.commit('foreign', { 'services/api/api.py': 'x\n' });
    blocked(push('feat/a1/work', 'feat/a1/bad'), 'owned-by-other');
    blocked(push('feat/a1/bad', 'feat/a1/work'), 'owned-by-other');
  });

  it('48: HEAD, HEAD~1 and oids are told by the ref they go to', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    repository.commit('foreign', { 'services/api/api.py': 'x\n' });
    passed(push('HEAD~1:refs/heads/feat/a1/one'));
    blocked(push('HEAD:refs/heads/feat/a1/two'), 'owned-by-other');
    blocked(
      push(`${repository.git('rev-parse', 'HEAD')}:refs/heads/feat/a1/three`),
      'owned-by-other',
    );
  });

  it('a remote tip that is not here does not matter', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    passed(push('HEAD'));
    const other = new TestRepository(`${repository.directory}/../other`, repository.home);
    repository.git('clone', '-q', '../origin.git', '../other');
    other.git('switch', '-q', 'feat/a1/work');
    other.commit('elsewhere', { 'services/core/deep/er.py': 'x\n' });
    other.git('push', '-q', 'origin', 'HEAD');
    repository.commit('more', { 'services/core/core.py': 'y\n' });
    passed(push('--force', 'HEAD'));
  });

  it('48: a remote that is only an address', () => {
    repository.commit('foreign', { 'services/api/api.py': 'x\n' });
    blocked(repository.tryGit('push', '-q', '../origin.git', 'HEAD'), 'owned-by-other');
  });

  it('28: the base and the branches of others are not an agent’s to push to', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    blocked(push('HEAD:main'), 'base-branch-push');
    blocked(push('HEAD:feat/a2/work'), 'foreign-branch-push');
  });

  it('28: an agent deletes neither the base, nor the branch of another, nor what is nobody’s', () => {
    repository.git('push', '-q', '--no-verify', 'origin', 'main:feat/a2/work', 'main:release/1.x');
    repository.git('--git-dir=../origin.git', 'symbolic-ref', 'HEAD', 'refs/heads/other');
    repository.git('tag', 'v1');
    repository.git('push', '-q', '--no-verify', 'origin', 'v1');
    blocked(push('--delete', 'feat/a2/work'), 'foreign-branch-push');
    blocked(push(':main'), 'base-branch-push');
    blocked(push('--delete', 'release/1.x'), 'foreign-ref-push');
    blocked(push('--delete', 'v1'), 'foreign-ref-push');
    blocked(push('--prune', 'refs/heads/feat/*:refs/heads/feat/*'), 'foreign-branch-push');
    expect(repository.git('ls-remote', 'origin').split('\n')).toHaveLength(4);
    repository.git('switch', '-q', 'main');
    passed(push('--delete', 'feat/a2/work', 'release/1.x', 'v1', 'main'));
  });

  it('28: an agent forces its own branch, and not one of nobody', () => {
    repository.git('push', '-q', '--no-verify', 'origin', 'main:topic');
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    passed(push('HEAD', 'HEAD:topic'));
    repository.git('commit', '-q', '--amend', '--no-verify', '-m', 'again');
    passed(push('--force', 'HEAD'));
    blocked(push('--force', 'HEAD:topic'), 'foreign-ref-push');
    repository.git('tag', 'v1');
    passed(push('v1'));
    repository.git('tag', '-f', 'v1', 'main');
    blocked(push('--force', 'v1'), 'foreign-ref-push');
  });

  it('28: states are written by commands alone, also in a mirror', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    blocked(push('HEAD:refs/bailiwick/locks/common'), 'state-ref-push');
    repository.git('branch', 'feat/a2/theirs', 'main');
    repository.git('init', '-q', '--bare', '../mirror.git');
    const mirror = ['push', '-q', '--mirror', '../mirror.git'];
    blocked(repository.tryGit(...mirror), 'base-branch-push', 'foreign-branch-push');
    repository.git('switch', '-q', 'main');
    repository.git('update-ref', 'refs/bailiwick/x', 'main');
    passed(repository.tryGit(...mirror));
  });

  it('28: whoever cannot be told deletes nothing', () => {
    repository.git('push', '-q', '--no-verify', 'origin', 'main:feat/a1/gone');
    const environment = { AGENT_ID: 'a2' };
    const args = ['push', '-q', 'origin', ':feat/a1/gone'];
    blocked(repository.run('git', args, { environment }), 'identity-mismatch');
  });

  it('25: a person pushes what has nothing in common with the base', () => {
    const pages = repository.git('commit-tree', '-m', 'pages', 'HEAD^{tree}');
    repository.git('switch', '-q', 'main');
    repository.git('notes', 'add', '-m', 'note');
    passed(push(`${pages}:refs/heads/gh-pages`, 'refs/notes/commits'));
    repository.git('switch', '-q', 'feat/a1/work');
    expect(push(`${pages}:refs/heads/pages`).stderr).toContain('no common ancestor');
  });

  it('people may push to the base', () => {
    repository.git('switch', '-q', 'main');
    repository.commit('by hand', { 'services/api/api.py': 'x\n', 'services/core/core.py': 'x\n' });
    passed(push('main'));
  });

  it('a branch is judged as its agent’s, whoever pushes it', () => {
    repository.commit('foreign', { 'services/api/api.py': 'x\n' });
    repository.git('switch', '-q', 'main');
    blocked(push('feat/a1/work'), 'owned-by-other');
  });
});

describe('what cannot be decided is refused', () => {
  it('23: in a shallow clone that does not reach the common ancestor', () => {
    repository.commit('mine', { 'services/core/core.py': 'x\n' });
    passed(push('HEAD'));
    advanceMain({ 'web/app.ts': '1\n' });
    advanceMain({ 'web/app.ts': '2\n' });
    const directory = `${repository.directory}/../shallow`;
    repository.git(
      'clone',
      '-q',
      '--depth=1',
      '--no-single-branch',
      `file://${repository.directory}/../origin.git`,
      '../shallow',
    );
    const shallow = new TestRepository(directory, repository.home);
    const outcome = shallow.bailiwick(['check', '--branch', 'origin/feat/a1/work']);
    expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('shallow');
    expect(outcome.stderr).toContain('git fetch --unshallow');
  });

  it('25: when histories have nothing in common', () => {
    repository.git('switch', '-q', '--orphan', 'feat/a1/orphan');
    repository.commit('root', { 'services/core/core.py': 'x\n' });
    const outcome = push('HEAD');
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('no common ancestor');
    expect(outcome.stderr).toContain('cannot decide');
  });

  it('with several merge bases all of them count', () => {
    // A criss-cross: main and the branch each merged the other's first commit.
    repository.commit('branch 1', { 'services/core/core.py': 'b1\n' });
    repository.git('branch', 'side', 'main');
    repository.git('switch', '-q', 'side');
    repository.commit('main 1', { 'services/api/api.py': 'm1\n' });
    const [branchTip, mainTip] = [
      repository.git('rev-parse', 'feat/a1/work'),
      repository.git('rev-parse', 'side'),
    ];
    repository.git('merge', '-q', '--no-verify', '--no-edit', branchTip);
    repository.git('push', '-q', '--no-verify', 'origin', 'side:main');
    repository.git('switch', '-q', 'feat/a1/work');
    repository.git('merge', '-q', '--no-verify', '--no-edit', mainTip);
    repository.commit('branch 2', { 'services/core/deep/er.py': 'b2\n' });
    expect(repository.git('merge-base', '--all', 'HEAD', 'origin/main').split('\n')).toHaveLength(
      2,
    );
    passed(push('HEAD'));
    repository.commit('branch 3', { 'services/api/api.py': 'mine\n' });
    blocked(push('HEAD'), 'owned-by-other');
  });
});
