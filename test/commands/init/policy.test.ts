import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInit } from '../../../src/commands/init.ts';
import { readPolicy } from '../../../src/core/policy/parse.ts';
import type { Ownership } from '../../../src/domain/ownership.ts';
import type { Report } from '../../../src/domain/report.ts';
import type { InitData } from '../../../src/domain/reports/init.ts';
import { hostIn } from '../../support/host.ts';
import { TestRepository } from '../../support/repository.ts';

const init = (repository: TestRepository, options = {}): Promise<Report<InitData>> =>
  runInit(hostIn(repository), { hooks: false, ...options });

/** The policy that was written; it must be one without a problem. */
function written(repository: TestRepository): Ownership {
  const { ownership, problems } = readPolicy(repository.read('ownership.yml'));
  expect(problems).toEqual([]);
  return ownership!;
}

const parts = (policy: Ownership): Record<string, string[]> =>
  Object.fromEntries(
    [...policy.agents.values()].map(({ id, owns }) => [id, owns.map(({ text }) => text)]),
  );

describe('init proposes a policy', () => {
  it('from the folders, when one person made everything', async () => {
    const repository = TestRepository.create();
    repository.commit('first', {
      'src/a': 'a',
      'app/(auth)/[id]/x': 'x',
      'package-lock.json': '{}',
    });
    const report = await init(repository);
    expect(report.data.policy).toEqual({
      path: join(repository.directory, 'ownership.yml'),
      written: true,
      from: 'folders',
    });
    const policy = written(repository);
    expect(parts(policy)).toEqual({ app: ['app/**'], src: ['src/**'] });
    expect(policy.derived.map(({ name }) => name)).toEqual(['package-lock-json']);
    expect(report.data.notes).toEqual([
      'the policy counts once it is on main: it is read from there',
    ]);
    expect(report.data.next).toContain(
      'To put the policy in force, run git add ownership.yml && git commit',
    );
  });

  it('from who changed what', async () => {
    const repository = TestRepository.create();
    repository.commit('first', {
      'src/a': 'a',
      '.mailmap': 'Ben <ben@example.com> <b@old.example>\n',
    });
    repository.write('web/ü\n"/x');
    repository.git('add', '-A');
    repository.git('commit', '-qm', 'second', '--author=Benny <b@old.example>');
    expect((await init(repository)).data.policy.from).toBe('history');
    expect(parts(written(repository))).toEqual({ 'ann-author': ['src/**'], ben: ['web/**'] });
  });

  it.each(['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'])(
    'from %s',
    async (path) => {
      const repository = TestRepository.create();
      const text = '/src/ @org/core\n/web/ @org/web\n';
      repository.commit('first', { [path]: text, 'src/a': 'a', 'web/b': 'b' });
      expect((await init(repository)).data.policy.from).toBe('codeowners');
      expect(parts(written(repository))).toEqual({ core: ['src/**'], web: ['web/**'] });
    },
  );

  it.each<[what: string, text: string, why: string]>([
    ['a catch-all', '* @org/core\n', 'all it names is one part, of @org/core'],
    ['a single part', '/src/ @org/core\n', 'all it names is one part, of @org/core'],
    [
      'the same account in two cases',
      '/src/ @Ann\n/web/ @ann\n',
      'all it names is one part, of @ann',
    ],
    ['nothing that is here', '/gone/ @a\n/old/ @b\n', 'it names none of the files that are here'],
  ])('not from a CODEOWNERS with %s', async (_what, text, why) => {
    const repository = TestRepository.create();
    repository.commit('first', { CODEOWNERS: text, 'src/a': 'a', 'web/b': 'b' });
    const report = await init(repository);
    expect(report.data.policy.from).not.toBe('codeowners');
    expect(report.data.notes).toContain(`CODEOWNERS says nothing of who works where: ${why}`);
    expect([...written(repository).agents.values()].every(({ owns }) => owns.length > 0)).toBe(
      true,
    );
  });

  it('for the branch the remote calls its own', async () => {
    const upstream = TestRepository.create({ name: 'upstream' });
    upstream.git('switch', '-q', '-c', 'trunk');
    upstream.commit('first', { 'src/a': 'a' });
    upstream.git('clone', '-q', '.', '../clone');
    const clone = upstream.at('../clone');
    clone.git('switch', '-q', '-c', 'feat/x');
    await init(clone);
    expect(written(clone).base).toBe('trunk');
  });

  it('before the first commit, with an example', async () => {
    const repository = TestRepository.create();
    await init(repository);
    expect(parts(written(repository))).toEqual({ a1: ['src/**'] });
  });

  it('that freezes a directory of hooks in the work tree', async () => {
    const repository = TestRepository.create();
    repository.git('config', 'core.hooksPath', 'tools/(hooks)');
    await init(repository);
    expect(written(repository).frozen.map(({ text }) => text)).toEqual(['tools/\\(hooks\\)/**']);
  });

  it('but touches none that is there', async () => {
    const repository = TestRepository.create();
    repository.write('ownership.yml', 'broken: [\n');
    const report = await init(repository);
    expect(report.data.policy).toMatchObject({ written: false, from: 'existing' });
    expect(repository.read('ownership.yml')).toBe('broken: [\n');
  });

  it('nor where the base branch has one', async () => {
    const repository = TestRepository.create();
    repository.commit('first');
    repository.git('branch', 'old');
    repository.commit('the policy', { 'ownership.yml': 'version: 1\nagents: {}\n' });
    repository.git('switch', '-q', 'old');
    const report = await init(repository);
    expect(report.data.policy).toMatchObject({ written: false, from: 'existing' });
    expect(report.data.notes[0]).toContain('refs/heads/main:ownership.yml');
  });

  it('not in a dry run, and not when it is not wanted', async () => {
    const repository = TestRepository.create();
    const dry = await init(repository, { dryRun: true });
    expect(dry.data.policy).toMatchObject({ written: false, from: 'folders' });
    expect(dry.data.steps).toMatchObject([{ kind: 'write-file' }]);
    expect((await init(repository, { policy: false })).data.policy.from).toBe('none');
    expect(repository.git('status', '--porcelain')).toBe('');
  });
});
