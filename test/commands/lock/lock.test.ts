import { describe, expect, it } from 'vitest';
import { LONGEST_REASON } from '../../../src/core/locks/lease.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import { CLOCK_GRACE } from '../../../src/domain/lock.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { TestRepository } from '../../support/repository.ts';
import { alone, failureOf, HOUR, Machine, NOON, REF, said } from './fixture.ts';

describe.each(['sha1', 'sha256'] as const)('a lock in a %s repository', (format) => {
  it('is taken, kept, renewed, given back and taken by another', async () => {
    const machine = alone(format);
    expect(said(await machine.lock('acquire', 'a1', { reason: 'move it' }))).toBe('acquired a1#1');
    expect(said(await machine.lock('acquire', 'a2'))).toBe('refused lock-held');
    expect(said(await machine.lock('acquire', 'a1'))).toBe('unchanged a1#1');
    machine.now += HOUR;
    expect(said(await machine.lock('renew', 'a1'))).toBe('renewed a1#1');
    expect(said(await machine.lock('release', 'a1'))).toBe('released free#1');
    expect(said(await machine.lock('release', 'a1'))).toBe('unchanged free#1');
    expect(said(await machine.lock('acquire', 'a2'))).toBe('acquired a2#2');
    expect(machine.repository.git('log', '--format=%s', REF).split('\n')).toEqual([
      'lock common acquired by a2',
      'lock common released',
      'lock common renewed by a1',
      'lock common acquired by a1',
    ]);
  });
});

describe('acquire', () => {
  it('records who, where, why and for how long', async () => {
    const machine = alone();
    machine.repository.git('switch', '-q', '-c', 'feat/a1/x');
    await machine.lock('acquire', 'a1', { reason: 'move it', ttl: '90m' });
    expect(machine.lease()).toEqual({
      version: 1,
      name: 'common',
      holder: 'a1',
      host: 'build-1',
      branch: 'feat/a1/x',
      since: '2026-03-01T12:00:00.000Z',
      expires: '2026-03-01T13:30:00.000Z',
      reason: 'move it',
      fence: 1,
      offline: false,
      takenFrom: null,
      base: machine.repository.git('rev-parse', 'main'),
      left: [],
    });
  });

  it('says who holds it, since when, until when, and how to wait', async () => {
    const machine = alone();
    await machine.lock('acquire', 'a1', { reason: 'move it' });
    const report = await machine.lock('acquire', 'a2');
    expect(report.verdict).toBe('refused');
    expect(report.agent).toBe('a2');
    expect(report.findings).toMatchInlineSnapshot(`
      [
        {
          "agent": "a2",
          "code": "lock-held",
          "hint": {
            "aim": "take it as soon as it is free",
            "command": "bailiwick lock acquire common --agent a2 --wait",
          },
          "message": "the lock common is held by a1 on build-1 since 2026-03-01T12:00:00Z until 2026-03-01T14:00:00Z: move it",
          "rule": "shared.common",
          "severity": "error",
        },
      ]
    `);
  });

  it('takes over an expired lease with --steal only, and records whose it was', async () => {
    const machine = alone();
    const other = new Machine(machine.repository, 'build-2');
    await machine.lock('acquire', 'a1');
    other.now = NOON + 2 * HOUR + CLOCK_GRACE - 1;
    expect(said(await other.lock('acquire', 'a2', { steal: true }))).toBe('refused lock-held');
    other.now += 1;
    const refused = await other.lock('acquire', 'a2');
    expect(said(refused)).toBe('refused lock-expired');
    expect(hintSentence(refused.findings[0]!.hint!)).toMatch(/--steal$/);
    expect(said(await other.lock('acquire', 'a2', { steal: true }))).toBe('stolen a2#2');
    expect(other.lease()).toMatchObject({ holder: 'a2', takenFrom: 'a1' });
    expect(machine.repository.git('show', `${REF}^:state.json`)).toContain('"holder": "a1"');
    const late = await machine.lock('renew', 'a1');
    expect(said(late)).toBe('refused lock-held');
    expect(late.findings[0]?.message).toContain('taken over from a1');
  });

  it('is for the agents of the part', async () => {
    const machine = alone();
    for (const verb of ['acquire', 'renew'] as const) {
      const report = await machine.lock(verb, 'a3');
      expect(said(report)).toBe('refused owned-by-other');
      expect(report.findings[0]).toMatchObject({ owner: ['a1', 'a2'], agent: 'a3' });
    }
    expect(said(await machine.lock('release', 'a3'))).toBe('unchanged free#0');
  });

  it('waits until the lock is free', async () => {
    const machine = alone();
    const waiter = new Machine(machine.repository, 'build-2');
    await machine.lock('acquire', 'a1');
    const notes: string[] = [];
    const host = { ...waiter.host, note: (text: string) => void notes.push(text) };
    Object.defineProperty(waiter, 'host', { value: host });
    const waiting = waiter.lock('acquire', 'a2', { wait: true });
    await machine.lock('release', 'a1');
    expect(said(await waiting)).toBe('acquired a2#2');
    expect(notes.every((note) => note === 'waiting for common: a1 holds it')).toBe(true);
  });

  it('gives up when the wait is over', async () => {
    const machine = alone();
    await machine.lock('acquire', 'a1');
    const start = Date.now();
    Object.defineProperty(machine, 'now', { get: () => NOON + Date.now() - start });
    expect(said(await machine.lock('acquire', 'a2', { wait: '1s' }))).toBe('refused lock-held');
  });

  it('does not wait for an expired lease that --steal would take', async () => {
    const machine = alone();
    await machine.lock('acquire', 'a1');
    machine.now += 2 * HOUR;
    const report = await machine.lock('acquire', 'a2', { wait: true });
    expect(said(report)).toBe('refused lock-expired');
  });
});

