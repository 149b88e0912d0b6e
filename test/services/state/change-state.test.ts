import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import type { Oid, RefName } from '../../../src/domain/refs.ts';
import { err, ok } from '../../../src/domain/result.ts';
import type { StateMove, StateTransition } from '../../../src/domain/state-transition.ts';
import { changeState, changeStates } from '../../../src/services/state/change-state.ts';
import { recoverState } from '../../../src/services/state/recover-state.ts';
import type { StatePlace } from '../../../src/services/state/state-place.ts';
import { StateStore } from '../../../src/services/state/state-store.ts';
import { TestRepository } from '../../support/repository.ts';
import { homeOf } from '../../support/state-home.ts';

/** A kind of state of its own: a number that only grows. All that such a kind takes. */
const counter = (name: string): StatePlace<number> => ({
  ref: `refs/bailiwick/counters/${name}` as RefName,
  noun: 'number',
  parse: (text) => (/^[1-9]$/.test(text) ? ok(Number(text)) : err('it is not a digit')),
  serialise: String,
  hints: [],
});
const plusOne = (state: number | null): StateMove<number> => {
  const next = (state ?? 0) + 1;
  return { kind: 'move', state: next, subject: `count ${next}` };
};

/** A bare repository, or none, and clones of it. */
function setUp(shared: boolean) {
  const server = TestRepository.create({ bare: true, name: 'server.git' });
  const seed = TestRepository.create();
  seed.commit('first', { 'a.txt': 'a' });
  seed.git('push', '-q', server.directory, 'main');
  const clone = (name: string): TestRepository => {
    const repository = server.at(`../${name}`);
    server.git('clone', '-q', server.directory, repository.directory);
    if (!shared) repository.git('remote', 'remove', 'origin');
    return repository;
  };
  const one = clone('one');
  const open = (at = one, offline = false) => StateStore.open(homeOf(at), offline);
  const tip = (name: string, at = one): string => at.git('rev-parse', counter(name).ref);
  return { server, one, clone, open, tip, where: shared ? server : one };
}

