import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import { parseStatus, workTreeStatus } from '../../../src/git/worktree/status.ts';
import { TestRepository } from '../../support/repository.ts';

const ODD = 'sp ace\ttab\nline "quote" \u00fc \\';

function repository(format: 'sha1' | 'sha256' = 'sha1'): TestRepository {
  const made = TestRepository.create({ format });
  const names = ['kept', 'staged', 'unstaged', 'both', 'deleted', 'removed', 'mode', 'back'];
  made.commit(
    'first',
    Object.fromEntries([...names, `dir/${ODD}`].map((name) => [name, `${name}\n`])),
  );
  return made;
}

describe.each(['sha1', 'sha256'] as const)('workTreeStatus (%s)', (format) => {
  it('tells what is staged from what is not', async () => {
    const at = repository(format);
    for (const name of ['staged', 'both', 'back']) at.write(name, 'index\n');
    at.git('rm', '-q', 'removed');
    at.write('added', 'x\n');
    at.write('vanished', 'x\n');
    at.git('add', '-A');
    for (const name of ['unstaged', 'both']) at.write(name, 'work\n');
    at.write('back', 'back\n');
    at.write(`dir/${ODD}`, 'work\n');
    at.write('mode', 'mode\n', 0o755);
    for (const name of ['deleted', 'vanished']) rmSync(join(at.directory, name));
    const { head, branch, tracked, unmerged, untracked } = await workTreeStatus(at.repo);
    expect([head, branch]).toEqual([at.git('rev-parse', 'HEAD'), 'main']);
    const seen = tracked.map((entry) => {
      const states = `${entry.staged ? 'S' : '-'}${entry.unstaged ? 'U' : '-'}`;
      const modes = [entry.head?.mode, entry.index?.mode, entry.workTreeMode];
      return `${states} ${modes.map((mode) => mode ?? 'none').join(' ')} ${entry.path}`;
    });
    expect(seen).toEqual([
      'S- none 100644 100644 added',
      'SU 100644 100644 100644 back',
      'SU 100644 100644 100644 both',
      '-U 100644 100644 none deleted',
      `-U 100644 100644 100644 dir/${ODD}`,
      '-U 100644 100644 100755 mode',
      'S- 100644 none none removed',
      'S- 100644 100644 100644 staged',
      '-U 100644 100644 100644 unstaged',
      'SU none 100644 none vanished',
    ]);
    expect(tracked.find(({ path }) => path === 'staged')).toMatchObject({
      head: { oid: at.git('rev-parse', 'HEAD:staged') },
      index: { oid: at.git('rev-parse', ':staged') },
    });
    expect({ unmerged, untracked }).toEqual({ unmerged: [], untracked: [] });
    at.git('config', 'status.showStash', 'true');
    at.git('stash', '-q');
    at.git('switch', '-q', '--detach');
    expect(await workTreeStatus(at.repo)).toMatchObject({ head, branch: null });
    at.git('symbolic-ref', 'HEAD', 'refs/heads/a/new');
    expect(await workTreeStatus(at.repo)).toMatchObject({ head: null, branch: 'a/new' });
  });
});

describe('workTreeStatus', () => {
  it('sees a rename as a deletion and an addition, whatever the configuration says', async () => {
    const at = repository();
    at.git('config', 'status.renames', 'copies');
    at.git('config', 'status.showUntrackedFiles', 'no');
    at.git('config', 'status.relativePaths', 'true');
    at.git('mv', 'kept', 'moved');
    at.write('new', 'new\n');
    const { tracked, untracked } = await workTreeStatus(at.repo);
    expect(tracked.map(({ path }) => path)).toEqual(['kept', 'moved']);
    expect(untracked).toEqual(['new']);
  });

  it('names untracked directories as a whole, and nothing that is ignored', async () => {
    const at = repository();
    at.write('.git/info/exclude', '*.log\nbuild/\n');
    at.write(`new ${ODD}/deep/file`);
    at.write('a.log');
    at.write('build/x');
    at.write('only/a.log');
    symlinkSync('kept', join(at.directory, 'link'));
    const { untracked } = await workTreeStatus(at.repo);
    expect(untracked).toEqual(['link', `new ${ODD}/`]);
  });

  it('names what a merge left unresolved', async () => {
    const at = repository();
    at.git('switch', '-q', '-c', 'topic');
    at.commit('theirs', { kept: 'theirs\n', [`dir/${ODD}`]: 'theirs\n' });
    at.git('switch', '-q', 'main');
    at.commit('ours', { kept: 'ours\n', [`dir/${ODD}`]: 'ours\n' });
    expect(at.tryGit('merge', 'topic').code).toBe(1);
    expect((await workTreeStatus(at.repo)).unmerged).toEqual([`dir/${ODD}`, 'kept']);
  });

  it('counts a submodule by its commit, not by what is dirty in it', async () => {
    const at = repository();
    const inner = TestRepository.create();
    inner.commit('inner', { file: '1\n' });
    at.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.directory, 'sub');
    at.commit('submodule');
    at.git('config', 'submodule.sub.ignore', 'all');
    at.write('sub/file', '2\n');
    at.write('sub/new', '2\n');
    expect((await workTreeStatus(at.repo)).tracked).toEqual([]);
    at.git('-C', 'sub', 'commit', '-qam', 'further');
    expect((await workTreeStatus(at.repo)).tracked).toMatchObject([
      { path: 'sub', unstaged: true, workTreeMode: '160000' },
    ]);
  });

  it('writes nothing', async () => {
    const at = repository();
    // Older than the index, so that git would like to note the new time.
    at.run('touch', ['-d', '2001-01-01', 'kept']);
    const before = at.run('sha1sum', ['.git/index']).stdout;
    await workTreeStatus(at.repo);
    expect(at.run('sha1sum', ['.git/index']).stdout).toBe(before);
  });
});

describe('parseStatus', () => {
  it.each([
    ['another record', '! ignored\0'],
    ['a rename', '2 R. N... 100644 100644 100644 a b R100 new\0old\0'],
    ['a record cut off', '1 .M N... 100644\0'],
    ['an empty record', '\0'],
  ])('refuses %s', (_what, text) => {
    expect(() => parseStatus(Buffer.from(text))).toThrow(Failure);
  });

  it('keeps names that are not UTF-8', () => {
    const output = Buffer.concat([Buffer.from('? '), Buffer.of(0x63, 0xe9), Buffer.of(0)]);
    expect(parseStatus(output).untracked).toEqual(['c\udce9']);
  });
});