describe('a dry run', () => {
  it.each([
    ['acquire', 'acquired a1#1'],
    ['renew', 'refused lock-needed'],
    ['release', 'unchanged free#0'],
  ] as const)('of %s says what would be and changes nothing', async (verb, expected) => {
    const machine = alone();
    const before = machine.repository.git('count-objects');
    const report = await machine.lock(verb, 'a1', { dryRun: true });
    expect(said(report)).toBe(expected);
    expect(report.data.dryRun).toBe(true);
    expect(machine.tip()).toBe('');
    expect(machine.repository.git('count-objects')).toBe(before);
  });
});

describe('wrong usage', () => {
  it.each([
    [
      { name: 'comon' },
      'usage',
      'no shared part "comon"',
      'To name common, run bailiwick lock acquire common',
    ],
    [
      { name: '../main' },
      'usage',
      'there are common, notes, open',
      'To see every lock, run bailiwick lock list',
    ],
    [
      { ttl: '3h' },
      'usage',
      'longer than 2h',
      'To keep the lock longer, run bailiwick lock renew common before it ends',
    ],
    [
      { ttl: 'soon' },
      'usage',
      '"soon" is not a duration',
      'To give one, write --ttl 30m, --ttl 2h or --ttl 1h30m',
    ],
    [
      { wait: '-1' },
      'usage',
      '"-1" is not a duration',
      'To give one, write --wait 30m, --wait 2h or --wait 1h30m',
    ],
    [{ reason: 'x'.repeat(LONGEST_REASON + 1) }, 'usage', 'longer than 500 characters', undefined],
    [
      { agent: undefined },
      'usage',
      'no agent is acting here',
      'To act for an agent, run bailiwick lock acquire common --agent <id>',
    ],
    [{ agent: 'a9' }, 'policy', "names 'a9'", 'To act as an agent, use one of: a1, a2, a3'],
  ] as const)('%j', async (options, kind, message, hint) => {
    const failure = await failureOf(alone().lock('acquire', 'a1', options));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(message);
    expect(failure.hints[0] && hintSentence(failure.hints[0])).toBe(hint);
  });

  it('is to act as one agent in the worktree of another', async () => {
    const machine = alone();
    machine.repository.write('.git/bailiwick/agent', 'a2\n');
    const report = await machine.lock('acquire', 'a1');
    expect(report).toMatchObject({ verdict: 'refused', data: { lock: null } });
    expect(report.findings[0]?.code).toBe('identity-mismatch');
    expect(said(await machine.lock('acquire', undefined as never))).toBe('acquired a2#1');
  });

  it('is to ask for a lock where there is no policy', async () => {
    const repository = TestRepository.create();
    repository.commit('first', { x: '' });
    const failure = await failureOf(new Machine(repository).lock('acquire', 'a1'));
    expect(failure).toMatchObject({ kind: 'policy' });
  });
});

