import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan, Step } from '../../../src/domain/plan.ts';
import { applyPlan } from '../../../src/services/plans/apply.ts';
import { hostIn } from '../../support/host.ts';
import { TestRepository } from '../../support/repository.ts';

const why = 'a test';

/** A repository with one file of each kind the steps work on, and where things are in it. */
function setUp(): { repository: TestRepository; at: (path: string) => string } {
  const repository = TestRepository.create({ name: 'a repo' });
  repository.write('work/old', Buffer.from([0xff, 0]), 0o640);
  repository.write('work/moved', 'moved\n', 0o755);
  repository.write('work/from/one', 'one\n', 0o755);
  repository.write('work/from/.two', 'two\n');
  repository.run('mkdir', ['work/empty']);
  repository.run('ln', ['-s', 'old', 'work/link']);
  repository.git('config', 'bailiwick.old', 'before');
  return { repository, at: (path) => join(repository.directory, path) };
}

/** Names, kinds, modes and contents of everything the steps may touch. */
const snapshot = (repository: TestRepository): string =>
  [
    repository.run('sh', ['-c', 'find work -printf "%p %y %m %l\n" | sort']),
    repository.run('sh', ['-c', 'find work -type f | sort | xargs -d "\n" od -c']),
    repository.run('cat', ['.git/config']),
  ]
    .map(({ stdout }) => stdout)
    .join('\n');

const STEPS: Record<string, (at: (path: string) => string) => Step> = {
  'write a file': (at) => ({ kind: 'write-file', path: at('work/old'), content: 'new\n', why }),
  'write bytes': (at) => ({
    kind: 'write-file',
    path: at('work/old'),
    content: Uint8Array.of(0, 255),
    why,
  }),
  'write a program': (at) => ({
    kind: 'write-file',
    path: at('work/new'),
    content: 'x',
    executable: true,
    why,
  }),
  'write in new directories': (at) => ({
    kind: 'write-file',
    path: at('work/a/b/c'),
    content: 'x',
    why,
  }),
  'write through a link': (at) => ({
    kind: 'write-file',
    path: at('work/link'),
    content: 'x',
    why,
  }),
  'delete a file': (at) => ({ kind: 'delete-file', path: at('work/old'), why }),
  'move a file': (at) => ({
    kind: 'rename-file',
    path: at('work/moved'),
    to: at('work/there'),
    why,
  }),
  'copy a directory': (at) => ({
    kind: 'copy-directory',
    path: at('work/from'),
    to: at('work/x/copy'),
    why,
  }),
  'remove an empty directory': (at) => ({
    kind: 'remove-empty-directory',
    path: at('work/empty'),
    why,
  }),
  'set a new setting': () => ({ kind: 'set-config', key: 'bailiwick.new', value: 'a b', why }),
  'change a setting': () => ({ kind: 'set-config', key: 'bailiwick.old', value: 'after', why }),
  'unset a setting': () => ({ kind: 'set-config', key: 'bailiwick.old', value: null, why }),
};

const NAMES = Object.keys(STEPS);
const stepOf = (name: string, at: (path: string) => string): Step => STEPS[name]!(at);

describe('applyPlan', () => {
  it.each(NAMES)('does and takes back: %s', async (name) => {
    const { repository, at } = setUp();
    const before = snapshot(repository);
    const apply = (plan: Plan): Promise<unknown> =>
      applyPlan(hostIn(repository), repository.repo, plan);
    const cannot: Step = {
      kind: 'rename-file',
      path: at('work/old'),
      to: at('work/from/one'),
      why,
    };
    await expect(apply([stepOf(name, at), cannot])).rejects.toThrow('exists already');
    expect(snapshot(repository)).toBe(before);
    await apply([stepOf(name, at)]);
    expect(snapshot(repository)).not.toBe(before);
  });

  it('takes back all of a plan, last step first', async () => {
    const { repository, at } = setUp();
    const before = snapshot(repository);
    const chain: Plan = [
      { kind: 'rename-file', path: at('work/moved'), to: at('work/kept'), why },
      { kind: 'write-file', path: at('work/moved'), content: 'ours\n', executable: true, why },
      { kind: 'write-file', path: at('work/moved'), content: 'ours again\n', why },
      { kind: 'delete-file', path: at('work/moved'), why },
      { kind: 'rename-file', path: at('work/kept'), to: at('work/old'), why },
    ];
    await expect(applyPlan(hostIn(repository), repository.repo, chain)).rejects.toThrow();
    expect(snapshot(repository)).toBe(before);
  });

  it('keeps modes and adds executable bits', async () => {
    const { repository, at } = setUp();
    await applyPlan(hostIn(repository), repository.repo, [
      { kind: 'write-file', path: at('work/old'), content: 'x', why },
      { kind: 'write-file', path: at('work/from/.two'), content: 'x', executable: true, why },
      { kind: 'write-file', path: at('work/new'), content: 'x', executable: true, why },
      { kind: 'copy-directory', path: at('work/from'), to: at('work/copy'), why },
    ]);
    const files = ['old', 'from/.two', 'new', 'copy/one', 'copy/.two'].map(
      (name) => `work/${name}`,
    );
    expect(
      repository
        .run('stat', ['-c', '%a', ...files])
        .stdout.split('\n')
        .slice(0, 5),
    ).toEqual(['640', '755', '755', '755', '755']);
  });

  it('leaves a directory that is not empty', async () => {
    const { repository, at } = setUp();
    const step: Step = { kind: 'remove-empty-directory', path: at('work/from'), why };
    await applyPlan(hostIn(repository), repository.repo, [step]);
    expect(repository.read('work/from/one')).toBe('one\n');
  });

  it('says what it could not take back', async () => {
    const { repository, at } = setUp();
    const host = hostIn(repository);
    const remove = (): never => {
      throw new Error('no');
    };
    const stuck = { ...host, files: { ...host.files, remove } };
    const plan: Plan = [
      { kind: 'write-file', path: at('work/new'), content: 'x', why },
      { kind: 'rename-file', path: at('work/old'), to: at('work/moved'), why },
    ];
    await expect(applyPlan(stuck, repository.repo, plan)).rejects.toThrow(
      `not taken back: ${at('work/new')}`,
    );
  });
});
