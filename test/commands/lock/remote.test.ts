import { describe, expect, it } from 'vitest';
import { CLOCK_GRACE } from '../../../src/domain/lock.ts';
import { failureOf, HOUR, Machine, REF, said, together, unplug } from './fixture.ts';

describe.each(['sha1', 'sha256'] as const)('two machines with a %s remote', (format) => {
  it('see one lock, and the remote has its whole history', async () => {
    const { server, machine } = together(format);
    const [one, two] = [machine('one'), machine('two')];
    expect(said(await one.lock('acquire', 'a1'))).toBe('acquired a1#1');
    expect(one.tip()).toBe(server.git('rev-parse', REF));
    const refused = await two.lock('acquire', 'a2');
    expect(said(refused)).toBe('refused lock-held');
    expect(refused.findings[0]?.message).toContain('held by a1 on one since');
    expect(two.tip()).toBe(one.tip());
    expect(said(await two.lock('release', 'a2'))).toBe('refused lock-held');
    expect(said(await one.lock('release', 'a1'))).toBe('released free#1');
    expect(said(await two.lock('acquire', 'a2'))).toBe('acquired a2#2');
    expect(server.git('log', '--format=%s', REF).split('\n')).toHaveLength(3);
    expect(two.lease()).toMatchObject({ holder: 'a2', host: 'two', offline: false });
  });
});

describe('the remote decides', () => {
  it('between two that ask at the same time', async () => {
    const { server, machine } = together();
    const [one, two] = [machine('one'), machine('two')];
    const words = (await Promise.all([one.lock('acquire', 'a1'), two.lock('acquire', 'a2')])).map(
      said,
    );
    expect(words.filter((word) => word.startsWith('acquired'))).toHaveLength(1);
    expect(words).toContain('refused lock-held');
    expect(server.git('log', '--format=%s', REF).split('\n')).toHaveLength(1);
  });

  it('over a lease that this clone alone has seen released', async () => {
    const { machine } = together();
    const [one, two] = [machine('one'), machine('two')];
    await one.lock('acquire', 'a1');
    await two.lock('acquire', 'a2');
    await two.list();
    await one.lock('release', 'a1', { offline: true });
    expect(said(await two.lock('acquire', 'a2'))).toBe('refused lock-held');
    expect(said(await one.lock('release', 'a1'))).toBe('unchanged free#1');
    expect(said(await two.lock('acquire', 'a2'))).toBe('acquired a2#2');
  });

  it('when an expired lease may be taken, with a minute for clocks that differ', async () => {
    const { machine } = together();
    const [one, two] = [machine('one'), machine('two')];
    await one.lock('acquire', 'a1');
    two.now += 2 * HOUR + CLOCK_GRACE - 1;
    expect(said(await two.lock('acquire', 'a2', { steal: true }))).toBe('refused lock-held');
    two.now += 1;
    expect(said(await two.lock('acquire', 'a2', { steal: true }))).toBe('stolen a2#2');
    expect(said(await one.lock('renew', 'a1'))).toBe('refused lock-held');
  });

  it('and when it forbids the ref, nobody holds the lock', async () => {
    const { server, machine } = together();
    server.write('hooks/update', '#!/bin/sh\nexit 1\n', 0o755);
    const one = machine('one');
    const failure = await failureOf(one.lock('acquire', 'a1', { wait: true }));
    expect(failure.message).toMatch(
      /^origin does not let refs\/bailiwick\/locks\/common be changed/,
    );
    expect(failure.kind).toBe('git');
    expect(one.tip()).toBe('');
  });

  it('however long it takes over a swap', async () => {
    const { server, machine } = together();
    // The ref is locked meanwhile, and git waits a tenth of a second for that.
    server.write(
      'hooks/reference-transaction',
      '#!/bin/sh\n[ "$1" != prepared ] || sleep 0.5\n',
      0o755,
    );
    const machines = ['one', 'two', 'three'].map(machine);
    const answers = await Promise.all(machines.map((one) => one.lock('acquire', 'a1')));
    expect(answers.map(said).sort()).toEqual(['acquired a1#1', 'unchanged a1#1', 'unchanged a1#1']);
    expect(machines.map((one) => one.tip())).toEqual(
      machines.map(() => server.git('rev-parse', REF)),
    );
  });

  it('though its answer was lost on the way', async () => {
    const { server, machine } = together();
    // The swap is done, then the connection breaks before the client hears of it.
    server.write('hooks/post-receive', '#!/bin/sh\nkill -9 $PPID\n', 0o755);
    const one = machine('one');
    const report = await one.lock('acquire', 'a1');
    expect(said(report)).toBe('acquired a1#1');
    expect(report.data.notices).toEqual([]);
    expect(one.tip()).toBe(server.git('rev-parse', REF));
    expect(one.lease()).toMatchObject({ offline: false });
  });

  it('though a killed git keeps this clone from following', async () => {
    const { server, machine } = together();
    const one = machine('one');
    one.repository.write(`.git/${REF}.lock`, '');
    const failure = await failureOf(one.lock('acquire', 'a1'));
    expect(failure.hints[0]?.command).toMatch(/^rm /);
    one.repository.run('sh', ['-c', failure.hints[0]!.command!]);
    expect(said(await one.lock('acquire', 'a1'))).toBe('unchanged a1#1');
    expect(one.tip()).toBe(server.git('rev-parse', REF));
  });

  it('and a state of its that cannot be read is no free lock', async () => {
    const { server, machine } = together();
    server.git('update-ref', REF, 'main');
    const failure = await failureOf(machine('one').lock('acquire', 'a1'));
    expect(failure.message).toBe(`${REF} does not hold a lease: it has no state.json`);
  });
});

