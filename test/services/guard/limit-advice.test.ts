import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/commands/check.ts';
import { runHook } from '../../../src/commands/hook.ts';
import { runStatus } from '../../../src/commands/status.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { example } from '../../render/examples.ts';
import { hostIn } from '../../support/host.ts';
import { TestRepository } from '../../support/repository.ts';

const policy = (limits: string): string => `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
agents:
  a1: { owns: ['src/**'] }
limits: ${limits}
`;

/** `main` and `feat/a1/x`, which leaves it after the first commit. The clock begins at 1,700,000,000. */
function fleet(limits: string): TestRepository {
  const repository = TestRepository.create();
  repository.commit('first', { 'ownership.yml': policy(limits), 'src/a.ts': '1\n2\n3\n' });
  repository.git('switch', '-q', '-c', 'feat/a1/x');
  return repository;
}

const words = ({ code, severity, rule, message }: Finding): string =>
  `${severity} ${code} ${rule}: ${message}`;

async function checked(repository: TestRepository, ref = 'feat/a1/x', now = 0): Promise<string[]> {
  const host = hostIn(repository, { now: () => now });
  const report = await runCheck(host, { target: { kind: 'branch', ref } });
  return [report.verdict, ...report.findings.map(words)];
}

async function pushed(
  repository: TestRepository,
  from: string,
  to: string,
  now = 0,
): Promise<string[]> {
  const oid = repository.git('rev-parse', from);
  const line = `refs/heads/${from} ${oid} refs/heads/${to} ${'0'.repeat(40)}\n`;
  const input = (): Promise<Buffer> => Promise.resolve(Buffer.from(line));
  const report = await runHook(hostIn(repository, { now: () => now, input }), 'pre-push');
  return [report.verdict, ...report.findings.map(words)];
}

describe('limits.lines', () => {
  it('counts lines added and removed, and warns on check and push', async () => {
    const repository = fleet('{ lines: 4 }');
    repository.commit('own', { 'src/a.ts': '1\nx\ny\n', 'src/b.ts': 'new\n' });
    const said =
      'warning branch-too-large limits.lines: feat/a1/x changes 5 lines, where 4 are the limit';
    expect(await checked(repository)).toEqual(['allowed', said]);
    expect(await pushed(repository, 'feat/a1/x', 'feat/a1/x')).toEqual(['allowed', said]);
  });

  it('leaves out lockfiles and what the base marks as generated, not what the branch marks', async () => {
    const repository = TestRepository.create();
    const files = { 'ownership.yml': policy('{ lines: 4 }'), 'src/a.ts': '1\n' };
    repository.commit('first', { ...files, 'src/.gitattributes': 'gen/** linguist-generated\n' });
    repository.git('switch', '-q', '-c', 'feat/a1/x');
    const many = '1\n2\n3\n4\n5\n6\n';
    repository.commit('own', {
      ...{ 'src/yarn.lock': many, 'src/gen/api.ts': many, 'src/b.ts': '1\n2\n' },
      'src/.gitattributes': 'gen/** linguist-generated\n*.ts linguist-generated\n',
    });
    repository.write('src/gen/.gitattributes', '* -linguist-generated\n');
    // Two of src/b.ts and one of the attributes.
    expect((await checked(repository)).filter((said) => said.includes('too-large'))).toEqual([]);
    repository.commit('more', { 'src/b.ts': '1\n2\n3\n4\n' });
    expect(await checked(repository)).toContain(
      'warning branch-too-large limits.lines: feat/a1/x changes 5 lines, where 4 are the limit',
    );
    const status = await runStatus(hostIn(repository), {});
    expect(status.data.rows.map(({ standing }) => standing?.lines)).toEqual([5]);
  });

  it('refuses when enforced', async () => {
    const repository = fleet('{ lines: 1, enforce: [lines] }');
    repository.commit('own', { 'src/b.ts': '1\n2\n' });
    const said =
      'error branch-too-large limits.lines: feat/a1/x changes 2 lines, where 1 is the limit';
    expect(await checked(repository)).toEqual(['refused', said]);
    expect(await pushed(repository, 'feat/a1/x', 'feat/a1/x')).toEqual(['refused', said]);
  });

  it('counts no binary file, nothing taken over from the base, and nothing taken back', async () => {
    const repository = fleet('{ lines: 1 }');
    repository.commit('own', { 'src/image': '\0\n1\n2\n3\n', 'src/gone.ts': '1\n2\n3\n' });
    repository.git('rm', '-q', 'src/gone.ts');
    repository.commit('taken back');
    repository.git('switch', '-q', 'main');
    repository.commit('base', { 'web/far.ts': '1\n2\n3\n4\n' });
    repository.git('switch', '-q', 'feat/a1/x');
    repository.git('merge', '-q', '--squash', 'main');
    repository.commit('squashed base');
    expect(await checked(repository)).toEqual(['allowed']);
  });

  it('counts the same whatever diff algorithm and renames the configuration asks for', async () => {
    const repository = fleet('{ lines: 1 }');
    const lines = Array.from({ length: 40 }, (_, at) => `${at % 7}\n`);
    repository.commit('own', { 'src/b.ts': lines.join('') });
    repository.git('mv', 'src/b.ts', 'src/c.ts');
    repository.commit('moved', { 'src/a.ts': '1\n3\n2\n' });
    const plain = await checked(repository);
    for (const [key, value] of [
      ['diff.algorithm', 'patience'],
      ['diff.renames', 'copies'],
      ['diff.relative', 'true'],
      ['diff.noprefix', 'true'],
    ] as const)
      repository.git('config', key, value);
    expect(await checked(repository)).toEqual(plain);
    expect(plain[1]).toMatch(/changes 42 lines/);
  });
});

