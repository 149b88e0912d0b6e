import { describe, expect, it } from 'vitest';
import { runStatus } from '../../../src/commands/status.ts';
import { hostIn } from '../../support/host.ts';
import type { TestRepository } from '../../support/repository.ts';
import { beside, fleetRepository, remove } from './fixture.ts';

/** Stops in conflict: the branch and `main` change one line. */
const rebase = (at: TestRepository) => at.tryGit('rebase', 'main');
const merge = (at: TestRepository) => at.tryGit('merge', 'main');
const pick = (at: TestRepository) => at.tryGit('cherry-pick', 'main');
const bisect = (at: TestRepository) => at.git('bisect', 'start');

const PATCH = 'services/core/a.py';

function am(at: TestRepository): void {
  at.write('../mail', at.git('format-patch', '--stdout', '-1', 'main'));
  expect(at.tryGit('am', '../mail').code).not.toBe(0);
}

/** A rebase with --rebase-merges that stops at the merge it makes again. */
function rebaseOfMerge(at: TestRepository): void {
  at.git('checkout', '-q', '-b', 'side', 'HEAD~');
  at.commit('side', { [PATCH]: 'side\n' });
  at.git('checkout', '-q', 'agent/a1');
  at.tryGit('merge', 'side');
  at.commit('merged', { [PATCH]: 'both\n' });
  at.commit('more', { 'services/core/b.py': 'b\n' });
  const stopped = at.tryGit(
    'rebase',
    '--rebase-merges',
    '--force-rebase',
    '--onto',
    'HEAD~2~',
    'HEAD~2~',
  );
  expect(stopped.code).not.toBe(0);
  at.git('rev-parse', '--verify', 'MERGE_HEAD');
}

/** One of two picks is committed by hand: git's own mark of the pick is gone, and it goes on all the same. */
function pickOfTwo(at: TestRepository): void {
  expect(at.tryGit('cherry-pick', 'main~', 'main').code).not.toBe(0);
  at.commit('by hand');
}

const CASES: readonly [
  name: string,
  begin: (at: TestRepository) => unknown,
  said: string | null,
][] = [
  ['nothing', () => undefined, null],
  ['a rebase', rebase, 'rebase'],
  ['a rebase by patches', (at) => at.tryGit('rebase', '--apply', 'main'), 'rebase'],
  ['a merge', merge, 'merge'],
  ['a cherry-pick', pick, 'cherry-pick'],
  ['a cherry-pick of two, one committed by hand', pickOfTwo, 'cherry-pick'],
  ['a revert', (at) => at.git('revert', '--no-commit', 'HEAD'), 'revert'],
  ['patches from mails', am, 'am'],
  ['a bisection', bisect, 'bisect'],
  ['a merge in a rebase', rebaseOfMerge, 'rebase'],
  ['a merge in a bisection', (at) => (bisect(at), merge(at)), 'merge'],
  ['a cherry-pick in a bisection', (at) => (bisect(at), pick(at)), 'cherry-pick'],
  ['a rebase in a bisection', (at) => (bisect(at), rebase(at)), 'rebase'],
];

describe('what waits in a worktree', () => {
  it.each(CASES)('%s is named once for all', async (_name, begin, said) => {
    const repository = fleetRepository();
    repository.git('worktree', 'add', '-q', '-b', 'agent/a1', '../tree');
    const worktree = beside(repository, 'tree');
    worktree.commit('theirs', { [PATCH]: 'theirs\n' });
    repository.commit('before', { [PATCH]: 'before\n' });
    repository.commit('ours', { [PATCH]: 'ours\n' });
    begin(worktree);
    const status = await runStatus(hostIn(repository), { overlap: false });
    const row = status.data.rows.find((each) => each.worktree?.path === worktree.directory);
    expect(row?.worktree?.operation).toBe(said);
    const { data } = await remove(repository, { names: [worktree.directory] });
    const unfinished = data.worktrees[0]!.obstacles.filter(({ kind }) => kind === 'unfinished');
    const article = said === 'am' ? 'an' : 'a';
    expect(unfinished.map(({ message }) => message)).toEqual(
      said === null ? [] : [`${article} ${said} has not ended`],
    );
  });
});
