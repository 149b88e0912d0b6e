import { describe, expect, it } from 'vitest';
import { runOverlap } from '../../../src/commands/overlap.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo, fleetOf, lines, look, pairLines } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

const TEN = { f: lines(10) };
const POLICY = `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
agents:
  a1: { owns: ['src/a1/**'] }
  a2: { owns: ['src/a2/**'] }
`;

const EDITS = {
  'a1/x': { f: lines(10, { 6: 'a1' }) },
  'a2/y': { f: lines(10, { 7: 'a2' }) },
  'nobody/z': { f: lines(10, { 2: 'z' }) },
};

const options = async (): Promise<Parameters<typeof runOverlap>[1]> => {
  const { RENAME_LIMIT: renameLimit } =
    await import('../../../src/domain/options/fleet-options.ts');
  const plain = { land: 'merge', rules: 'git', worktrees: false, failOn: null } as const;
  return { refs: [], base: null, renameLimit, ...plain };
};

describe('the fleet', () => {
  it("is the branches of the policy's agents, on the policy's base", async () => {
    const repository = fleetOf({ ...TEN, 'ownership.yml': POLICY }, EDITS);
    const report = await runOverlap(hostIn(repository), await options());
    expect(report.policy).toEqual({ ref: 'main', oid: repository.git('rev-parse', 'main') });
    expect(report.data.base).toEqual({ ref: 'main', oid: repository.git('rev-parse', 'main') });
    expect(report.data.branches.map(({ ref, agent }) => `${ref} ${agent}`)).toEqual([
      'feat/a1/x a1',
      'feat/a2/y a2',
    ]);
    expect(report.findings).toEqual([
      {
        code: 'conflict',
        severity: 'warning',
        path: 'f',
        agent: null,
        message: 'feat/a1/x and feat/a2/y conflict: f lines 6-7',
        hint: hintTo('see in which order they are cheapest to merge', 'bailiwick order'),
      },
    ]);
  });

  it('is whatever the globs match, with agents where there is a policy', async () => {
    const repository = fleetOf({ ...TEN, 'ownership.yml': POLICY }, EDITS);
    repository.git('update-ref', 'refs/pull/7/head', 'feat/a1/x');
    repository.git('update-ref', 'refs/remotes/origin/feat/a2/y', 'feat/a2/y');
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/feat/a2/y');
    repository.git('tag', '-a', '-m', 'tag', 'v1', 'feat/nobody/z');
    const refs = ['refs/tags/*', 'refs/remotes/', 'refs/pull/*/head', 'refs/heads/*'];
    const { data } = await look(repository, { refs });
    expect(data.branches.map(({ ref, agent, files }) => `${ref} ${agent} ${files}`)).toEqual([
      'origin/feat/a2/y a2 1',
      'refs/pull/7/head null 1'.replace('refs/', ''),
      'v1 null 1',
    ]);
    expect(
      (await look(repository, { refs: ['refs/heads/feat/a*/**'] })).data.branches,
    ).toHaveLength(2);
  });

  it('reads the same whatever the order of the globs, or of the branches being made', async () => {
    const plain = async (repository: TestRepository, refs: string[]): Promise<string> =>
      JSON.stringify(await look(repository, { refs })).replace(/"ms":\d+/, '');
    const globs = ['refs/heads/feat/a1/', 'refs/heads/feat/a2/*', 'refs/heads/feat/nobody/'];
    const repository = fleetOf(TEN, EDITS);
    const first = await plain(repository, globs);
    repository.run('rm', ['-rf', '.git/bailiwick']);
    repository.git('pack-refs', '--all');
    expect(await plain(repository, globs.toReversed())).toBe(first);
    const other = fleetOf(TEN, {});
    for (const name of Object.keys(EDITS).reverse())
      other.git(
        'fetch',
        '-q',
        repository.directory,
        `+refs/heads/feat/${name}:refs/heads/feat/${name}`,
      );
    other.git('fetch', '-q', '--update-head-ok', repository.directory, '+main:main');
    expect(await plain(other, globs)).toBe(first);
  });

  it('may be empty', async () => {
    const { data, verdict } = await look(fleetOf(TEN, {}));
    expect(verdict).toBe('allowed');
    expect(data).toMatchObject({ branches: [], pairs: [], stats: { branches: 0, merges: 0 } });
  });

  it('needs a base and full ref names', async () => {
    const repository = fleetOf(TEN, EDITS);
    const host = hostIn(repository);
    const plain = await options();
    await expect(runOverlap(host, plain)).rejects.toThrow(/nothing says/);
    await expect(look(repository, { base: null })).rejects.toThrow(/what the branches land on/);
    await expect(look(repository, { refs: [] })).rejects.toThrow(/which branches to look at/);
    await expect(look(repository, { base: 'nope' })).rejects.toThrow(/--base nope/);
    await expect(look(repository, { base: 'x\ny' })).rejects.toThrow(/no commit by that name/);
    await expect(look(repository, { refs: ['feat/*'] })).rejects.toThrow(/full ref names/);
    await expect(look(repository, { refs: ['--all'] })).rejects.toThrow(/full ref names/);
  });

  it('takes a base that is no ref, and never the base itself as a branch', async () => {
    const repository = fleetOf(TEN, EDITS);
    const oid = repository.git('rev-parse', 'main');
    const report = await look(repository, { base: oid, refs: ['refs/heads/'] });
    expect(report.data.base).toEqual({ ref: oid, oid });
    expect(report.data.branches).toHaveLength(4);
    const named = await look(repository, { base: 'refs/heads/main', refs: ['refs/heads/'] });
    expect(named.data.base.ref).toBe('main');
    expect(named.data.branches).toHaveLength(3);
  });
});

