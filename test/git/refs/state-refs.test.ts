import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Oid, RefName } from '../../../src/domain/refs.ts';
import { moveRefs } from '../../../src/git/refs/move-refs.ts';
import { isAncestor, listRefs } from '../../../src/git/refs/refs.ts';
import { TestRepository } from '../../support/repository.ts';
import { writeState } from '../../support/state-home.ts';

const REF = 'refs/bailiwick/locks/common' as RefName;
const TIME = Date.UTC(2026, 2, 1, 12);

function setUp(format: 'sha1' | 'sha256' = 'sha1', patience = 3000) {
  const repository = TestRepository.create({ format });
  const state = (text: string, parent: Oid | null = null): Oid =>
    writeState(repository, {
      text,
      parents: parent === null ? [] : [parent],
      subject: `say ${text}`,
      time: TIME,
    });
  const move = (from: Oid | null, to: Oid) =>
    moveRefs(repository.repo, [{ ref: REF, from, to }], 'test', patience);
  return { repository, state, move };
}

describe.each(['sha1', 'sha256'] as const)('a state in a %s repository', (format) => {
  it('is a commit whose tree holds state.json and whose parent is the state before', async () => {
    const { repository, state } = setUp(format);
    const first = state('1');
    const second = state('2', first);
    expect(repository.git('cat-file', '-p', `${second}^{tree}`)).toMatch(
      /^100644 blob [0-9a-f]+\tstate\.json$/,
    );
    expect(repository.git('show', `${second}:state.json`)).toBe('2');
    expect(repository.git('log', '--format=%H %an %at %s', second)).toBe(
      `${second} bailiwick ${TIME / 1000} say 2\n${first} bailiwick ${TIME / 1000} say 1`,
    );
  });

  it('keeps what it speaks of: further parents, and objects beside state.json', async () => {
    const { repository } = setUp(format);
    const proposal = repository.commit('proposal', { 'a.txt': 'a' }) as Oid;
    const before = writeState(repository, {
      text: '1',
      parents: [],
      subject: 'one',
      time: TIME,
    });
    const tree = repository.git('rev-parse', 'HEAD^{tree}') as Oid;
    const blob = repository.git('rev-parse', 'HEAD:a.txt') as Oid;
    const oid = writeState(repository, {
      text: '2',
      parents: [before, proposal, proposal],
      attached: [
        { name: 'tree', type: 'tree', oid: tree },
        { name: 'a log', type: 'blob', oid: blob },
      ],
      subject: 'two',
      time: TIME,
    });
    expect(repository.git('log', '-1', '--format=%P', oid)).toBe(`${before} ${proposal}`);
    expect(repository.git('ls-tree', '--name-only', oid).split('\n')).toEqual([
      'a log',
      'state.json',
      'tree',
    ]);
    expect(repository.git('show', `${oid}:tree/a.txt`)).toBe('a');
    const attached = [{ name: '../x', type: 'blob', oid: blob }] as const;
    const wrong = { text: '', parents: [], attached, subject: 'x', time: TIME };
    expect(() => writeState(repository, wrong)).toThrow('beside a state');
  });

  it('is written where git knows no user, and would sign', async () => {
    const { repository } = setUp(format);
    repository.git('config', 'commit.gpgSign', 'true');
    repository.git('config', 'user.useConfigOnly', 'true');
    const environment: Record<string, string> = { ...repository.environment };
    for (const name of Object.keys(environment))
      if (/^GIT_(AUTHOR|COMMITTER)_/.test(name)) delete environment[name];
    const repo = { directory: repository.directory, environment };
    const oid = writeState(repository, { text: 'x', parents: [], subject: 's', time: TIME });
    const moved = await moveRefs(repo, [{ ref: REF, from: null, to: oid }], 'test');
    expect(moved).toEqual({ kind: 'moved' });
    expect(repository.git('cat-file', '-p', oid)).not.toContain('gpgsig');
  });

  it('moves only from the state it was made of', async () => {
    const { repository, state, move } = setUp(format);
    const [a, b, c] = [state('a'), state('b'), state('c')];
    expect(await move(null, a)).toEqual({ kind: 'moved' });
    expect(await move(null, b)).toEqual({ kind: 'lost', refs: [REF] });
    expect(await move(b, c)).toEqual({ kind: 'lost', refs: [REF] });
    expect(await move(a, b)).toEqual({ kind: 'moved' });
    expect(await move(a, c)).toEqual({ kind: 'lost', refs: [REF] });
    expect(await listRefs(repository.repo, REF)).toEqual(new Map([[REF, b]]));
  });
});

