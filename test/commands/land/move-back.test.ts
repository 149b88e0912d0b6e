import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runClean } from '../../../src/commands/clean.ts';
import { runLandContinue } from '../../../src/commands/land/continue.ts';
import { runLandShow } from '../../../src/commands/land/show.ts';
import { runLandStatus } from '../../../src/commands/land/status.ts';
import { runLandUndo } from '../../../src/commands/land/undo.ts';
import { runReport } from '../../../src/commands/report.ts';
import { branchRef, type Oid } from '../../../src/domain/refs.ts';
import { readTip } from '../../../src/git/refs/read-tip.ts';
import { knownElsewhere } from '../../../src/services/landing/undo/known-elsewhere.ts';
import { withPolicy } from '../../../src/services/session/session.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo } from '../../support/overlap.ts';
import { asPublished } from '../../support/report-schema.ts';
import { TestRepository } from '../../support/repository.ts';
import { land, landable, outcomes, stack } from './fixture.ts';

/** `git` that kills whoever has it carry a work tree for the second time, once that is done. */
const DEADLY = `#!/bin/sh
PATH=\${PATH#*:}
case "$*" in *'read-tree -m -u'*)
  git "$@"; code=$?; echo x >>"$KILL_COUNT"
  if [ "$(wc -l <"$KILL_COUNT")" -eq 2 ]; then kill -9 "$PPID"; fi
  exit $code ;;
esac
exec git "$@"
`;

