import { describe, expect, it } from 'vitest';
import { runLandShow } from '../../../src/commands/land/show.ts';
import { runLandUndo } from '../../../src/commands/land/undo.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo } from '../../support/overlap.ts';
import { BRANCHES, land, landable, outcomes, stack } from './fixture.ts';

/** What somebody lands that needs what was landed before. */
const CHECK = 'test ! -e c/needs -o -e a/more';

describe('land undo', () => {
  const repository = landable(
    { 'a1/x': BRANCHES['a1/x']!, 'a3/x': BRANCHES['a3/x']!, 'a3/needs': { 'c/needs': 'x\n' } },
    CHECK,
  );
  stack(repository);
  repository.git('switch', '-q', 'main');
  const tree = (): string => repository.git('rev-parse', 'main^{tree}');
  const undo = (receipt = '') => runLandUndo(hostIn(repository), { receipt, yes: true });
  const newest = async () =>
    (await runLandShow(hostIn(repository), { receipt: '' })).data.receipts[0]!;

  it('74 takes back all of a landing by reverts, and the undo can be undone', async () => {
    expect(
      (await runLandShow(hostIn(repository), { receipt: '', all: true })).data.receipts,
    ).toEqual([]);
    await expect(undo()).rejects.toThrow('nothing was landed that this clone knows of');
    const before = tree();
    const branches = ['feat/a1/x', 'feat/a1/more'];
    await land(repository, { branches, land: 'rebase', once: true });
    const landed = await newest();
    // Somebody knows of it: nothing is taken from them.
    repository.git('tag', 'seen');
    const after = tree();
    expect(landed.steps.map(({ branch }) => branch)).toEqual(branches);
    const report = await undo();
    expect(report.verdict).toBe('allowed');
    expect(outcomes(report)).toEqual(['feat/a1/more landed', 'feat/a1/x landed']);
    expect([tree(), repository.git('status', '--porcelain')]).toEqual([before, '']);
    expect((await newest()).undoes).toBe(landed.id);
    // Forward only: what was there is still below it.
    expect(repository.git('merge-base', landed.after, 'main')).toBe(landed.after);
    expect(repository.git('log', '-2', '--format=%s', 'main').split('\n')).toEqual([
      `Revert "Merge branch 'feat/a1/x'"`,
      `Revert "Merge branch 'feat/a1/more'"`,
    ]);
    // The trees are known already: nothing has to run for either.
    expect(report.data.journal!.runs).toBeLessThanOrEqual(1);
    await undo();
    expect(tree()).toBe(after);
    // The landing itself was not there any more, and is again: taken back once more by its name.
    await undo(landed.id.slice(0, 8));
    expect(tree()).toBe(before);
    const nothing = await undo(landed.id);
    expect([nothing.verdict, tree()]).toEqual(['allowed', before]);
    await undo((await newest()).id);
    expect(tree()).toBe(after);
  });

  it('73 moves nothing where a part of it cannot be taken back', async () => {
    const all = (await runLandShow(hostIn(repository), { receipt: '', all: true })).data.receipts;
    const first = all.at(-1)!;
    await land(repository, { branches: ['feat/a3/needs', 'feat/a3/x'], once: true });
    const red = repository.git('rev-parse', 'main');
    const refused = await undo(first.id);
    expect(outcomes(refused)).toEqual(['feat/a1/more red', 'feat/a1/x after']);
    expect(refused.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^land-failed feat\/a1\/more is not taken back: .* see /),
      'land-failed feat/a1/x is not taken back: goes only together with feat/a1/more',
    ]);
    expect(repository.git('rev-parse', 'main')).toBe(red);
    repository.write('a/more', 'all new\n');
    repository.git('commit', '-qam', 'later work');
    const now = repository.git('rev-parse', 'main');
    const conflict = await undo(first.id);
    expect(outcomes(conflict)).toEqual(['feat/a1/more conflict', 'feat/a1/x after']);
    expect(conflict.findings[0]!.message).toContain('in a/more');
    expect(repository.git('rev-parse', 'main')).toBe(now);
  });

  it('takes back a merge that others have landed after, and says what has landed', async () => {
    commitTo(repository, 'feat/a2/late', { 'b/late': 'late\n' }, 'main');
    const merge = await newest();
    await land(repository, { branches: ['feat/a2/late'] });
    await undo(merge.id);
    const files = repository.git('ls-tree', '-r', '--name-only', 'main');
    expect(files).toContain('b/late');
    expect(files).not.toContain('c/needs');
    const told = repository.bailiwick(['land', 'show']);
    expect(told.stdout).toContain(`takes back ${merge.id}`);
    expect(told.stdout).toMatch(/passed .*\(commands /);
    const all = repository.bailiwick(['land', 'show', '--all']).stdout;
    expect(all).toContain(merge.id);
    const none = repository.bailiwick(['land', 'undo', 'rffffffff', '--yes']);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('land show --all')]);
  });
});
