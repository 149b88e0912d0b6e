import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLandAbort } from '../../../src/commands/land/abort.ts';
import { runLandContinue } from '../../../src/commands/land/continue.ts';
import { runLandUndo } from '../../../src/commands/land/undo.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo } from '../../support/overlap.ts';
import { scratchDirectory, type TestRepository } from '../../support/repository.ts';
import { BRANCHES, land, landable, outcomes } from './fixture.ts';

const GOOD = { 'a1/x': BRANCHES['a1/x']!, 'a3/x': BRANCHES['a3/x']! };

/** A fleet whose base is on a server as well. */
function shared(check?: string): { mine: TestRepository; origin: string } {
  const mine = landable(GOOD, check);
  const origin = join(mine.home, 'origin.git');
  mine.git('init', '-q', '--bare', '-b', 'main', origin);
  mine.git('remote', 'add', 'origin', origin);
  mine.git('push', '-q', 'origin', 'main');
  mine.git('switch', '-q', 'main');
  return { mine, origin };
}

const PUSH = { local: false, push: true, once: true } as const;
const tips = (mine: TestRepository, origin: string): string =>
  mine.git('ls-remote', origin).replace(/^.*\tHEAD\n/, '');

// Servers that refuse are asked again after a while: that is waited for side by side.
describe.concurrent('land --push', () => {
  it('moves base, journal and receipt of the server at once, and this clone follows', async () => {
    const { mine, origin } = shared();
    const before = mine.git('rev-parse', 'main^{tree}');
    const { data, verdict } = await land(mine, { ...PUSH, land: 'squash' });
    expect([verdict, data.journal!.end, data.notices]).toEqual(['allowed', 'done', []]);
    const there = tips(mine, origin);
    for (const ref of [
      'refs/heads/main',
      'refs/bailiwick/landings/main',
      'refs/bailiwick/receipts/main',
    ])
      expect(there).toContain(`${mine.git('rev-parse', ref)}\t${ref}`);
    expect(mine.git('status', '--porcelain', '--branch')).toBe('## main');
    expect(mine.git('rev-parse', 'origin/main')).toBe(data.journal!.onto);
    // Taken back where it landed, by whoever pulls.
    const undone = await runLandUndo(hostIn(mine), { receipt: '', yes: true });
    expect(outcomes(undone)).toEqual(['feat/a1/x landed', 'feat/a3/x landed']);
    expect(mine.git('rev-parse', 'origin/main^{tree}')).toBe(before);
    expect(tips(mine, origin)).toContain(`${mine.git('rev-parse', 'main')}\trefs/heads/main`);
    expect(undone.data.receipts.map(({ way, undoes }) => [way, undoes !== null])).toEqual([
      ['push', true],
    ]);
  });

  it('48 somebody pushed meanwhile: what lands is built on that, and validated again', async () => {
    const home = landable({}).home;
    const flag = join(home, 'moved');
    const { mine, origin } = shared(
      `test -e ${flag} || { touch ${flag}; git --git-dir=${home}/link update-ref refs/heads/main other; }`,
    );
    mine.run('ln', ['-s', origin, `${home}/link`]);
    commitTo(mine, 'other', { 'b/other': 'other\n' }, 'main');
    mine.git('push', '-q', 'origin', 'other');
    const { data } = await land(mine, PUSH);
    expect([data.journal!.end, data.journal!.rounds]).toEqual(['done', 1]);
    expect(mine.git('ls-tree', '-r', '--name-only', 'origin/main')).toContain('b/other');
    expect(data.journal!.proofs.length).toBe(4);
  });

  it('67 a server that takes it and does not say so has taken it once', async () => {
    const { mine, origin } = shared();
    // It ends after the refs have moved, before it answers.
    mine.write('../origin.git/hooks/post-receive', '#!/bin/sh\nkill -9 $PPID\n', 0o755);
    const { data } = await land(mine, PUSH);
    expect(data.journal!.end).toBe('done');
    const receipts = ['rev-list', '--count', '--first-parent', 'refs/bailiwick/receipts/main'];
    expect(mine.git(...receipts, '^main')).toBe('1');
    expect(tips(mine, origin)).toContain(`${data.journal!.onto}\trefs/heads/main`);
  });

  it('70 a server that makes something else of what it took is found out', async () => {
    const { mine } = shared();
    // What a bot does that adds a file to every push.
    const rewrite = `#!/bin/sh
while read -r old new ref; do
  test "$ref" = refs/heads/main || continue
  blob=$(echo added | git hash-object -w --stdin)
  tree=$( { git ls-tree "$new"; printf '100644 blob %s\\tadded\\n' "$blob"; } | git mktree)
  git update-ref "$ref" "$(git commit-tree -m again -p "$old" "$tree")"
done
`;
    mine.write('../origin.git/hooks/post-receive', rewrite, 0o755);
    const { data, findings } = await land(mine, PUSH);
    expect(data.journal!.end).toBe('differs');
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(
        /^land-failed main is not what was validated: origin has [0-9a-f]{10} there/,
      ),
    ]);
  });

  it('68 a server without atomic pushes takes nothing, and a pull request is named', async () => {
    const { mine, origin } = shared('true');
    mine.git('--git-dir', origin, 'config', 'receive.advertiseAtomic', 'false');
    const before = tips(mine, origin);
    const told: unknown = await land(mine, PUSH).catch((error: unknown) => error);
    expect(String(told)).toMatch(
      /origin does not take main with the journal and the receipt: .*atomic/,
    );
    expect(JSON.stringify(told)).toContain('give --pr instead of --push');
    expect(tips(mine, origin).replace(/^.*refs\/bailiwick\/landings\/main\n/m, '')).toBe(before);
  });

  it('a server that goes away meanwhile decides all the same, and not this clone', async () => {
    const flag = join(scratchDirectory(), 'flag');
    const away = `test -e ${flag}-used || { touch ${flag}-used; mv "$(cat ${flag})" ${flag}-away; }`;
    const { mine, origin } = shared(away);
    writeFileSync(flag, origin);
    const before = mine.git('rev-parse', 'main');
    await expect(land(mine, PUSH)).rejects.toThrow('origin does not answer');
    expect(mine.git('rev-parse', 'main')).toBe(before);
    renameSync(`${flag}-away`, origin);
    const { data } = await runLandContinue(hostIn(mine), { yes: true });
    expect(data.journal!.end).toBe('done');
    expect(tips(mine, origin)).toContain(`${data.journal!.onto}\trefs/heads/main`);
  });

  it('68, 69 a server that does not take the base keeps all of it, and the landing can be ended', async () => {
    const { mine, origin } = shared();
    mine.write('../origin.git/hooks/update', '#!/bin/sh\ntest "$1" != refs/heads/main\n', 0o755);
    const main = mine.git('rev-parse', 'main');
    await expect(land(mine, PUSH)).rejects.toThrow(/origin does not take main/);
    expect(tips(mine, origin)).toContain(`${main}\trefs/heads/main`);
    expect(tips(mine, origin)).not.toContain('receipts');
    expect(mine.git('rev-parse', 'main')).toBe(main);
    mine.write('../origin.git/hooks/update', '#!/bin/sh\n', 0o755);
    const done = await runLandContinue(hostIn(mine), { yes: true });
    expect(outcomes(done)).toEqual(['feat/a1/x landed', 'feat/a3/x landed']);
    await expect(runLandAbort(hostIn(mine))).rejects.toThrow(/no landing on main is under way/);
  });

  it('a server that forbids what landings are written in is told of with what land has', async () => {
    const { mine, origin } = shared('true');
    mine.write('../origin.git/hooks/update', '#!/bin/sh\nexpr "$1" : refs/heads/\n', 0o755);
    const before = tips(mine, origin);
    const told: unknown = await land(mine, PUSH).catch((error: unknown) => error);
    expect(tips(mine, origin)).toBe(before);
    expect(String(told)).toContain('does not let refs/bailiwick/landings/main be changed');
    expect(JSON.stringify(told)).toContain('give --local instead of --push');
    expect(JSON.stringify(told)).not.toContain('--offline');
    expect((await land(mine, { once: true })).verdict).toBe('allowed');
  });

  it('leaves a base of this clone alone that has work in it, and says so', async () => {
    const { mine, origin } = shared();
    mine.write('b/list', 'draft\n');
    const { data } = await land(mine, PUSH);
    expect(data.notices).toEqual([expect.stringContaining('b/list is changed there')]);
    expect(mine.read('b/list')).toBe('draft\n');
    expect(tips(mine, origin)).toContain(`${data.journal!.onto}\trefs/heads/main`);
  });
});
