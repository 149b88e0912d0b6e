import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSync } from '../../src/commands/sync.ts';
import type { SyncData } from '../../src/domain/reports/sync.ts';
import { hintSentence } from '../../src/render/hint.ts';
import { alone, failureOf, type Machine, REF, together, unplug } from './lock/fixture.ts';

const sync = (machine: Machine, dryRun = false) => runSync(machine.host, { dryRun });
const rows = ({ data }: { data: SyncData }): string[] =>
  data.refs.map(({ ref, outcome }) => `${outcome} ${ref.replace('refs/bailiwick/', '')}`);

it('pushes what only this clone has, of every kind, and the other fetches it', async () => {
  const { machine, server } = together();
  const [one, two] = [machine('one'), machine('two')];
  await one.lock('acquire', 'a1', { offline: true });
  one.repository.git('update-ref', 'refs/bailiwick/tasks/t1', 'HEAD');
  expect(rows(await sync(one))).toEqual(['pushed locks/common', 'pushed tasks/t1']);
  expect(server.git('rev-parse', REF)).toBe(one.tip());
  expect(rows(await sync(two))).toEqual(['fetched locks/common', 'fetched tasks/t1']);
  expect(two.tip()).toBe(one.tip());
  const again = await sync(two);
  expect(rows(again)).toEqual(['same locks/common', 'same tasks/t1']);
  expect(again).toMatchObject({ verdict: 'allowed', findings: [] });
});

it('takes over what the remote went on to', async () => {
  const { machine } = together();
  const [one, two] = [machine('one'), machine('two')];
  await one.lock('acquire', 'a1');
  await sync(two);
  await one.lock('release', 'a1');
  const report = await sync(two);
  expect(rows(report)).toEqual(['fetched locks/common']);
  expect(report.data.refs[0]?.remote).toBe(one.tip());
  expect(two.tip()).toBe(one.tip());
});

it('tells whose lock does not count where both went on', async () => {
  const { machine } = together();
  const [one, two] = [machine('one'), machine('two')];
  await one.lock('acquire', 'a1', { offline: true });
  await two.lock('acquire', 'a2');
  const report = await sync(one);
  expect(rows(report)).toEqual(['overruled locks/common']);
  expect(one.tip()).toBe(two.tip());
  expect(report.verdict).toBe('allowed');
  expect(report.findings).toMatchInlineSnapshot(`
    [
      {
        "agent": "a1",
        "code": "lock-held",
        "hint": {
          "aim": "see all locks",
          "command": "bailiwick lock list",
        },
        "message": "the lock common that a1 took at 2026-03-01T12:00:00Z while the remote was out of reach does not count: a2 holds it there",
        "rule": "shared.common",
        "severity": "warning",
      },
    ]
  `);
});

it('says nothing more where both went on to the same holder', async () => {
  const { machine } = together();
  const [one, two] = [machine('one'), machine('two')];
  await one.lock('acquire', 'a1', { offline: true });
  await two.lock('acquire', 'a1');
  const report = await sync(one);
  expect(rows(report)).toEqual(['overruled locks/common']);
  expect(report.findings).toEqual([]);
});

it('changes nothing in a dry run, and says what it would', async () => {
  const { machine, server } = together();
  const [one, two] = [machine('one'), machine('two')];
  await one.lock('acquire', 'a1');
  two.repository.git('update-ref', 'refs/bailiwick/tasks/t1', 'HEAD');
  expect(rows(await sync(two, true))).toEqual(['fetched locks/common', 'pushed tasks/t1']);
  expect(two.tip()).toBe('');
  expect(server.git('for-each-ref', '--format=%(refname)', 'refs/bailiwick/')).toBe(REF);
});

it('adds nothing to the settings, and leaves other refs alone', async () => {
  const { machine, server } = together();
  const one = machine('one');
  await one.lock('acquire', 'a1', { offline: true });
  one.repository.git('tag', 'v1');
  server.git('update-ref', 'refs/heads/new', 'main');
  const before = one.repository.git('config', '--list');
  const refs = one.repository.git('for-each-ref');
  await sync(one);
  expect(one.repository.git('config', '--list')).toBe(before);
  expect(one.repository.git('for-each-ref')).toBe(refs);
  expect(existsSync(join(one.repository.directory, '.git/FETCH_HEAD'))).toBe(false);
  expect(server.git('tag')).toBe('');
});

it('loses nothing when several clones sync at the same time', async () => {
  const { machine, server } = together();
  const machines = ['one', 'two', 'three'].map(machine);
  for (const [at, { repository }] of machines.entries()) {
    repository.git('update-ref', `refs/bailiwick/tasks/own-${at}`, 'HEAD');
    repository.git('update-ref', 'refs/bailiwick/tasks/all', 'HEAD');
  }
  await Promise.all(machines.map((one) => sync(one)));
  await Promise.all(machines.map((one) => sync(one)));
  const states = (of: { git(...args: string[]): string }): string =>
    of.git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/bailiwick/');
  expect(states(server).split('\n')).toHaveLength(4);
  for (const { repository } of machines) expect(states(repository)).toBe(states(server));
});

it('waits for a push that holds a ref on the remote', async () => {
  const { machine, server } = together();
  const one = machine('one');
  await one.lock('acquire', 'a1', { offline: true });
  server.write(`${REF}.lock`, '');
  setTimeout(() => rmSync(join(server.directory, `${REF}.lock`)), 600);
  expect((await sync(one)).data.refs).toMatchObject([{ ref: REF, outcome: 'pushed' }]);
  expect(server.git('rev-parse', REF)).toBe(one.tip());
});

describe('it cannot be done', () => {
  it('without a remote', async () => {
    const failure = await failureOf(sync(alone()));
    expect(failure).toMatchObject({ kind: 'usage' });
    expect(failure.hints.map(hintSentence)).toEqual([
      'To share them with other machines, run git remote add origin <url>',
    ]);
  });

  it('while the remote is out of reach', async () => {
    const one = together().machine('one');
    unplug(one);
    expect((await failureOf(sync(one))).message).toMatch(/^origin cannot be reached: .*unplugged/);
  });

  it('when the remote forbids it', async () => {
    const { machine, server } = together();
    server.write('hooks/update', '#!/bin/sh\nexit 1\n', 0o755);
    const one = machine('one');
    await one.lock('acquire', 'a1', { offline: true });
    const failure = await failureOf(sync(one));
    expect(failure.message).toMatch(/^origin does not let .* be changed: .*hook declined/);
  });

  it('when the remote has something else than a commit there', async () => {
    const { machine, server } = together();
    const ref = 'refs/bailiwick/tasks/t1';
    server.git('update-ref', ref, server.git('rev-parse', 'main^{tree}'));
    const one = machine('one');
    await one.lock('acquire', 'a1', { offline: true });
    const report = await sync(one);
    expect(rows(report)).toEqual(['pushed locks/common', 'undecided tasks/t1']);
    expect(report.verdict).toBe('undecided');
    const { reason, hint } = report.data.refs[1]!.problem!;
    expect(reason).toContain(`${ref} of the remote does not name a commit`);
    one.repository.run('sh', ['-c', hint!.command!]);
    expect(rows(await sync(one))).toEqual(['same locks/common']);
  });
});