describe('while the remote is out of reach', () => {
  it('a lock is taken in the clone alone, recorded so and said', async () => {
    const { server, machine } = together();
    const one = machine('one');
    unplug(one);
    const report = await one.lock('acquire', 'a1');
    expect(said(report)).toBe('acquired a1#1');
    expect(report.verdict).toBe('allowed');
    expect(report.data.notices).toEqual([
      expect.stringMatching(
        /^origin was not asked \(.*unplugged.*\): the answer is this clone's own$/,
      ),
      'the lock was acquired in this clone only, and origin may decide otherwise until the next sync',
    ]);
    expect(one.lease()).toMatchObject({ offline: true });
    expect(said(await one.lock('acquire', 'a2'))).toBe('refused lock-held');
    expect(server.tryGit('rev-parse', '--verify', '--quiet', REF).code).toBe(1);
  });

  it('--offline does not even ask', async () => {
    const { server, machine } = together();
    const one = machine('one');
    const report = await one.lock('acquire', 'a1', { offline: true });
    expect(report.data.notices[0]).toBe(
      "origin was not asked (as asked by --offline): the answer is this clone's own",
    );
    expect(server.tryGit('rev-parse', '--verify', '--quiet', REF).code).toBe(1);
    expect((await one.list(true)).data.notices).toEqual([
      'origin was not asked (as asked by --offline): other machines may have moved on',
    ]);
  });

  it('the lock counts everywhere as soon as the remote hears of it', async () => {
    const { machine } = together();
    const [one, two] = [machine('one'), machine('two')];
    await one.lock('acquire', 'a1', { offline: true });
    expect((await one.list()).data.locks[0]).toMatchObject({ standing: 'ahead', state: 'held' });
    // Another agent of the same clone asks, and the clone tells the remote what it knows.
    expect(said(await one.lock('acquire', 'a2'))).toBe('refused lock-held');
    expect(said(await two.lock('acquire', 'a2'))).toBe('refused lock-held');
    expect((await two.list()).data.locks[0]).toMatchObject({ standing: 'same', state: 'held' });
  });

  it('the lock does not count when another machine was first', async () => {
    const { machine } = together();
    const [one, two] = [machine('one'), machine('two')];
    await one.lock('acquire', 'a1', { offline: true });
    const lost = one.tip();
    await two.lock('acquire', 'a2');
    expect((await one.list()).data.locks[0]).toMatchObject({
      standing: 'diverged',
      lease: { holder: 'a2' },
    });
    const report = await one.lock('renew', 'a1');
    expect(said(report)).toBe('refused lock-held');
    expect(report.data.notices).toEqual([
      `origin decided otherwise than this clone did while origin was out of reach; what was overruled is in commit ${lost}`,
    ]);
    expect(one.tip()).toBe(two.tip());
    expect(one.repository.git('reflog', 'show', '--format=%H', REF)).toContain(lost);
  });

  it('nothing is pushed by a dry run or a list', async () => {
    const { server, machine } = together();
    const one = machine('one');
    await one.lock('acquire', 'a1', { offline: true });
    expect(said(await one.lock('release', 'a1', { dryRun: true }))).toBe('released free#1');
    await one.list();
    expect(server.tryGit('rev-parse', '--verify', '--quiet', REF).code).toBe(1);
  });
});

describe("the user's own settings", () => {
  it('stay as they are, and no hook, tag or tracking ref is involved', async () => {
    const { server, machine } = together();
    const one = machine('one');
    const { repository } = one;
    repository.write('.git/hooks/pre-push', '#!/bin/sh\nexit 1\n', 0o755);
    const settings = repository.git('config', '--list', '--show-origin');
    const refs = (): string => repository.git('for-each-ref', '--format=%(refname)');
    const before = refs();
    expect(said(await one.lock('acquire', 'a1'))).toBe('acquired a1#1');
    await machine('two').lock('acquire', 'a2');
    await one.lock('release', 'a1');
    expect(refs().split('\n').sort()).toEqual([...before.split('\n'), REF].sort());
    expect(repository.git('config', '--list', '--show-origin')).toBe(settings);
    expect(repository.git('status', '--porcelain', '--ignored')).toBe('');
    expect(server.git('for-each-ref', '--format=%(refname)').split('\n').sort()).toEqual(
      [REF, 'refs/heads/main'].sort(),
    );
  });

  it('with a partial clone, leases are fetched whole', async () => {
    const { server, machine } = together();
    await machine('one').lock('acquire', 'a1');
    server.git('config', 'uploadpack.allowFilter', 'true');
    const partial = server.at('../partial');
    const url = `file://${server.directory}`;
    server.git('clone', '-q', '--filter=blob:none', url, partial.directory);
    const two = new Machine(partial, 'partial');
    expect(said(await two.lock('acquire', 'a2'))).toBe('refused lock-held');
    unplug(two);
    expect(said(await two.lock('acquire', 'a2'))).toBe('refused lock-held');
  });

  it('with a shallow clone, one machine still follows the other', async () => {
    const { server, machine } = together();
    const one = machine('one');
    await one.lock('acquire', 'a1');
    const shallow = server.at('../shallow');
    server.git('clone', '-q', '--depth=1', `file://${server.directory}`, shallow.directory);
    const two = new Machine(shallow, 'shallow');
    expect(said(await two.lock('acquire', 'a2'))).toBe('refused lock-held');
    await one.lock('release', 'a1');
    expect(said(await two.lock('acquire', 'a2'))).toBe('acquired a2#2');
    expect(said(await one.lock('acquire', 'a1'))).toBe('refused lock-held');
  });
});