describe('limits.behind', () => {
  it('counts every commit of the base that the branch does not have', async () => {
    const repository = fleet('{ behind: 2 }');
    repository.git('switch', '-q', 'main');
    repository.commit('second', { 'web/a': '1\n' });
    repository.git('switch', '-q', '-c', 'topic');
    repository.commit('third', { 'web/b': '1\n' });
    repository.git('switch', '-q', 'main');
    expect(await checked(repository)).toEqual(['allowed']);
    repository.git('merge', '-q', '--no-ff', '-m', 'fourth', 'topic');
    expect(await checked(repository)).toEqual([
      'allowed',
      'warning branch-stale limits.behind: feat/a1/x is 3 commits behind main, where 2 are the limit',
    ]);
    repository.git('switch', '-q', 'feat/a1/x');
    repository.git('merge', '-q', 'main');
    expect(await checked(repository)).toEqual(['allowed']);
  });
});

describe('limits.age', () => {
  const MINUTE = 60_000;
  const timeOf = (repository: TestRepository, ref: string): number =>
    Number(repository.git('log', '-1', '--format=%ct', ref)) * 1000;

  it('begins when the base first went further, on its own line of commits', async () => {
    const repository = fleet('{ age: 10m }');
    repository.git('switch', '-q', '-c', 'topic');
    repository.commit('old work', { 'web/b': '1\n' });
    const old = timeOf(repository, 'topic');
    repository.git('switch', '-q', 'main');
    repository.git('merge', '-q', '--no-ff', '-m', 'landed', 'topic');
    const landed = timeOf(repository, 'main');
    repository.commit('later', { 'web/c': '1\n' });
    expect(landed).toBeGreaterThan(old);
    expect(await checked(repository, 'feat/a1/x', landed + 10 * MINUTE)).toEqual(['allowed']);
    expect(await pushed(repository, 'feat/a1/x', 'feat/a1/x', landed + 11 * MINUTE)).toEqual([
      'allowed',
      'warning branch-stale limits.age: feat/a1/x has been behind main for 11m, where 10m is the limit',
    ]);
  });

  it('does not grow while the branch has all of the base', async () => {
    const repository = fleet('{ age: 10m }');
    repository.commit('own', { 'src/b.ts': '1\n' });
    expect(await checked(repository, 'feat/a1/x', timeOf(repository, 'main') * 2)).toEqual([
      'allowed',
    ]);
  });

  it('is not below zero when clocks differ', async () => {
    const repository = fleet('{ age: 10m }');
    repository.git('switch', '-q', 'main');
    repository.commit('second', { 'web/a': '1\n' });
    expect(await checked(repository, 'feat/a1/x', 0)).toEqual(['allowed']);
  });
});

describe('limits', () => {
  it('say what the documentation shows', async () => {
    const repository = TestRepository.create();
    const text = policy('{ lines: 300, behind: 50 }').replaceAll('a1', 'a2');
    repository.commit('first', { 'ownership.yml': text, 'src/a.ts': 'a\n' });
    repository.git('switch', '-q', '-c', 'feat/a2/ranking');
    repository.commit('own', { 'src/b.ts': 'b\n'.repeat(412) });
    const grow = 'for i in $(seq 61); do c=$(git commit-tree -p $c -m $i main^{tree}); done';
    repository.run('sh', ['-c', `c=main; ${grow}; git update-ref refs/remotes/origin/main $c`]);
    const host = hostIn(repository);
    const report = await runCheck(host, { target: { kind: 'branch', ref: 'feat/a2/ranking' } });
    expect(report.findings).toEqual([example('branch-stale'), example('branch-too-large')]);
  });

  it('are not for branches of people, nor for ranges', async () => {
    const repository = fleet('{ lines: 1, enforce: [lines] }');
    repository.git('switch', '-q', '-c', 'topic');
    repository.commit('own', { 'src/b.ts': '1\n2\n' });
    expect(await checked(repository, 'topic')).toEqual(['allowed']);
    expect(await pushed(repository, 'topic', 'topic')).toEqual(['allowed']);
    repository.git('branch', '-f', 'feat/a1/x');
    repository.git('switch', '-q', 'feat/a1/x');
    const range = await runCheck(hostIn(repository), {
      target: { kind: 'range', range: 'main..feat/a1/x' },
    });
    expect(range.findings).toEqual([]);
  });

  it('name each branch of a push', async () => {
    const repository = fleet('{ lines: 1 }');
    repository.commit('own', { 'src/b.ts': '1\n2\n' });
    repository.git('branch', 'feat/a1/y');
    const oid = repository.git('rev-parse', 'HEAD');
    const line = (name: string): string =>
      `refs/heads/${name} ${oid} refs/heads/${name} ${'0'.repeat(40)}\n`;
    const lines = Buffer.from(line('feat/a1/x') + line('feat/a1/y'));
    const host = hostIn(repository, { input: () => Promise.resolve(lines) });
    const report = await runHook(host, 'pre-push');
    expect(report.findings.map(({ message }) => message)).toEqual([
      'feat/a1/x changes 2 lines, where 1 is the limit',
      'feat/a1/y changes 2 lines, where 1 is the limit',
    ]);
  });
});
