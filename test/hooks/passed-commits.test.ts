import { beforeAll, describe, expect, it } from 'vitest';
import { guardedRepository } from '../support/guarded.ts';
import type { TestRepository } from '../support/repository.ts';

let repository: TestRepository;

/** PassedCommits are kept from the first pass of a hook on; whatever is older is not held against anybody. */
let later = Date.now() / 1000 + 3600;

/** Runs git at a time after the first commit was written down. */
function git(...args: string[]): string {
  const date = `${Math.floor((later += 60))} +0000`;
  const environment = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const outcome = repository.run('git', args, { environment });
  if (outcome.code !== 0) throw new Error(`git ${args.join(' ')}: ${outcome.stderr}`);
  return outcome.stdout.trim();
}

function change(text: string): void {
  repository.write('services/core/core.py', `${text}\n`);
}

const checked = (branch: string): string =>
  repository.bailiwick(['check', '--branch', branch]).stdout;

beforeAll(() => {
  repository = guardedRepository();
  repository.git('switch', '-q', '-c', 'feat/a1/work');
  change('older');
  // Before the first one is written down: nobody can tell.
  repository.git('commit', '-q', '-a', '--no-verify', '-m', 'older');
  for (const text of ['full check', 'short way']) {
    change(text);
    git('commit', '-q', '-a', '-m', text);
  }
});

describe('passed-commits', () => {
  it('raise nothing for commits that a hook has passed, whichever way it took', () => {
    expect(checked('feat/a1/work')).not.toContain('hook-bypassed');
    expect(repository.read('.git/bailiwick/passed-commits').trim().split('\n')).toHaveLength(3);
  });

  it('raise nothing for what git makes of passed commits', () => {
    git('commit', '-q', '--amend', '-m', 'amended');
    git('switch', '-q', 'main');
    repository.write('elsewhere/x', 'on main\n');
    git('commit', '-q', '-a', '--no-verify', '-m', 'on main');
    git('switch', '-q', 'feat/a1/work');
    git('rebase', '-q', 'main');
    git('revert', '--no-edit', 'HEAD');
    const reverted = git('rev-parse', 'HEAD');
    git('reset', '-q', '--hard', 'HEAD~1');
    git('cherry-pick', reverted);
    git('rebase', '-q', '--autosquash', 'main');
    git('switch', '-q', '-c', 'feat/a1/side', 'main');
    repository.write('services/core/side.py');
    git('add', '.');
    git('commit', '-q', '-m', 'side');
    git('merge', '-q', '--no-edit', 'feat/a1/work');
    expect(checked('feat/a1/work')).not.toContain('hook-bypassed');
    expect(checked('feat/a1/side')).not.toContain('hook-bypassed');
  });

  it('1: name a commit that went around the hook, in the check, the push and status', () => {
    git('switch', '-q', '-c', 'feat/a1/around', 'main');
    change('around');
    git('commit', '-q', '-a', '--no-verify', '-m', 'around');
    const around = git('rev-parse', '--short=10', 'HEAD');
    const said = `1 commit of feat/a1/around passed no commit hook: ${around}`;
    const flat = (text: string): string => text.replace(/\s+/g, ' ');
    expect(flat(checked('feat/a1/around'))).toContain(said);
    expect(flat(repository.bailiwick(['status', '--json']).stdout)).toContain(said);
    repository.run('git', ['init', '-q', '--bare', '../server.git']);
    const pushed = repository.tryGit('push', '-q', '../server.git', 'feat/a1/around');
    expect(pushed.code).toBe(0);
    expect(flat(pushed.stderr)).toContain(said);
    // Written anew through the hook, it is not one any more.
    git('reset', '-q', '--soft', 'main');
    git('commit', '-q', '-m', 'seen');
    expect(checked('feat/a1/around')).not.toContain('hook-bypassed');
  });

  it('7: name a commit that was set by hand', () => {
    git('switch', '-q', '-c', 'feat/a1/plumbed', 'main');
    change('plumbed');
    git('add', '.');
    const made = git('commit-tree', git('write-tree'), '-p', 'HEAD', '-m', 'plumbed');
    git('update-ref', 'refs/heads/feat/a1/plumbed', made);
    expect(checked('feat/a1/plumbed')).toContain(made.slice(0, 10));
    git('update-ref', 'refs/heads/feat/a1/plumbed', 'main');
    expect(checked('feat/a1/plumbed')).not.toContain('hook-bypassed');
  });

  it('are worth nothing where they cannot be read, and stop nobody', () => {
    repository.write('.git/bailiwick/passed-commits', 'nothing of ours\n');
    git('switch', '-q', '-c', 'feat/a1/broken', 'main');
    change('broken');
    git('commit', '-q', '-a', '-m', 'broken');
    expect(checked('feat/a1/broken')).not.toContain('hook-bypassed');
  });
});