describe.each([
  ['in this clone', false],
  ['on the remote', true],
])('a state %s', (_, shared) => {
  it('moves from what was read, with its history as first parents', async () => {
    const { open, one, tip } = setUp(shared);
    for (const before of [null, 1, 2]) {
      const change = await changeState(await open(), { ...counter('x'), decide: plusOne });
      expect(change).toMatchObject({ before, moment: { offline: false }, overtaken: [] });
    }
    expect(one.git('log', '--first-parent', '--format=%s', tip('x')).split('\n')).toEqual([
      'count 3',
      'count 2',
      'count 1',
    ]);
  });

  it('is decided anew, with what another wrote, when that one was faster', async () => {
    const { open, clone, one, where } = setUp(shared);
    const other = await open(shared ? clone('two') : one);
    const store = await open();
    await changeState(store, { ...counter('x'), decide: plusOne });
    const seen: (number | null)[] = [];
    await changeState(other, { ...counter('x'), decide: plusOne });
    await changeState(store, {
      ...counter('x'),
      decide: (state) => {
        seen.push(state);
        return plusOne(state);
      },
    });
    await Promise.all(
      [store, other, store].map((each) => changeState(each, { ...counter('x'), decide: plusOne })),
    );
    expect(seen).toEqual([2]);
    expect(where.git('show', `${counter('x').ref}:state.json`)).toBe('6');
  });

  it('stays when nothing is to be done, or only to be said', async () => {
    const { open, one } = setUp(shared);
    const refuse = (): StateTransition<number> => ({ kind: 'refuse' });
    await changeState(await open(), { ...counter('x'), decide: refuse });
    await changeState(await open(), { ...counter('x'), decide: plusOne, dryRun: true });
    expect(one.git('for-each-ref', 'refs/bailiwick')).toBe('');
  });

  it('that nobody could read back is not written', async () => {
    const { open, one } = setUp(shared);
    const decide = (): StateMove<number> => ({ kind: 'move', state: 10, subject: 'too far' });
    await expect(changeState(await open(), { ...counter('x'), decide })).rejects.toThrow(
      'it is not a digit, so it was not written',
    );
    expect(one.git('for-each-ref', 'refs/bailiwick')).toBe('');
  });

  it('carries the commits and objects it speaks of, which gc then keeps', async () => {
    const { open, one, clone, tip } = setUp(shared);
    const proposal = one.git('commit-tree', '-m', 'proposal', 'HEAD^{tree}') as Oid;
    const log = one.run('git', ['hash-object', '-w', '--stdin'], { input: 'log' }).stdout.trim();
    await changeState(await open(), {
      ...counter('x'),
      decide: (state) => ({
        ...plusOne(state),
        parents: [proposal],
        attached: [{ name: 'log', type: 'blob', oid: log as Oid }],
      }),
    });
    one.git('gc', '-q', '--prune=now');
    expect(one.git('cat-file', '-t', proposal)).toBe('commit');
    if (!shared) return;
    const two = clone('two');
    await changeState(await open(two), { ...counter('x'), decide: plusOne });
    expect(two.git('cat-file', '-t', proposal)).toBe('commit');
    expect(two.git('show', `${tip('x', two)}^:log`)).toBe('log');
  });

  it('moves together with others and with a branch, or not at all', async () => {
    const { open, one, where } = setUp(shared);
    const before = one.git('rev-parse', 'main') as Oid;
    const after = one.git('commit-tree', '-p', 'main', '-m', 'landed', 'main^{tree}') as Oid;
    const land = async (from: Oid) =>
      changeStates<[number, number], ReturnType<typeof decide>>(await open(), {
        places: [counter('journal'), counter('receipts')],
        decide: ([journal, receipts]) => decide(journal, receipts, from),
      });
    const decide = (journal: number | null, receipts: number | null, from: Oid) => ({
      kind: 'move' as const,
      moves: [plusOne(journal), plusOne(receipts)] as const,
      others: [{ ref: 'refs/heads/main' as RefName, from, to: after }],
      subject: 'landed',
    });
    expect((await land(after)).overtaken).toEqual(['refs/heads/main']);
    expect(where.git('for-each-ref', 'refs/bailiwick')).toBe('');
    expect((await land(before)).overtaken).toEqual([]);
    expect(where.git('for-each-ref', '--format=%(refname) %(contents:subject)')).toContain(
      'refs/bailiwick/counters/journal count 1\nrefs/bailiwick/counters/receipts count 1\nrefs/heads/main landed',
    );
    // A branch may be checked out here: with a remote it moves there alone.
    if (shared) expect(one.git('rev-parse', 'main')).toBe(before);
    expect(one.git('show', `${counter('journal').ref}:state.json`)).toBe('1');
  });

  it('that cannot be read is not "none", and is recovered by a state that follows it', async () => {
    const { open, one, clone, tip } = setUp(shared);
    const two = shared ? clone('two') : one;
    await changeState(await open(), { ...counter('x'), decide: plusOne });
    await changeState(await open(), { ...counter('x'), decide: plusOne });
    const spoilt = one.git('commit-tree', '-p', tip('x'), '-m', 'spoilt', 'main^{tree}');
    one.git('update-ref', counter('x').ref, spoilt);
    await expect(
      changeState(await open(), { ...counter('x'), decide: plusOne }),
    ).rejects.toMatchObject({
      kind: 'policy',
      message: 'refs/bailiwick/counters/x does not hold a number: it has no state.json',
    });
    await expect(
      changeState(await open(two), { ...counter('x'), decide: plusOne }),
    ).rejects.toBeInstanceOf(Failure);
    const recovered = await recoverState(await open(), counter('x'), () => 9, false);
    expect(recovered).toMatchObject({ kind: 'move', state: 2 });
    // Another clone that has the spoilt one follows, and does not bring it back.
    const { before } = await changeState(await open(two), { ...counter('x'), decide: plusOne });
    expect(before).toBe(2);
    expect(await recoverState(await open(), counter('x'), () => 9, false)).toMatchObject({
      kind: 'keep',
      state: 3,
    });
  });
});

describe('several states', () => {
  it('do not move on a remote that cannot move them at once', async () => {
    const { open, server, one } = setUp(true);
    server.git('config', 'receive.advertiseAtomic', 'false');
    const change = changeStates<[number, number], ReturnType<typeof both>>(await open(), {
      places: [counter('x'), counter('y')],
      decide: ([x, y]) => both(x, y),
    });
    const both = (x: number | null, y: number | null) => ({
      kind: 'move' as const,
      moves: [plusOne(x), plusOne(y)] as const,
      subject: 'both',
    });
    await expect(change).rejects.toThrow('does not let refs/bailiwick/counters/x be changed');
    expect(server.git('for-each-ref', 'refs/bailiwick')).toBe('');
    expect(one.git('for-each-ref', 'refs/bailiwick')).toBe('');
  });
});