describe('--fail-on', () => {
  const repository = (): TestRepository =>
    fleetOf(
      { f: lines(20), g: lines(20), h: lines(20) },
      {
        a: { f: lines(20, { 5: 'a' }), g: lines(20, { 5: 'same' }), h: lines(20, { 5: 'a' }) },
        file: { f: lines(20, { 15: 'b' }) },
        near: { g: lines(20, { 5: 'same', 15: 'b' }) },
        worse: { h: lines(20, { 5: 'b' }) },
      },
    );

  it.each([
    [null, 'allowed', ['warning', 'notice', 'notice']],
    ['conflict', 'refused', ['error', 'notice', 'notice']],
    ['near', 'refused', ['error', 'error', 'notice']],
    ['file', 'refused', ['error', 'error', 'error']],
  ] as const)('%s: %s', async (failOn, verdict, severities) => {
    const report = await look(repository(), { failOn });
    expect(pairLines(report)).toEqual([
      'a file: file f',
      'a near: near g',
      'a worse: conflict h (contents) 5-5',
    ]);
    expect(report.verdict).toBe(verdict);
    const codes = ['conflict', 'near-change', 'same-file'];
    const found = codes.map((code) => report.findings.find((finding) => finding.code === code));
    expect(found.map((finding) => finding?.severity)).toEqual(severities);
  });

  it('refuses branches that no longer merge with the base', async () => {
    const moved = fleetOf(TEN, { a: { f: lines(10, { 6: 'a' }) } });
    commitTo(moved, 'main', { f: lines(10, { 6: 'main' }) });
    expect((await look(moved)).verdict).toBe('allowed');
    expect((await look(moved, { failOn: 'conflict' })).verdict).toBe('refused');
  });
});