describe('land undo of what only this clone has', () => {
  const repository = landable(undefined, 'true');
  stack(repository);
  repository.git('switch', '-q', 'main');
  repository.write('bin/git', DEADLY, 0o755);
  repository.write('.git/info/exclude', 'bin/\n');
  const host = hostIn(repository);
  const branches = ['feat/a1/x', 'feat/a1/more'];
  const at = (name = 'main'): string => repository.git('rev-parse', name);
  const state = (): string[] => [at(), at('HEAD'), repository.git('status', '--porcelain')];
  const undo = (receipt = '') => asPublished(runLandUndo(host, { receipt, yes: true }));
  const newest = async () => (await runLandShow(host, { receipt: '' })).data.receipts[0]!;
  const before = at();

  it('moves the base back, around whatever is not committed', async () => {
    await land(repository, { branches, once: true });
    const landed = await newest();
    repository.write('a/more', 'not committed\n');
    await expect(undo()).rejects.toThrow('a/more is changed there and not committed');
    expect([at(), readFileSync(`${repository.directory}/a/more`, 'utf8')]).toEqual([
      landed.after,
      'not committed\n',
    ]);
    repository.git('checkout', '-q', 'a/more');
    repository.write('new', 'in no commit of either side\n');
    const report = await undo();
    expect([report.verdict, outcomes(report)]).toEqual([
      'allowed',
      ['feat/a1/more landed', 'feat/a1/x landed'],
    ]);
    expect(state()).toEqual([before, before, '?? new']);
    repository.git('clean', '-q', '-f');
    expect(await newest()).toMatchObject({
      ...{ undoes: landed.id, back: true, before: landed.after, after: before },
    });
    expect(report.data.journal!.undoes).toMatchObject({
      ...{ receipt: landed.id, back: true, why: 'nobody but this clone had it' },
    });
    expect(report.data.notices).toEqual([
      'open again, to be mended and landed: feat/a1/x feat/a1/more',
    ]);
  });

  it('is true of it afterwards, and lets the branches be mended and landed anew', async () => {
    const status = repository.bailiwick(['land', 'status']).stdout;
    expect(status).toMatch(/took back 2 of 2 on main/);
    expect(status).toContain('taken back whole: nobody but this clone had it');
    expect(repository.bailiwick(['land', 'show']).stdout).toMatch(/takes back r\w+ whole/);
    const clean = async () =>
      (await runClean(host, { offline: true })).data.branches.map(({ branch }) => branch);
    const report = async () => (await runReport(host, { since: '7d', offline: true })).data;
    expect(await clean()).toEqual([]);
    expect((await report()).landings).toMatchObject({ count: 0, ordered: 0, undone: 1 });
    expect((await report()).integration).toMatchObject({ landings: 1, landed: 0 });
    await expect(undo()).rejects.toMatchObject({
      message: expect.stringMatching(/^main was moved back over r\w+, and has nothing of it$/),
      hints: [{ command: 'bailiwick land feat/a1/x feat/a1/more' }],
    });
    commitTo(repository, 'feat/a1/more', { 'a/more': 'mended\n' });
    repository.git('switch', '-q', 'main');
    expect(outcomes(await land(repository, { branches, once: true }))).toEqual([
      'feat/a1/more landed',
      'feat/a1/x landed',
    ]);
    expect(repository.git('show', 'main:a/more')).toBe('mended');
    expect(await clean()).toEqual(['feat/a1/more', 'feat/a1/x']);
    expect((await report()).landings).toMatchObject({ count: 2, ordered: 2, undone: 1 });
    repository.git('reset', '-q', '--hard', before);
  });

  it('takes nothing from whoever has it: by reverts then', async () => {
    await land(repository, { branches: ['feat/a3/x'] });
    const landed = await newest();
    const elsewhere = () =>
      withPolicy(host, async (session) =>
        knownElsewhere(
          session,
          landed,
          (await readTip(session.reader, branchRef(landed.base))) as Oid,
        ),
      );
    expect(await elsewhere()).toBeNull();
    const server = TestRepository.create({ bare: true, name: 'server.git' });
    repository.git('remote', 'add', 'other', server.directory);
    repository.git('push', '-q', 'other', 'main');
    expect(await elsewhere()).toBe('other/main has it');
    repository.git('remote', 'remove', 'other');
    repository.git('tag', '-m', 'x', 'seen');
    expect(await elsewhere()).toBe('seen has it');
    repository.git('tag', '-d', 'seen');
    repository.git('worktree', 'add', '-q', '--detach', '../look', 'main');
    expect(await elsewhere()).toMatch(/^it is checked out in .*look$/);
    repository.git('worktree', 'remove', '../look');
    repository.write('a/list', 'set aside\n');
    repository.git('stash', '-q');
    expect(await elsewhere()).toBeNull();
    repository.git('stash', 'drop', '-q');
    repository.commit('later', { later: 'x\n' });
    expect(await elsewhere()).toBe('main has gone on since');
    repository.git('reset', '-q', '--hard', landed.after);
    commitTo(repository, 'feat/a2/top', { 'b/top': 'x\n' }, 'main');
    repository.git('switch', '-q', 'main');
    const { data } = await undo();
    expect(data.journal!.undoes).toMatchObject({ back: false, why: 'feat/a2/top has it' });
    expect([at('main~'), at('main:c/list')]).toEqual([landed.after, at(`${before}:c/list`)]);
    expect(repository.bailiwick(['land', 'status']).stdout).toContain(
      'taken back by reverts: feat/a2/top has it',
    );
    repository.git('branch', '-q', '-D', 'feat/a2/top');
    repository.git('reset', '-q', '--hard', before);
  });

  it('moves nothing where the worktree cannot follow, and keeps what is in the way', async () => {
    commitTo(repository, 'feat/a1/drop', { 'a/list': null }, 'main');
    repository.git('switch', '-q', 'main');
    await land(repository, { branches: ['feat/a1/drop'] });
    const dropped = at();
    repository.write('a/list', 'mine\n');
    await expect(undo()).rejects.toThrow(/main cannot be moved back in .*a\/list/);
    expect(state()).toEqual([dropped, dropped, '?? a/']);
    repository.git('clean', '-qfd');
    const { data } = await runLandContinue(host, { yes: true });
    expect([state(), data.notices.length]).toEqual([[before, before, ''], 1]);
  });

  it('moves a base that is checked out nowhere', async () => {
    repository.git('switch', '-q', '--detach');
    await land(repository, { branches, land: 'rebase', once: true });
    expect(at()).not.toBe(before);
    await undo();
    expect(state()).toEqual([before, before, '']);
    repository.git('switch', '-q', 'main');
  });

  it('65 killed with the worktree carried and the base not moved, is gone on with, or reverted', async () => {
    const runKilled = async (count: string): Promise<void> => {
      await land(repository, { branches: ['feat/a3/x'] });
      const landed = at();
      const environment = {
        PATH: `${repository.directory}/bin:${repository.environment['PATH']}`,
        KILL_COUNT: `${repository.home}/${count}`,
      };
      expect(repository.bailiwick(['land', 'undo', '--yes'], { environment }).code).not.toBe(0);
      expect(at()).toBe(landed);
      expect((await runLandStatus(host)).data.journal!.publishing).toBe(before);
    };
    await runKilled('first');
    await runLandContinue(host, { yes: true });
    expect(state()).toEqual([before, before, '']);
    await runKilled('second');
    const landed = at();
    repository.git('tag', 'seen');
    const { data } = await runLandContinue(host, { yes: true });
    expect(data.journal).toMatchObject({
      end: 'done',
      undoes: { back: false, why: 'seen has it' },
    });
    expect([repository.git('status', '--porcelain'), at('main~')]).toEqual(['', landed]);
    expect(at('main^{tree}')).toBe(at(`${before}^{tree}`));
  });
});