describe('a state that cannot be read', () => {
  it.each<[string, (good: string) => string, string]>([
    ['cut off', (good) => good.slice(0, 30), 'it is not a JSON object'],
    ['empty', () => '', 'it is not a JSON object'],
    [
      'of another lock',
      (good) => good.replace('common', 'notes'),
      'it is the lease of another lock, notes',
    ],
    [
      'that counts too far',
      (good) => good.replace('"fence": 1', '"fence": 9e16'),
      'its "fence" is missing or wrong',
    ],
    ['too long for a lease', (good) => good + ' '.repeat(20_000), 'it is too long to be a lease'],
    ['too long for anything', (good) => good + ' '.repeat(2_000_000), 'its state.json is too long'],
  ])('%s is no free lock, and the hint leads back', async (_, spoil, why) => {
    const machine = alone();
    await machine.lock('acquire', 'a1');
    const text = spoil(machine.repository.git('show', `${REF}:state.json`));
    machine.repository.git('update-ref', REF, stateCommit(machine.repository, text));
    const failures = [
      await failureOf(machine.lock('acquire', 'a2', { steal: true })),
      await failureOf(machine.lock('release', 'a1')),
    ];
    const reason = `${REF} does not hold a lease: ${why}`;
    for (const { message } of failures) expect(message).toBe(reason);
    const hint = hintTo('go back to what it last said', 'bailiwick lock reset common');
    expect(failures[0]!.hints[0]).toEqual(hint);
    const list = await machine.list();
    expect(list.verdict).toBe('undecided');
    expect(list.data.locks.map(({ name, state }) => [name, state])).toEqual([
      ['common', 'unreadable'],
      ['notes', 'free'],
    ]);
    expect(list.data.locks[0]).toMatchObject({ lease: null, unreadable: { reason, hint } });
    machine.repository.bailiwick(['lock', 'reset', 'common']);
    expect(said(await machine.lock('acquire', 'a2'))).toBe('refused lock-held');
  });

  it('a ref that a power cut has emptied is no free lock', async () => {
    const machine = alone();
    await machine.lock('acquire', 'a1');
    machine.repository.write(`.git/${REF}`, '');
    for (const work of [() => machine.lock('acquire', 'a2'), () => machine.list()]) {
      const failure = await failureOf(work());
      expect(failure.message).toBe(`${REF} is there and cannot be read`);
      expect(failure.hints[0]?.command).toMatch(/^rm /);
    }
  });

  it.each(['HEAD', 'HEAD:ownership.yml', 'HEAD^{tree}'])('%s is no free lock', async (object) => {
    const machine = alone();
    machine.repository.git('update-ref', REF, object);
    expect((await failureOf(machine.lock('acquire', 'a1'))).message).toContain('no state.json');
    expect((await machine.reset()).data).toMatchObject({
      outcome: 'reset',
      lock: { state: 'free', lease: { holder: null, fence: 1 } },
    });
    expect(said(await machine.lock('acquire', 'a1'))).toBe('acquired a1#2');
  });

  it("a git that was killed with the ref's lock in its hands is told about", async () => {
    const machine = alone();
    machine.repository.write(`.git/${REF}.lock`, '');
    const failure = await failureOf(machine.lock('acquire', 'a1'));
    expect(failure.hints[0]?.command).toMatch(/^rm .*common\.lock$/);
    machine.repository.run('sh', ['-c', failure.hints[0]!.command!]);
    expect(said(await machine.lock('acquire', 'a1'))).toBe('acquired a1#1');
  });
});

