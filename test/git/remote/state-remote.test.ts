import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Oid, RefName } from '../../../src/domain/refs.ts';
import type { RefMove } from '../../../src/git/refs/move-refs.ts';
import { Remote } from '../../../src/git/remote/remote.ts';
import { TestRepository } from '../../support/repository.ts';
import { writeState } from '../../support/state-home.ts';

const REF = 'refs/bailiwick/locks/common' as RefName;

/** A bare repository and two clones of it. */
async function setUp() {
  const server = TestRepository.create({ bare: true, name: 'server.git' });
  const clone = (name: string): TestRepository => {
    const repository = server.at(`../${name}`);
    server.git('clone', '-q', server.directory, repository.directory);
    return repository;
  };
  const [one, two] = [clone('one'), clone('two')];
  const remote = (await Remote.open(one.repo, 'origin'))!;
  const state = (text: string, parent: Oid | null = null, at = one): Oid =>
    writeState(at, {
      text,
      parents: parent === null ? [] : [parent],
      subject: text,
      time: 0,
    });
  return { server, one, two, remote, state };
}

const move = (from: Oid | null, to: Oid, ref = REF): RefMove => ({ ref, from, to });

describe('open', () => {
  it('is null without a remote of the name', async () => {
    const { repo } = TestRepository.create();
    expect(await Remote.open(repo, 'origin')).toBeNull();
  });

  it('reads where it pushes when the two differ', async () => {
    const { server, one, state } = await setUp();
    const fork = server.at('../fork.git');
    server.git('clone', '-q', '--bare', server.directory, fork.directory);
    one.git('remote', 'set-url', '--push', 'origin', fork.directory);
    const remote = (await Remote.open(one.repo, 'origin'))!;
    const oid = state('a');
    expect(await remote.push([move(null, oid)])).toEqual({ ok: true, value: new Map() });
    expect(await remote.list(REF)).toEqual({ ok: true, value: new Map([[REF, oid]]) });
    expect(server.git('for-each-ref', REF)).toBe('');
  });
});

describe('push', () => {
  it('moves a ref only from the value it was told', async () => {
    const { remote, server, state } = await setUp();
    const [a, b] = [state('a'), state('b')];
    const c = state('c', a);
    expect(await remote.push([move(null, a)])).toEqual({ ok: true, value: new Map() });
    for (const stale of [move(null, b), move(b, c)]) {
      const answer = await remote.push([stale]);
      expect(answer.ok && [...answer.value.keys()]).toEqual([REF]);
      expect(server.git('rev-parse', REF)).toBe(a);
    }
    expect(await remote.push([move(a, c)])).toEqual({ ok: true, value: new Map() });
    expect(server.git('rev-parse', REF)).toBe(c);
  });

  it('moves the others when one is refused, and names it', async () => {
    const { remote, server, state } = await setUp();
    const [a, b] = [state('a'), state('b')];
    await remote.push([move(null, a)]);
    const other = 'refs/bailiwick/locks/other' as RefName;
    const answer = await remote.push([move(null, b), move(null, b, other)]);
    expect(answer.ok && [...answer.value.keys()]).toEqual([REF]);
    expect(server.git('rev-parse', other)).toBe(b);
  });

  it('runs no hook and sends no tag, branch or submodule', async () => {
    const { remote, one, server, state } = await setUp();
    one.write('.git/hooks/pre-push', '#!/bin/sh\nexit 1\n', 0o755);
    one.git('config', 'push.followTags', 'true');
    one.git('config', 'push.gpgSign', 'true');
    one.commit('first');
    one.git('tag', '-a', '-m', 'v1', 'v1');
    expect(await remote.push([move(null, state('a'))])).toMatchObject({ ok: true });
    expect(server.git('for-each-ref', '--format=%(refname)')).toBe(REF);
  });

  it('gives the words of a server that does not want the ref', async () => {
    const { remote, server, state } = await setUp();
    server.write('hooks/update', '#!/bin/sh\nexit 1\n', 0o755);
    const answer = await remote.push([move(null, state('a'))]);
    expect(answer.ok && answer.value.get(REF)).toContain('hook declined');
  });
});

