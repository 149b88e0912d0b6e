import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import type { PageAnswer } from '../../src/domain/reports/page.ts';
import type { PageCell } from '../../src/domain/reports/page/page-panel.ts';
import { POLICY } from '../support/policy.ts';
import { packageRoot, TestRepository } from '../support/repository.ts';
import { makeFleet, numbered } from './support/made-fleet.ts';

/** Runs `page --json`, whatever it ends with. */
function look(
  repository: TestRepository,
  ...args: string[]
): Report<PageAnswer> & { code: number } {
  const { code, stdout, stderr } = repository.bailiwick(['page', '--json', ...args]);
  if (stdout === '') throw new Error(stderr);
  return { ...(JSON.parse(stdout) as Report<PageAnswer>), code };
}

const wordsOf = (cell: PageCell): string => (typeof cell === 'string' ? cell : cell.words);
const refOf = ({ data }: Report<PageAnswer>, at: number): string => data.branches[at]!.ref;

describe('what is on the page', () => {
  it('is where every file lies in the policy, and who changes it', () => {
    const { data, code } = look(makeFleet({ branches: 12, files: 60 }));
    expect(code).toBe(0);
    const layers = new Set(data.map.places.map(({ layer }) => layer));
    expect([...layers].sort()).toEqual([
      'control',
      'frozen',
      'owned',
      'reserved',
      'shared',
      'unowned',
    ]);
    const touched = data.map.touched.find(({ path }) => path === 'services/core/queue.py')!;
    expect(data.map.places[touched.place]).toEqual({
      layer: 'owned',
      rule: "agents.a1.owns[0] 'services/core/**'",
      owners: ['a1'],
      reason: 'belongs to a1',
    });
    expect(data.map.touched.find(({ path }) => path === 'docs/own/change-2.py')!.added).toBe(true);
    expect(data.agents.map(({ id }) => id)).toEqual(['a1', 'a2', 'a3']);
  });

  it('has what both sides of a conflict wrote, from memory as well as from a merge', () => {
    const repository = makeFleet({ branches: 0, files: 4 });
    const base = numbered(9);
    repository.commit('base', { 'services/core/both.py': base });
    repository.git('branch', 'behind');
    for (const [agent, word] of [
      ['a1', 'one'],
      ['a2', 'two'],
    ]) {
      repository.git('switch', '-qc', `feat/${agent}/both`, 'main');
      repository.commit('work', {
        'services/core/both.py': numbered(9, { 5: word! }),
      });
    }
    repository.git('switch', '-q', 'main');
    // The base goes on, so that what lands is nobody's file as it is.
    repository.commit('on', {
      'services/core/both.py': numbered(9, { 1: 'by the base' }),
    });
    const cold = look(repository);
    const [pair] = cold.data.pairs;
    expect([refOf(cold, pair!.a), refOf(cold, pair!.b)]).toEqual(['feat/a1/both', 'feat/a2/both']);
    expect(pair!.conflicts).toEqual([
      {
        path: 'services/core/both.py',
        kind: 'CONFLICT (contents)',
        lines: [[5, 5]],
        mechanical: false,
        disputes: [{ ours: ['one'], theirs: ['two'], more: 0 }],
        moreDisputes: 0,
      },
    ]);
    expect({ ...look(repository).data, at: 0, written: null }).toEqual({
      ...cold.data,
      at: 0,
      written: null,
    });
  });

  it('has what the base and a branch wrote that no longer merges', () => {
    const repository = makeFleet({ branches: 0, files: 4 });
    repository.git('switch', '-qc', 'feat/a1/old');
    repository.commit('work', {
      'services/core/queue.py': numbered(60, { 7: 'mine' }),
    });
    repository.git('switch', '-q', 'main');
    repository.commit('on', {
      'services/core/queue.py': numbered(60, { 7: 'theirs' }),
    });
    const { data } = look(repository);
    expect(data.branches[0]).toMatchObject({
      ref: 'feat/a1/old',
      base: 'conflict',
    });
    expect(data.branches[0]!.conflicts[0]!.disputes).toEqual([
      { ours: ['theirs'], theirs: ['mine'], more: 0 },
    ]);
  });

  it('is all local branches on the default branch where there is no policy', () => {
    const repository = makeFleet({ branches: 4, files: 8, policy: null });
    repository.git('branch', 'whatever');
    const { data, code, policy } = look(repository);
    expect([code, policy, data.policy, data.base.ref]).toEqual([0, null, false, 'main']);
    expect(data.branches.map(({ ref }) => ref)).toContain('whatever');
    expect(data.worktrees).toEqual([
      expect.objectContaining({ branch: 'main', place: '.', agent: null }),
    ]);
  });

  it('is there without a work tree', () => {
    const { data, code } = look(makeFleet({ branches: 4, files: 8, bare: true }));
    expect(code).toBe(0);
    expect(data.branches).toHaveLength(4);
  });

  it('has the locks, and a broken one takes nothing else away', () => {
    const repository = makeFleet({ branches: 2, files: 8 });
    repository.git('worktree', 'add', '-q', '../one', 'feat/a1/topic-0');
    repository.at('../one').bailiwick(['lock', 'acquire', 'common', '--reason', 'x']);
    const { data } = look(repository);
    expect(data.panels).toEqual([expect.objectContaining({ name: 'locks' })]);
    expect(data.panels[0]!.rows[0]!.slice(0, 2)).toEqual(['common', 'a1']);
    expect(data.worktrees.find(({ place }) => place === '../one')!.locks).toEqual(['common']);
    const empty = repository.git('commit-tree', '-m', 'x', repository.git('mktree'));
    repository.git('update-ref', 'refs/bailiwick/locks/common', empty);
    const broken = look(repository);
    expect([broken.code, broken.verdict, broken.data.branches.length]).toEqual([2, 'undecided', 2]);
    expect(broken.data.notices).toEqual([
      expect.stringMatching(
        /^refs.bailiwick.locks.common does not hold a lease: .*\. To .*, run bailiwick lock /,
      ),
    ]);
    expect(existsSync(broken.data.written.file)).toBe(true);
  });

  it('has the requests that wait, and what landed; it says which cannot be read', () => {
    const policy = `${POLICY}limits: { targets: { landings: 2, integration: 95 } }\n`;
    const repository = makeFleet({ branches: 2, files: 8, policy });
    const refused = ['a1\tfrozen\tfrozen[0]', 'a2\tfrozen\tfrozen[0]', 'a1\tunowned\t-'];
    const lines = refused.map((line) => `${Date.now() - 1000}\tpre-commit\t${line}\t1\n`);
    repository.write('.git/bailiwick/refusals', lines.join(''));
    const landed = repository.git(
      'for-each-ref',
      '--format=%(refname:short)',
      'refs/heads/feat/a2',
    );
    const parents = ['-p', 'main', '-p', landed];
    const words = ['-m', `Merge branch '${landed}'`];
    const { stdout: merge } = repository.run(
      'git',
      ['commit-tree', ...words, ...parents, `${landed}^{tree}`],
      { environment: { GIT_COMMITTER_DATE: new Date().toISOString() } },
    );
    repository.git('update-ref', 'refs/heads/main', merge.trim());
    repository.git('switch', '-q', 'feat/a1/topic-0');
    const open = ['request', 'open', 'services/api/routes.py', '-m', 'a <b>route</b>'];
    expect(repository.bailiwick(open).code).toBe(0);
    const { data } = look(repository);
    expect(data.panels.map(({ name }) => name)).toEqual([
      'requests',
      'report',
      'targets',
      'refusals',
    ]);
    expect(data.panels[2]!.rows.map((row) => row.map(wordsOf).join(', '))).toEqual([
      'landings of an agent a day, 0, at least 2, ✕ missed',
      'landed of what was tried, not recorded, at least 95 %, ',
    ]);
    expect(data.panels[3]!.rows).toEqual([
      ['frozen', 'frozen[0]', { part: 2, of: 2, words: '2' }],
      ['unowned', 'no rule', { part: 1, of: 2, words: '1' }],
    ]);
    expect(data.panels[1]!.rows.map((row) => row.slice(0, 2).join(' '))).toEqual(['all 1', 'a2 1']);
    expect(data.panels[1]!.rows[0]!.at(-1)).toEqual({
      bars: [0, 0, 0, 0, 0, 0, 1],
      words: 'landed by day, the oldest first: 0, 0, 0, 0, 0, 0, 1',
    });
    expect(data.panels[0]!.rows[0]!.slice(1)).toEqual([
      'a1',
      'a2',
      '1 path',
      'open',
      'a <b>route</b>',
    ]);
    const empty = repository.git('commit-tree', '-m', 'x', repository.git('mktree'));
    repository.git('update-ref', 'refs/bailiwick/requests/q1234567', empty);
    const broken = look(repository);
    expect([broken.code, broken.data.panels.length]).toEqual([2, 4]);
    expect(broken.data.notices).toEqual([expect.stringContaining('q1234567')]);
  });

  it('is written beside the git files unless told where, and over nothing but a page', () => {
    const repository = makeFleet({ branches: 1, files: 4 });
    const { data } = look(repository);
    expect(data.written.file).toBe(join(repository.directory, '.git/bailiwick/page.html'));
    expect(data.written.bytes).toBe(statSync(data.written.file).size);
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(look(repository, '--out', 'sub/p.html').code).toBe(0);
    expect(look(repository, '--out', 'sub/p.html').code).toBe(0);
    const mine = join(repository.directory, 'mine.html');
    writeFileSync(mine, 'my work');
    const refused = repository.bailiwick(['page', '--out', 'mine.html']);
    expect([refused.code, readFileSync(mine, 'utf8')]).toEqual([2, 'my work']);
    expect(refused.stderr).toContain('page --out mine.html.new.html');
    expect(repository.bailiwick(['page', '--out', 'sub']).code).toBe(2);
  });
});