describe('reset', () => {
  it('leaves a lock alone that can be read, or that nobody ever took', async () => {
    const machine = alone();
    expect((await machine.reset()).data).toMatchObject({ outcome: 'unchanged' });
    await machine.lock('acquire', 'a1');
    const tip = machine.tip();
    expect((await machine.reset()).data).toMatchObject({
      outcome: 'unchanged',
      lock: { state: 'held' },
    });
    expect(machine.tip()).toBe(tip);
  });

  it('with --dry-run moves nothing', async () => {
    const machine = alone();
    machine.repository.git('update-ref', REF, 'HEAD');
    const tip = machine.tip();
    expect((await machine.reset({ dryRun: true })).data.outcome).toBe('reset');
    expect(machine.tip()).toBe(tip);
  });

  it('knows no other locks than those of the policy and those that are there', async () => {
    const machine = alone();
    expect(hintSentence((await failureOf(machine.reset({ name: 'comon' }))).hints[0]!)).toBe(
      'To name common, run bailiwick lock reset common',
    );
    expect((await failureOf(machine.reset({ name: '../x' }))).kind).toBe('usage');
    machine.repository.git('update-ref', 'refs/bailiwick/locks/gone', 'HEAD');
    expect((await machine.reset({ name: 'gone' })).data.outcome).toBe('reset');
  });
});

/** A commit with this `state.json`, after the lock's present one. */
function stateCommit(repository: TestRepository, text: string): string {
  const write = (args: string[], input: string): string =>
    repository.run('git', args, { input }).stdout.trim();
  const blob = write(['hash-object', '-w', '--stdin'], text);
  const tree = write(['mktree'], `100644 blob ${blob}\tstate.json\n`);
  return repository.git('commit-tree', '-p', REF, '-m', 'by hand', tree);
}

describe('all worktrees of a clone', () => {
  it('share its locks, and none of their files change', async () => {
    const machine = alone();
    machine.repository.git('worktree', 'add', '-q', '-b', 'feat/a2/y', '../a2');
    const linked = new Machine(machine.repository.at('../a2'));
    await machine.lock('acquire', 'a1');
    expect(said(await linked.lock('acquire', 'a2'))).toBe('refused lock-held');
    expect(said(await linked.lock('acquire', undefined as never))).toBe('refused lock-held');
    for (const { repository } of [machine, linked])
      expect(repository.git('status', '--porcelain', '--ignored')).toBe('');
  });
});

describe('list', () => {
  it('shows every lock, also those never taken and those no longer named', async () => {
    const machine = alone();
    await machine.lock('acquire', 'a1', { reason: 'move it' });
    const old = machine.repository.git('show', `${REF}:state.json`).replaceAll('common', 'gone');
    const gone = stateCommit(machine.repository, old);
    machine.repository.git('update-ref', 'refs/bailiwick/locks/gone', gone);
    machine.now += 3 * HOUR;
    const { data, verdict } = await machine.list();
    expect(verdict).toBe('allowed');
    expect(
      data.locks.map(({ name, state, lease, part }) => [name, state, lease?.holder, part?.lock]),
    ).toEqual([
      ['common', 'expired', 'a1', 'required'],
      ['gone', 'expired', 'a1', undefined],
      ['notes', 'free', undefined, 'advised'],
    ]);
    expect(data.locks[0]?.part).toEqual({
      lock: 'required',
      review: 72 * HOUR,
      agents: ['a1', 'a2'],
      ttl: 2 * HOUR,
      paths: ['services/common/**'],
    });
  });

  it('tells when the clock of the holder is ahead', async () => {
    const machine = alone();
    const other = new Machine(machine.repository, 'build-2');
    machine.now += HOUR;
    await machine.lock('acquire', 'a1');
    expect((await other.list()).data.notices).toEqual([
      'the clock of build-1 was 1h ahead of this one when it changed the lock common; the lease lasts that much longer here',
    ]);
    expect((await other.lock('acquire', 'a2')).data.notices).toHaveLength(1);
    expect((await machine.list()).data.notices).toEqual([]);
  });
});