describe('list', () => {
  it('leaves out refs that only end in the pattern', async () => {
    const { remote, server, state } = await setUp();
    const a = state('a');
    await remote.push([move(null, a)]);
    server.git('update-ref', `refs/x/${REF}`, a);
    expect(await remote.list(REF)).toEqual({ ok: true, value: new Map([[REF, a]]) });
    expect(await remote.list('refs/bailiwick/*')).toEqual({ ok: true, value: new Map([[REF, a]]) });
    expect(await remote.list('refs/bailiwick/tasks/*')).toEqual({ ok: true, value: new Map() });
  });

  it('gives the reason when the remote is gone', async () => {
    const { one } = await setUp();
    one.git('remote', 'set-url', 'origin', join(one.directory, '../gone'));
    const remote = (await Remote.open(one.repo, 'origin'))!;
    const answer = await remote.list(REF);
    expect(answer.ok ? '' : answer.error).toMatch(/gone/);
    const { ok } = await remote.push([move(null, one.commit('x') as Oid)]);
    expect(ok).toBe(false);
  });

  it('never repeats the password of a URL', async () => {
    const { one } = await setUp();
    one.git('remote', 'set-url', 'origin', 'http://user:secret@127.0.0.1:1/x');
    const remote = (await Remote.open(one.repo, 'origin'))!;
    const answer = await remote.list(REF);
    expect(answer.ok ? '' : answer.error).toMatch(/127\.0\.0\.1/);
    expect(answer.ok ? '' : answer.error).not.toMatch(/secret/);
  });

  it('does not wait for a remote that has gone silent', async () => {
    const { one } = await setUp();
    one.git('remote', 'set-url', 'origin', 'ssh://host.invalid/x');
    const environment = { ...one.environment, GIT_SSH_COMMAND: 'sleep 20; :' };
    const remote = (await Remote.open({ ...one.repo, environment }, 'origin', 200))!;
    expect(await remote.list(REF)).toEqual({ ok: false, error: 'block timeout reached' });
  });

  it('works inside a hook, whose environment simple-git would refuse', async () => {
    const { two, remote, state } = await setUp();
    const a = state('a');
    await remote.push([move(null, a)]);
    const environment = {
      ...two.environment,
      EDITOR: 'vi',
      GIT_EDITOR: ':',
      GIT_DIR: join(two.directory, '.git'),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.hooksPath',
      GIT_CONFIG_VALUE_0: '/nowhere',
    };
    const inHook = (await Remote.open({ directory: two.home, environment }, 'origin'))!;
    expect(await inHook.list(REF)).toEqual({ ok: true, value: new Map([[REF, a]]) });
  });
});

describe('fetchObjects', () => {
  it('brings the whole history and writes no ref, whatever the refspecs of the user', async () => {
    const { two, remote, state, server } = await setUp();
    const a = state('a');
    const b = state('b', a);
    await remote.push([move(null, b)]);
    server.git('update-ref', 'refs/tags/t', b);
    two.git('config', '--replace-all', 'remote.origin.fetch', '+refs/*:refs/*');
    two.git('config', 'fetch.prune', 'true');
    const here = (await Remote.open(two.repo, 'origin'))!;
    expect(await here.fetchObjects([REF])).toEqual({ ok: true, value: null });
    expect(two.git('log', '--format=%H', b)).toBe(`${b}\n${a}`);
    expect(two.git('for-each-ref')).toBe('');
    expect(existsSync(join(two.directory, '.git/FETCH_HEAD'))).toBe(false);
  });

  it('says so when the ref is not there', async () => {
    const { remote } = await setUp();
    expect(await remote.fetchObjects([REF])).toMatchObject({ ok: false });
  });
});