describe('in CI', () => {
  it('the documented command works in a fresh checkout', () => {
    const text = readFileSync(join(packageRoot, 'docs/page.md'), 'utf8');
    const command = /`(bailiwick page --base [^`]*)`/.exec(text)![1]!;
    const origin = makeFleet({ branches: 6, files: 20 });
    // As actions/checkout leaves it: a detached HEAD, and no local branch.
    const clone = TestRepository.create({ name: 'checkout' });
    clone.git('remote', 'add', 'origin', origin.directory);
    clone.git('-c', 'protocol.file.allow=always', 'fetch', '-q', 'origin');
    clone.git('checkout', '-q', '--detach', 'origin/main');
    const words = command.replaceAll("'", '').split(' ').slice(1);
    expect(words[0]).toBe('page');
    const { data, code } = look(clone, ...words.slice(1));
    expect([code, data.base.ref]).toEqual([0, 'origin/main']);
    expect(data.branches.map(({ ref }) => ref)).toEqual(
      ['a1/topic-0', 'a1/topic-3', 'a2/topic-1', 'a2/topic-4', 'a3/topic-2', 'a3/topic-5'].map(
        (name) => `origin/feat/${name}`,
      ),
    );
    expect(data.branches[0]!.agent).toBe('a1');
    expect(existsSync(join(clone.directory, 'site/index.html'))).toBe(true);
  });
});