describe('moveRefs', () => {
  it('lets exactly one of many at the same time through', async () => {
    const { state, move } = setUp();
    const start = state('start');
    await move(null, start);
    const states = Array.from({ length: 12 }, (_, n) => state(`${n}`, start));
    const outcomes = await Promise.all(states.map((to) => move(start, to)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      ...Array<string>(11).fill('lost'),
      'moved',
    ]);
  });

  it('keeps what was overruled in the log of the ref', async () => {
    const { repository, state, move } = setUp();
    const [a, b] = [state('a'), state('b')];
    await move(null, a);
    await move(a, b);
    expect(repository.git('reflog', 'show', '--format=%H %gs', REF)).toBe(`${b} test\n${a} test`);
  });

  it('says which file a killed git left behind', async () => {
    const { repository, state, move } = setUp('sha1', 0);
    const a = state('a');
    repository.write(`.git/${REF}.lock`, '');
    const lockFile = join(repository.directory, '.git', `${REF}.lock`);
    expect(await move(null, a)).toMatchObject({ kind: 'stuck', lockFiles: [lockFile] });
    expect(existsSync(lockFile)).toBe(true);
  });

  it('names the lock file of the repository, not of the linked worktree it stands in', async () => {
    const { repository, state } = setUp();
    repository.commit('first');
    repository.git('worktree', 'add', '-q', '../linked');
    const { repo } = repository.at('../linked');
    const to = state('a');
    repository.write(`.git/${REF}.lock`, '');
    expect(await moveRefs(repo, [{ ref: REF, from: null, to }], 'test', 0)).toMatchObject({
      lockFiles: [join(repository.directory, '.git', `${REF}.lock`)],
    });
  });
});

describe('moveRefs of several', () => {
  const OTHER = 'refs/bailiwick/landings/main' as RefName;

  it('moves all of them or none, and names those that were lost', async () => {
    const { repository, state } = setUp();
    const [a, b] = [state('a'), state('b')];
    const both = (from: Oid | null, otherFrom: Oid | null, to: Oid) => {
      const moves = [
        { ref: REF, from, to },
        { ref: OTHER, from: otherFrom, to },
      ];
      return moveRefs(repository.repo, moves, 'test');
    };
    expect(await both(null, null, a)).toEqual({ kind: 'moved' });
    expect(await both(a, null, b)).toEqual({ kind: 'lost', refs: [OTHER] });
    expect(await both(b, b, a)).toEqual({ kind: 'lost', refs: [REF, OTHER] });
    expect(await listRefs(repository.repo, 'refs/bailiwick/')).toEqual(
      new Map([
        [OTHER, a],
        [REF, a],
      ]),
    );
    expect(await both(a, a, b)).toEqual({ kind: 'moved' });
    expect(repository.git('reflog', 'show', '--format=%gs', OTHER)).toBe('test\ntest');
  });
});

describe('listRefs', () => {
  it('lists what is under the prefix and nothing else, packed or not', async () => {
    const { repository, state, move } = setUp();
    const a = state('a');
    await move(null, a);
    repository.git('pack-refs', '--all');
    repository.git('update-ref', 'refs/bailiwick/locks/other', a);
    repository.git('update-ref', 'refs/bailiwick/locksmith', a);
    expect([...(await listRefs(repository.repo, 'refs/bailiwick/locks/')).keys()]).toEqual([
      'refs/bailiwick/locks/common',
      'refs/bailiwick/locks/other',
    ]);
    expect(await listRefs(repository.repo, 'refs/bailiwick/tasks/')).toEqual(new Map());
  });

  it('does not take a ref that a crash has emptied for one that is not there', async () => {
    const { repository, state, move } = setUp();
    await move(null, state('a'));
    const file = join(repository.directory, '.git', REF);
    expect(readFileSync(file, 'utf8')).not.toBe('');
    writeFileSync(file, '');
    await expect(listRefs(repository.repo, 'refs/bailiwick/locks/')).rejects.toThrow(REF);
    await expect(listRefs(repository.repo, REF)).rejects.toThrow(REF);
  });
});

it('isAncestor tells earlier states from others', async () => {
  const { repository, state } = setUp();
  const first = state('first');
  const second = state('second', first);
  const rival = state('rival', first);
  expect(await isAncestor(repository.repo, first, second)).toBe(true);
  expect(await isAncestor(repository.repo, second, first)).toBe(false);
  expect(await isAncestor(repository.repo, rival, second)).toBe(false);
});
