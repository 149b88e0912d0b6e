import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInit } from '../../../src/commands/init.ts';
import { readPolicy } from '../../../src/core/policy/parse.ts';
import type { Ownership } from '../../../src/domain/ownership.ts';
import type { Report } from '../../../src/domain/report.ts';
import type { InitData } from '../../../src/domain/reports/init.ts';
import { hintSentence } from '../../../src/render/hint.ts';
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

/** Twenty-five commits, each of the files of one name in two folders. */
function twoHalves(repository: TestRepository): TestRepository {
  for (let at = 0; at < 25; at += 1) {
    const half = at % 2 === 0 ? 'a' : 'b';
    repository.commit(`change ${at}`, {
      [`api/${half}/${at % 6}`]: `${at}`,
      [`web/${half}/${at % 6}`]: `${at}`,
    });
  }
  return repository;
}

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
    // Nobody else has the package where this machine has it.
    expect(repository.read('ownership.yml')).not.toContain('$schema');
    const policy = written(repository);
    expect(parts(policy)).toEqual({ app: ['app/**'], src: ['src/**'] });
    expect(policy.derived.map(({ name }) => name)).toEqual(['package-lock-json']);
    expect(report.data.notes).toEqual([
      'the policy counts once it is on main: it is read from there',
    ]);
    expect(report.data.next.map(hintSentence)).toContain(
      'To put the policy in force, run git add ownership.yml && git commit',
    );
  });

  it('from what changed together, with figures', async () => {
    const repository = TestRepository.create();
    const report = await init(twoHalves(repository), { agents: 2 });
    expect(report.data.policy.from).toBe('history');
    expect(report.data.division).toMatchObject({ commits: 25, within: 25, crossing: [] });
    expect(report.data.division!.parts.map(({ files }) => files)).toEqual([0.5, 0.5]);
    const owners = Object.values(parts(written(repository)));
    expect(owners.map((globs) => globs.toSorted())).toEqual([
      ['api/**', 'web/**'],
      ['api/b/**', 'web/b/**'],
    ]);
  });

  it('from what was asked for, and from nothing that says nothing', async () => {
    const repository = TestRepository.create();
    twoHalves(repository);
    repository.commit('owners', { CODEOWNERS: '/api/ @a\n/web/ @b\n' });
    expect((await init(repository, { dryRun: true })).data.policy.from).toBe('codeowners');
    const asked = await init(repository, { dryRun: true, from: 'history', agents: 2 });
    expect(asked.data.policy.from).toBe('history');
    expect(asked.data.notes.join()).not.toContain('CODEOWNERS');
    const folders = await init(repository, { dryRun: true, from: 'folders', agents: 2 });
    expect(folders.data.policy.from).toBe('folders');
    repository.commit('less', { CODEOWNERS: '* @a\n' });
    await expect(init(repository, { from: 'codeowners' })).rejects.toThrow(
      'CODEOWNERS says nothing of who works where',
    );
  });

  it('in which manifests and lockfiles can be changed by every agent', async () => {
    const repository = TestRepository.create();
    repository.commit('first', {
      'api/a': 'a',
      'web/b': 'b',
      'package.json': '{}',
      'package-lock.json': '{}',
    });
    await init(repository, { from: 'folders' });
    repository.commit('policy');
    for (const agent of Object.keys(parts(written(repository)))) {
      repository.git('switch', '-q', '-c', `feat/${agent}/x`, 'main');
      repository.write('package.json', `{ "name": "${agent}" }`);
      repository.write('package-lock.json', `{ "name": "${agent}" }`);
      repository.git('add', '-A');
      const outcome = repository.bailiwick(['check', '--staged']);
      expect([outcome.code, outcome.stdout]).toEqual([0, expect.stringContaining('allowed')]);
      repository.git('reset', '-q', '--hard');
    }
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