describe('--worktrees', () => {
  it('looks at uncommitted work, tracked and untracked, and touches no index', async () => {
    const repository = fleetOf({ ...TEN, '.gitignore': 'ignored\n' }, { one: {}, two: {} });
    repository.git('reset', '-q', '--hard');
    repository.git('worktree', 'add', '-q', '../one', 'feat/one');
    repository.git('worktree', 'add', '-q', '../two', 'feat/two');
    repository.git('worktree', 'add', '-q', '--detach', '../three', 'main');
    const [one, two, three] = [
      repository.at('../one'),
      repository.at('../two'),
      repository.at('../three'),
    ];
    one.write('f', lines(10, { 6: 'one' }));
    one.write('new', 'one\n');
    one.write('ignored', 'one\n');
    two.write('f', lines(10, { 6: 'two' }));
    two.git('add', 'f');
    two.write('new', 'two\n');
    two.git('rm', '-q', '--cached', '.gitignore');
    three.write('f', lines(10, { 1: 'three' }));
    const indexes = repository.run('sh', [
      '-c',
      'cat .git/index .git/worktrees/*/index | cksum',
    ]).stdout;
    const objects = repository.git('count-objects');
    const report = await look(repository, { refs: [], worktrees: true });
    expect(pairLines(report)).toEqual([
      'one two: conflict f (contents) 6-6, new (contents)',
      'one worktrees/three/HEAD: file f',
      'two worktrees/three/HEAD: file f',
    ]);
    expect(report.data.branches).toMatchObject([
      { ref: 'feat/one', files: 2, ahead: 1, uncommitted: true },
      { ref: 'feat/two', files: 2, ahead: 1, uncommitted: true },
      { ref: 'worktrees/three/HEAD', files: 1, uncommitted: true },
    ]);
    expect(repository.git('count-objects')).toBe(objects);
    expect(
      repository.run('sh', ['-c', 'cat .git/index .git/worktrees/*/index | cksum']).stdout,
    ).toBe(indexes);
    const again = await look(repository, { refs: [], worktrees: true });
    expect(again.data.stats).toMatchObject({ merges: 0 });
  });

  it('sees a change as old as the index', async () => {
    const repository = fleetOf(TEN, { one: {} });
    repository.git('reset', '-q', '--hard');
    repository.git('worktree', 'add', '-q', '../one', 'feat/one');
    const one = repository.at('../one');
    one.writeUnseen('f', lines(10, { 6: 'x' }));
    one.write('new');
    const report = await look(repository, { refs: [], worktrees: true });
    expect(report.data.branches).toMatchObject([{ ref: 'feat/one', files: 2 }]);
  });

  it('names the agent a worktree is bound to', async () => {
    const repository = fleetOf({ ...TEN, 'ownership.yml': POLICY }, { any: { f: '1\n' } });
    repository.git('reset', '-q', '--hard');
    repository.git('worktree', 'add', '-q', '../any', 'feat/any');
    repository.write('.git/worktrees/any/bailiwick/agent', 'a2\n');
    const { data } = await look(repository, { refs: [], base: null, worktrees: true });
    expect(data.branches).toMatchObject([{ ref: 'feat/any', agent: 'a2', files: 1 }]);
    expect(data.branches[0]).not.toHaveProperty('uncommitted');
  });
});

describe('the command line', () => {
  const ARGUMENTS = ['overlap', '--base', 'main', '--refs', 'refs/heads/feat/*'];

  it('prints JSON, Markdown or text, and exits 1 only when asked to', () => {
    const repository = fleetOf(TEN, { a: EDITS['a1/x'], b: EDITS['a2/y'] });
    const json = repository.bailiwick([...ARGUMENTS, '--json']);
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 'bailiwick/1',
      command: 'overlap',
      verdict: 'allowed',
      agent: null,
      policy: null,
      data: { pairs: [{ a: 'feat/a', b: 'feat/b', level: 'conflict' }], stats: { merges: 1 } },
    });
    expect(repository.bailiwick([...ARGUMENTS, '--fail-on', 'conflict']).code).toBe(1);
    const markdown = repository.bailiwick([...ARGUMENTS, '--format', 'markdown']).stdout;
    expect(markdown).toContain('| `feat/a` and `feat/b` | f lines 6-7 |');
    const text = repository.bailiwick(ARGUMENTS).stdout;
    expect(text.replace(/\d+ ms/, '- ms').replace(/run:?\s+\S.* order/, 'run bailiwick order'))
      .toMatchInlineSnapshot(`
      "2 branches on main: none conflicts with it; 1 pair: 1 with something in common,
      1 close and 1 in conflict

        1  feat/a
        2  feat/b  X
                   1
          X conflict, n touching lines, f same file

      Conflicts
        feat/a and feat/b
          f lines 6-7

      To see in which order they are cheapest to merge, run bailiwick order

      0 merges, 3 remembered, - ms
      "
    `);
  });

  it.each([
    ['--fail-on', 'never'],
    ['--land', 'fly'],
    ['--as', 'me'],
    ['--rename-limit', '0'],
    ['--worktrees', '--refs=refs/heads/x'],
  ])('refuses %s %s as wrong usage', (...typed) => {
    const repository = fleetOf(TEN, {});
    expect(repository.bailiwick(['overlap', '--base', 'main', ...typed]).code).toBe(2);
  });
});
