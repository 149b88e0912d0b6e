import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOrder } from '../../src/commands/order.ts';
import type { LandingMode } from '../../src/domain/landing.ts';
import type { OverlapOptions } from '../../src/domain/options/fleet-options.ts';
import type { Report } from '../../src/domain/report.ts';
import type { OrderData } from '../../src/domain/reports/order.ts';
import type { OverlapData } from '../../src/domain/reports/overlap.ts';
import { buildFleet, WILD } from '../bench/fleet.ts';
import { hostIn } from '../support/host.ts';
import { commitTo, fleetOf, lines, PLAIN } from '../support/overlap.ts';
import { TestRepository } from '../support/repository.ts';

/** `npm run test:fleet` looks at 200. */
const SEEDS = Number(process.env['BAILIWICK_SEEDS'] ?? 3);

const sort = (
  repository: TestRepository,
  options: Partial<OverlapOptions> = {},
): Promise<Report<OrderData & OverlapData>> =>
  runOrder(hostIn(repository), { ...PLAIN, ...options });

const short = (refs: readonly string[]): string =>
  refs.map((ref) => ref.replace(/^feat\//, '')).join(' ');

/** Many edits of few files, most of which merge. */
const CROWDED = {
  lines: 120,
  moves: 8,
  hubs: 3,
  share: 0.7,
  mix: { addOwn: 1, append: 0.3, changeMode: 0.3, edit: 12, remove: 0.2, rename: 0.2 },
};

describe('the order of a fleet', () => {
  it('lands first what others do not have to redo', async () => {
    const repository = fleetOf(
      { f: lines(40), g: lines(40) },
      {
        hub: { f: lines(40, { 5: 'h', 15: 'h', 25: 'h' }) },
        one: { f: lines(40, { 5: '1' }) },
        two: { f: lines(40, { 15: '2' }) },
        three: { f: lines(40, { 25: '3' }) },
        apart: { g: lines(40, { 5: 'a' }) },
      },
    );
    const { data, findings, verdict } = await sort(repository);
    expect(data.waves.map(short)).toEqual(['one two three apart', 'hub']);
    expect(data.cost).toEqual({ branches: 1, lines: 6 });
    expect(data).toMatchObject({ optimal: true, landing: 'merge', bound: data.cost });
    expect(data.replay).toMatchObject({ complete: true });
    expect(data.order.at(-1)).toMatchObject({ ref: 'feat/hub', outcome: 'rework', wave: 2 });
    expect(findings.map(({ code }) => code)).toContain('conflict');
    expect(verdict).toBe('allowed');
  });

  it('says which branches only conflict when several have landed', async () => {
    // The rename that A makes is followed as long as half of the file is the same: without B's part.
    const text = (a: string, b: string, c: string): string =>
      Array.from({ length: 100 }, (_, at) => {
        if (at < 28) return `${a}line ${at} of the first part`;
        if (at < 30) return `line ${at}`;
        if (at < 62) return `${b}line ${at} of the second part`;
        return at === 90 ? `${c}line ${at}` : `line ${at}`;
      }).join('\n');
    const repository = fleetOf(
      { f: `${text('', '', '')}\n`, k: '1\n' },
      {
        a: { f: null, g: `${text('rewritten by a ', '', '')}\n` },
        b: { f: `${text('', 'rewritten by b ', '')}\n` },
        c: { f: `${text('', '', 'c ')}\n` },
      },
    );
    const { data, findings } = await sort(repository);
    expect(data.pairs.map(({ level }) => level)).toEqual(['near', 'near', 'file']);
    expect(data.combinations).toMatchObject([
      { earlier: ['feat/a', 'feat/b'], later: 'feat/c', files: [{ path: 'f' }] },
    ]);
    expect(findings.find(({ code }) => code === 'conflict-combination')).toMatchObject({
      severity: 'warning',
      path: 'f',
      message: 'feat/c conflicts once feat/a and feat/b have landed: f',
    });
    expect(data.cost.branches).toBe(0);
    expect(data.replay).toMatchObject({ complete: true });
    expect(data.replay?.steps.map(({ outcome }) => outcome)).toEqual([
      'landed',
      'landed',
      'landed',
    ]);
    expect((await sort(repository, { failOn: 'conflict' })).verdict).toBe('refused');
  });

  it('sees that a change conflicts that the base has by now, once another changes it again', async () => {
    const repository = fleetOf({ f: lines(10), g: lines(10), h: lines(10) }, {});
    const began = repository.git('rev-parse', 'main');
    commitTo(repository, 'main', { f: lines(10, { 5: 'x' }) });
    commitTo(repository, 'feat/again', { f: lines(10, { 5: 'y' }) }, 'main');
    const both = { f: lines(10, { 5: 'x' }), g: lines(10, { 1: 'g' }) };
    commitTo(repository, 'feat/taken-over', both, began);
    commitTo(repository, 'feat/apart', { h: lines(10, { 1: 'h' }) }, began);
    const { data, findings } = await sort(repository);
    expect(data.pairs).toMatchObject([
      {
        a: 'feat/again',
        b: 'feat/taken-over',
        level: 'conflict',
        conflicts: [{ path: 'f' }],
        oneWay: { earlier: 'feat/again', later: 'feat/taken-over' },
      },
    ]);
    expect(data.combinations).toEqual([]);
    expect(data.waves.map(short)).toEqual(['taken-over apart', 'again']);
    expect(data.order.at(-1)?.reason).toBe(
      'lands third: after feat/taken-over, never before: that would make it conflict',
    );
    expect(data.cost.branches).toBe(0);
    expect(findings.map(({ message }) => message)).toEqual([
      'feat/taken-over conflicts once feat/again has landed, not the other way round: f',
    ]);
    expect(data.replay).toMatchObject({ complete: true });
  });

  it('sees that several branches together move the directory that another adds to', async () => {
    const [one, two] = [lines(20), lines(20, { 3: 'x', 8: 'y', 13: 'z' })];
    const repository = fleetOf(
      { 'old/one': one, 'old/two': two },
      {
        a: { 'old/one': null, 'new/one': one },
        b: { 'old/two': null, 'new/two': two },
        c: { 'old/three': '3\n' },
      },
    );
    const { data } = await sort(repository);
    expect(data.pairs).toEqual([]);
    expect(data.combinations).toMatchObject([
      { earlier: ['feat/a', 'feat/b'], later: 'feat/c', files: [{ path: 'new/three' }] },
    ]);
    expect(data.replay).toMatchObject({ complete: true });
    expect((await sort(repository, { rules: 'github' })).data.combinations).toEqual([]);
  });

  const stack = (): TestRepository => {
    const repository = fleetOf({ f: lines(20) }, { 'z-low': { f: lines(20, { 5: 'a' }) } });
    commitTo(repository, 'feat/a-top', { f: lines(20, { 5: 'b' }) }, 'feat/z-low');
    commitTo(repository, 'feat/b-over', { f: lines(20, { 5: 'c' }) }, 'feat/a-top');
    return repository;
  };

  it.each(['merge', 'rebase'] as const)('lands a stack from below by --land %s', async (land) => {
    const { data } = await sort(stack(), { land });
    expect(data.order.map(({ ref }) => ref)).toEqual(['feat/z-low', 'feat/a-top', 'feat/b-over']);
    expect(data.cost.branches).toBe(0);
    expect(data.order[1]).toMatchObject({ after: ['feat/z-low'] });
    expect(data.replay?.steps.map(({ outcome }) => outcome)).toEqual([
      'landed',
      'landed',
      'landed',
    ]);
  });

  it('costs rework when a stack is squashed', async () => {
    const { data } = await sort(stack(), { land: 'squash' });
    expect(data.order.map(({ ref }) => ref)).toEqual(['feat/z-low', 'feat/a-top', 'feat/b-over']);
    expect(data.cost.branches).toBe(2);
  });

  it('follows what the policy says comes after what, and names a cycle', async () => {
    const policy = (a1: string): string =>
      `version: 1\nidentify: { branches: ['feat/{agent}/{topic}'] }\nagents:\n  a1: { owns: [a], after: [${a1}] }\n  a2: { owns: [b], after: [a1] }\n`;
    const edits = {
      'a1/x': { f: lines(10, { 5: 'x' }) },
      'a2/y': { f: lines(10, { 5: 'y\ny\ny' }) },
      'a2/z': { g: '1\n' },
    };
    const repository = fleetOf({ f: lines(10), 'ownership.yml': policy('') }, edits);
    const { data } = await sort(repository, { refs: [], base: null });
    expect(data.order.map(({ ref, after }) => `${ref} ${short(after)}`.trim())).toEqual([
      'feat/a1/x',
      'feat/a2/y a1/x',
      'feat/a2/z a1/x',
    ]);
    expect(data.order[1]).toMatchObject({ outcome: 'rework', conflicts: [{ with: 'feat/a1/x' }] });
    commitTo(repository, 'main', { 'ownership.yml': policy('') });
    commitTo(repository, 'feat/a1/x', { g: '2\n' }, 'feat/a2/z');
    await expect(sort(repository, { refs: [], base: null })).rejects.toThrow(
      /wait for each other: .*feat\/a1\/x/,
    );
  });

  it('lets a branch wait by name for one that cannot land, and takes rules for this once', async () => {
    const policy = `version: 1\nidentify: { branches: ['feat/{agent}/{topic}'] }\nagents:\n  a1: { owns: [a] }\n  a2: { owns: [b], after: [a1] }\n  a3: { owns: [c], after: [a2] }\n`;
    const repository = fleetOf(
      { f: lines(10), 'ownership.yml': policy },
      {
        'a1/stale': { f: lines(10, { 5: 'stale' }) },
        'a2/y': { g: '1\n' },
        'a3/z': { h: '1\n' },
        'a1/w': { w: '1\n' },
      },
    );
    commitTo(repository, 'main', { f: lines(10, { 5: 'main' }) });
    const own = { refs: [], base: null };
    const { data } = await sort(repository, own);
    expect(data.waves.map(short)).toEqual(['a1/w']);
    expect(data.waiting).toEqual([
      { ref: 'feat/a2/y', agent: 'a2', for: ['feat/a1/stale'] },
      { ref: 'feat/a3/z', agent: 'a3', for: ['feat/a2/y'] },
    ]);
    const text = repository.bailiwick(['order']).stdout;
    expect(text).toContain(
      'waits: feat/a2/y comes after feat/a1/stale, which cannot land as it is',
    );
    repository.git('update-ref', '-d', 'refs/heads/feat/a1/stale');
    const plain = await sort(repository, own);
    expect(plain.data.waves.map(short)).toEqual(['a1/w', 'a2/y', 'a3/z']);
    const after = [{ later: 'feat/a1/w', earlier: 'feat/a9/v' }];
    await expect(runOrder(hostIn(repository), { ...PLAIN, ...own, after })).rejects.toThrow(
      /feat\/a9\/v is not/,
    );
    const any = ['order', '--base', 'main', '--refs', 'refs/heads/feat/*/*', '--json'];
    commitTo(repository, 'feat/x/v', { v: '1\n' }, 'main');
    const once = repository.bailiwick([...any, '--after', 'a1:feat/x/v']).stdout;
    const { data: said } = JSON.parse(once) as Report<OrderData>;
    expect(said.waves.map(short)).toEqual(['x/v', 'a1/w', 'a2/y', 'a3/z']);
    expect(repository.bailiwick([...any, '--after', 'a1']).code).toBe(2);
    const circle = ['--after', 'a1:feat/x/v', '--after', 'feat/x/v:a1'];
    expect(repository.bailiwick([...any, ...circle]).stdout).toContain('leave out one of --after');
  });

  it('sets aside what is declared to come after a branch that was set aside', async () => {
    const policy = `version: 1\nidentify: { branches: ['feat/{agent}/{topic}'] }\nagents:\n  a1: { owns: [a] }\n  a2: { owns: [b], after: [a1] }\n`;
    const repository = fleetOf(
      { f: lines(10), 'ownership.yml': policy },
      {
        'a1/x': { f: lines(10, { 5: 'x' }) },
        'a1/y': { f: lines(10, { 5: 'y' }) },
        'a2/z': { g: '1\n' },
      },
    );
    const { data } = await sort(repository, { refs: [], base: null });
    expect(
      data.replay?.steps.map(({ ref, outcome, because }) => [
        short([ref]),
        outcome,
        short(because),
      ]),
    ).toEqual([
      ['a1/x', 'landed', ''],
      ['a1/y', 'conflict', 'a1/x'],
      ['a2/z', 'blocked', 'a1/y'],
    ]);
  });

  it('says that two branches make the same change', async () => {
    const same = { f: lines(20, { 10: 'fix' }) };
    const repository = fleetOf({ f: lines(20) }, { one: same, two: same });
    const { data, findings } = await sort(repository);
    expect(data.pairs).toMatchObject([{ level: 'file', identical: true }]);
    expect(findings[0]?.message).toContain('make the same change');
    expect(
      repository.bailiwick(['overlap', '--base', 'main', '--refs', 'refs/heads/feat/']).stdout,
    ).toContain('The same change');
  });

  it('lands on the local base where it is ahead, in the middle of a landing', async () => {
    const policy = `version: 1\nidentify: { branches: ['feat/{agent}/{topic}'] }\nagents:\n  a1: { owns: [a] }\n`;
    const repository = fleetOf(
      { f: lines(10), 'ownership.yml': policy },
      { 'a1/x': { f: lines(10, { 5: 'x' }) }, 'a1/y': { f: lines(10, { 5: 'y' }) } },
    );
    repository.git('update-ref', 'refs/remotes/origin/main', 'main');
    const own = { refs: [], base: null };
    expect((await sort(repository, own)).data.base.ref).toBe('origin/main');
    repository.git('update-ref', 'refs/heads/main', 'feat/a1/x');
    const { data } = await sort(repository, own);
    expect(data.base).toMatchObject({ ref: 'main', oid: repository.git('rev-parse', 'feat/a1/x') });
    expect(data.branches.map(({ base }) => base)).toEqual(['merged', 'conflict']);
  });

  it('takes the branch and not a tag or a branch that strangers named like it', async () => {
    const repository = fleetOf({ f: lines(10) }, { a: { f: lines(10, { 5: 'a' }) } });
    const main = repository.git('rev-parse', 'refs/heads/main');
    repository.git('update-ref', 'refs/tags/main', 'feat/a');
    expect((await sort(repository)).data.base).toEqual({ ref: 'refs/heads/main', oid: main });
    repository.git('update-ref', 'refs/remotes/origin/main', main);
    expect((await sort(repository, { base: 'origin/main' })).data.base.oid).toBe(main);
    repository.git('update-ref', 'refs/heads/origin/main', 'feat/a');
    await expect(sort(repository, { base: 'origin/main' })).rejects.toThrow(/both refs/);
    const said = await sort(repository, { base: 'refs/remotes/origin/main' });
    expect(said.data.base).toMatchObject({ oid: main });
  });

  it('is remembered with its replay, and reads the same in any order', async () => {
    const repository = TestRepository.create();
    buildFleet(repository, { ...WILD, seed: 11, branches: 16 });
    const first = await sort(repository);
    expect(first.data.stats.merges).toBeGreaterThan(0);
    const again = await sort(repository);
    expect(again.data.stats).toMatchObject({ merges: 0 });
    expect({ ...again.data, stats: null }).toEqual({ ...first.data, stats: null });
  });

  const fleets = (
    [
      ['merge', 14],
      ['squash', 14],
      ['rebase', 12],
    ] as const
  ).flatMap(([land, branches]) =>
    Array.from({ length: SEEDS }, (_, at) => [land, 21 + at, branches] as const),
  );
  it.each(fleets)('is what git does, by --land %s: fleet %i', async (land, seed, branches) => {
    const repository = TestRepository.create();
    // In turns anything at all, and mostly edits of the same files.
    const shape = seed % 2 === 0 ? WILD : { ...WILD, ...CROWDED };
    buildFleet(repository, { ...shape, seed, branches });
    const { data } = await sort(repository, { land });
    expect(data.replay).toMatchObject({ complete: true });
    repository.git('switch', '-q', '--detach', 'main');
    for (const { ref, outcome } of data.replay!.steps) {
      const before = repository.git('rev-parse', 'HEAD');
      const lands = outcome === 'landed' || outcome === 'vanished';
      const { code } = tryLanding(repository, land, ref);
      expect(`${ref} ${code === 0}`).toBe(`${ref} ${lands}`);
      if (lands) continue;
      if (land === 'rebase') repository.tryGit('rebase', '--abort');
      // git 2.39 dies of some conflicts (BUG: merge-ort.c:4464), and leaves what no reset gets past.
      repository.run('sh', ['-c', 'rm -rf -- * .git/index.lock']);
      repository.git('reset', '-q', '--hard', before);
    }
  });

  /** Lands a branch on the detached HEAD, with the commands a person would use. */
  function tryLanding(
    repository: TestRepository,
    land: LandingMode,
    ref: string,
  ): ReturnType<TestRepository['tryGit']> {
    if (land === 'merge') return repository.tryGit('merge', '-q', '--no-edit', '--no-ff', ref);
    if (land === 'rebase')
      return repository.tryGit('rebase', '-q', repository.git('rev-parse', 'HEAD'), `${ref}^0`);
    const merged = repository.tryGit('merge', '-q', '--squash', ref);
    if (merged.code === 0) repository.tryGit('commit', '-q', '-m', ref);
    return merged;
  }
});

describe('the command line', () => {
  const ARGUMENTS = ['order', '--base', 'main', '--refs', 'refs/heads/feat/*'];

  it('prints the order, what is not in it, and JSON with all of overlap in it', () => {
    const repository = fleetOf(
      { f: lines(10) },
      {
        a: { f: lines(10, { 6: 'a' }) },
        b: { f: lines(10, { 6: 'b' }) },
        stale: { f: lines(10, { 1: 'stale' }) },
      },
    );
    commitTo(repository, 'main', { f: lines(10, { 1: 'main' }) });
    const { data, command, verdict } = JSON.parse(
      repository.bailiwick([...ARGUMENTS, '--json']).stdout,
    ) as Report<OrderData & OverlapData>;
    expect({ command, verdict }).toEqual({ command: 'order', verdict: 'allowed' });
    expect(data).toMatchObject({
      base: { ref: 'main' },
      branches: [{ ref: 'feat/a' }, { ref: 'feat/b' }, { ref: 'feat/stale', base: 'conflict' }],
      pairs: [{ level: 'conflict' }],
      order: [{ ref: 'feat/a' }, { ref: 'feat/b', conflicts: [{ with: 'feat/a', paths: ['f'] }] }],
      waves: [['feat/a'], ['feat/b']],
      cost: { branches: 1, lines: 2 },
      landing: 'merge',
    });
    expect(repository.bailiwick([...ARGUMENTS, '--fail-on', 'conflict']).code).toBe(1);
    const text = repository.bailiwick(ARGUMENTS).stdout;
    expect(text).toMatch(
      /Wave 1[^]*feat\/a[^]*Wave 2[^]*feat\/b[^]*Not in the order[^]*feat\/stale/,
    );
    const markdown = repository.bailiwick([...ARGUMENTS, '--format', 'markdown']).stdout;
    expect(markdown).toContain('| `feat/stale` | f line 1 |');
  });
});

describe('a policy that does not count yet', () => {
  const policy = (more = ''): string =>
    `version: 1\nbase: main\nidentify:\n  branches: ['feat/{agent}/{topic}']\nagents:\n  a1: { owns: [a] }\n  a2: { owns: [b]${more} }\n`;
  const said = async (repository: TestRepository): Promise<string[]> => {
    const { data } = await runOrder(hostIn(repository), { ...PLAIN, refs: [], base: null });
    return data.hints.map((hint) => hint.message);
  };

  it('is said by its place and its keys where it would give another order, and only there', async () => {
    const repository = fleetOf(
      { 'ownership.yml': policy(), a: '1\n', b: '1\n' },
      { 'a1/x': { a: '2\n' }, 'a2/y': { b: '2\n' } },
    );
    const file = join(repository.directory, 'ownership.yml');
    repository.git('update-ref', 'refs/remotes/origin/main', 'main');
    expect(await said(repository)).toEqual([]);
    writeFileSync(file, policy(', after: [a1]'));
    const ends = 'what counts is origin/main, until that has landed';
    const inWorkTree = `ownership.yml in the work tree says otherwise of agents.a2.after: ${ends}`;
    expect(await said(repository)).toEqual([inWorkTree]);
    // Whose part is larger changes no order; what cannot be read says nothing.
    writeFileSync(file, policy(', except: [c]'));
    expect(await said(repository)).toEqual([]);
    writeFileSync(file, 'version: [');
    expect(await said(repository)).toEqual([]);
    rmSync(file);
    commitTo(repository, 'main', { 'ownership.yml': policy().replace('{topic}', 'x/{topic}') });
    const unpushed = `ownership.yml of the local main says otherwise of identify.branches: ${ends}`;
    expect(await said(repository)).toEqual([unpushed]);
    const terminal = repository.bailiwick(['order']).stdout.replace(/\s+/g, ' ');
    expect(terminal).toContain(`hint: ${unpushed}`);
    expect(repository.bailiwick(['overlap']).stdout.replace(/\s+/g, ' ')).toContain(unpushed);
    // A local base that is only behind says nothing new.
    repository.git('update-ref', 'refs/remotes/origin/main', 'main');
    repository.git('update-ref', 'refs/heads/main', 'main~1');
    expect(await said(repository)).toEqual([]);
  });
});
