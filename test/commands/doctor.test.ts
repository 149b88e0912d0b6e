import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runDoctor } from '../../src/commands/doctor.ts';
import { runInit } from '../../src/commands/init.ts';
import { runLock } from '../../src/commands/lock.ts';
import { runRequestOpen } from '../../src/commands/request/open.ts';
import { runStatus } from '../../src/commands/status.ts';
import type { DiagnosisCode, DoctorData } from '../../src/domain/reports/doctor.ts';
import type { Report } from '../../src/domain/report.ts';
import { renderDoctor } from '../../src/render/terminal/doctor.ts';
import { view } from '../render/examples.ts';
import { hostIn } from '../support/host.ts';
import { open, printed, strict } from '../support/report-schema.ts';
import { packageRoot, scratchDirectory, TestRepository } from '../support/repository.ts';

const POLICY = `version: 1
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'] }
shared:
  common: { paths: ['common/**'], agents: [a1, a2], lock: required, ttl: 1h }
  other: { paths: ['other/**'], agents: [a1, a2], lock: required, ttl: 1h }
`;
const HOURS = 3_600_000;

async function healthy(): Promise<TestRepository> {
  const repository = TestRepository.create();
  repository.commit('first', { 'a/x': '1\n', 'b/y': '1\n', 'ownership.yml': POLICY });
  await runInit(hostIn(repository), { policy: false });
  return repository;
}

const doctor = (repository: TestRepository, options = {}): Promise<Report<DoctorData>> =>
  runDoctor(hostIn(repository), options);

const codes = ({ data }: Report<DoctorData>, severity = 'fault'): DiagnosisCode[] => [
  ...new Set(data.diagnoses.filter((each) => each.severity === severity).map(({ code }) => code)),
];

const edit = (repository: TestRepository, path: string, change: (text: string) => string): void =>
  repository.write(path, change(repository.read(path)));

describe('a healthy repository', () => {
  it('gets one line, and who answered for each hook', async () => {
    const repository = await healthy();
    repository.git('worktree', 'add', '-q', '-b', 'feat/a1/x', '../wt');
    const report = await doctor(repository.at('../wt'));
    expect(report.verdict).toBe('allowed');
    expect(renderDoctor(report, view).trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^bailiwick: git runs the guard .* in all 2 worktrees \(plain\); .* main/,
      ),
    ]);
    const hooks = report.data.worktrees.flatMap((each) => each.hooks);
    expect(hooks.map(({ state }) => state)).toEqual(Array(6).fill('active'));
    for (const { guard } of hooks)
      expect(guard).toMatchObject({ home: packageRoot, nodeVersion: process.versions.node });
    // The variable that hooks are tried out with lets nothing through.
    const answer = join(scratchDirectory(), 'answer');
    repository.write('b/y', '2\n');
    const commit = repository.run('git', ['commit', '-qam', 'x'], {
      environment: { BAILIWICK_CANARY: answer },
    });
    expect([commit.code, existsSync(answer)]).toEqual([1, true]);
  });
});

/** More than twelve, all at once: each has to be found beside the others. */
async function plant(repository: TestRepository): Promise<void> {
  const at = (path: string): string => `.git/hooks/${path}`;
  repository.git('worktree', 'add', '-q', '-b', 'feat/a1/x', '../.claude/worktrees/wt');
  repository.git('worktree', 'add', '-q', '-b', 'feat/a2/x', '../gone');
  repository.git('worktree', 'add', '-q', '-b', 'of-nobody', '../nobody');
  const early = hostIn(repository, { now: () => Date.now() - 5 * HOURS });
  await runLock(early, { verb: 'acquire', name: 'common', agent: 'a1' });
  edit(repository, at('pre-commit'), (text) => text.replaceAll('\n', '\r\n'));
  edit(repository, at('pre-merge-commit'), (text) => text.replace('\n', '\nexit 0\n'));
  repository.run('chmod', ['-x', at('pre-push')]);
  repository.git('config', 'extensions.worktreeConfig', 'true');
  const wt = repository.at('../.claude/worktrees/wt');
  wt.git('config', '--worktree', 'core.hooksPath', join(repository.home, 'no/hooks'));
  rmSync(join(repository.home, 'gone'), { recursive: true });
  repository.git('update-ref', 'refs/bailiwick/locks/other', 'HEAD');
  const dead = { pid: 2 ** 22 + 1, host: hostIn(repository).hostname(), started: null };
  repository.write('.git/bailiwick/worktrees.lock', JSON.stringify(dead));
  repository.write('.git/worktrees/nobody/index.lock', '');
  repository.git('remote', 'add', 'origin', '/nowhere');
  repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/old');
  repository.git('config', 'bailiwick.allowMissing', 'true');
  edit(repository, '.git/config', (text) =>
    text.replace(`!bailiwick=${packageRoot};`, '!bailiwick=/gone;'),
  );
  repository.git('config', 'bailiwick.home', '/gone');
}

describe('planted faults', () => {
  it('are all found, named and repaired where they are ours', async () => {
    const repository = await healthy();
    await plant(repository);
    repository.git('config', 'hook.lint.event', 'pre-commit');
    repository.git('config', 'hook.lint.command', 'npm run lint');
    const report = await doctor(repository);
    expect(report.verdict).toBe('refused');
    expect(codes(report)).toEqual([
      'alias-gone',
      'home-gone',
      'hook-inert',
      'hook-line-ends',
      'hook-skipped',
      'hooks-path-gone',
      'index-lock',
      'lock-expired',
      'lock-unreadable',
      'registry-lock',
      'remote-head-stale',
      'worktree-gone',
    ]);
    expect(codes(report, 'note')).toEqual(['allow-missing', 'config-hook', 'worktree-unowned']);
    const said = renderDoctor(report, view).replace(/\s+/g, ' ');
    expect(said).toContain('the harness whose worktrees lie in .claude rewrites it');
    expect(open(printed(report)) && strict(printed(report))).toBe(true);

    const dry = await doctor(repository, { fix: true, dryRun: true });
    expect(dry.data.steps.length).toBeGreaterThan(3);
    expect(codes(dry)).toEqual(codes(report));

    const fixed = await doctor(repository, { fix: true });
    expect(codes(fixed)).toEqual([
      'hooks-path-gone',
      'index-lock',
      'lock-expired',
      'lock-unreadable',
      'remote-head-stale',
      'worktree-gone',
    ]);
    const main = fixed.data.worktrees.find(({ here }) => here)!;
    expect(main.hooks.map(({ state }) => state)).toEqual(['active', 'active', 'active']);
    // Each hint that is a command of git helps.
    for (const { hint } of fixed.data.diagnoses)
      if (/^(?:git|rm) /.test(hint?.command ?? '') && !hint!.command!.includes('set-head'))
        repository.run('sh', ['-c', hint!.command!]);
    const rest = ['lock-expired', 'lock-unreadable', 'remote-head-stale'];
    expect(codes(await doctor(repository))).toEqual(rest);
  });

  it('whose cause is not ours: each found beside the others, none called ours, and with what helps', async () => {
    const repository = await healthy();
    const hook = (name: string): string => join(repository.directory, '.git/hooks', name);
    for (const [name, agent] of [
      ['damaged', 'a1'],
      ['unmarked', 'a2'],
      ['headless', 'a1'],
    ] as const)
      repository.git('worktree', 'add', '-q', '-b', `feat/${agent}/${name}`, `../${name}`);
    repository.write('../damaged/.git', 'nonsense\n');
    rmSync(join(repository.home, 'unmarked/.git'));
    rmSync(join(repository.directory, '.git/worktrees/headless/HEAD'));
    edit(repository, '.git/hooks/pre-merge-commit', (text) =>
      text.replace('#!/bin/sh', '#!/no/such/shell'),
    );
    rmSync(hook('pre-commit'));
    repository.write('.git/hooks/pre-commit/x', '');
    const locks = ['HEAD.lock', 'packed-refs.lock', 'refs/heads/feat/a2/unmarked.lock'];
    for (const lock of locks) repository.write(`.git/${lock}`, '');
    repository.git('config', 'alias.bailiwick', '!echo mine');

    const report = await doctor(repository);
    expect(codes(report)).toEqual(['git-lock', 'hook-failing', 'worktree-broken']);
    expect(report.data.diagnoses.map(({ ours }) => ours)).not.toContain(true);
    expect((await doctor(repository, { fix: true })).data.steps).toEqual([]);
    const said = renderDoctor(report, view).replace(/\s+/g, ' ');
    expect(said).toContain(`${hook('pre-commit')}, and every commit is refused`);
    expect(said).toContain('name a program that is there in the first line of');
    expect(said).toContain('so git does not move refs/heads/feat/a2/unmarked');
    for (const { hint } of report.data.diagnoses)
      if (hint?.command) repository.run('sh', ['-c', hint.command]);
    repository.run('sh', ['-c', `sed -i '1s,.*,#!/bin/sh,' ${hook('pre-merge-commit')}`]);
    // git had not said which branch it was.
    repository.write('.git/worktrees/headless/HEAD', 'ref: refs/heads/feat/a1/headless\n');
    expect(codes(await doctor(repository, { fix: true }))).toEqual([]);
  });

  it.each([
    ['/dev/null', 'there is no such directory'],
    ['', 'core.hooksPath is empty'],
  ])('core.hooksPath %j, wherever it is set, is unset there', async (value, said) => {
    const repository = await healthy();
    repository.write('../more', `[core]\n\thooksPath = "${value}"\n`);
    repository.git('config', 'include.path', join(repository.home, 'more'));
    const report = await doctor(repository);
    const [found, ...others] = report.data.diagnoses;
    expect([found?.code, others]).toEqual(['hooks-path-gone', []]);
    expect(found?.message).toContain(said);
    const init = await runInit(hostIn(repository), { policy: false });
    expect(init.verdict).toBe('undecided');
    expect(init.data.hooks.map(({ state }) => state)).not.toContain('active');
    repository.run('sh', ['-c', found!.hint!.command!]);
    expect(codes(await doctor(repository))).toEqual([]);
  });

  it('a link in the place of the hooks, which leads nowhere', async () => {
    const repository = await healthy();
    repository.run('sh', ['-c', 'mv .git/hooks .git/kept && ln -s /no/hooks .git/hooks']);
    const [found, ...others] = (await doctor(repository)).data.diagnoses;
    expect([found?.code, others]).toEqual(['hooks-path-gone', []]);
    repository.run('sh', ['-c', found!.hint!.command!]);
    expect(codes(await doctor(repository, { fix: true }))).toEqual([]);
  });

  it('requests that hang: unread, without anybody to answer, and waiting', async () => {
    const repository = await healthy();
    repository.git('switch', '-q', '-c', 'feat/a1/x');
    repository.write('b/y', '2\n');
    const early = hostIn(repository, { now: () => Date.now() - 30 * HOURS });
    await runRequestOpen(early, { paths: ['b/y'], message: 'why' });
    repository.git('update-ref', 'refs/bailiwick/requests/q1234567', 'HEAD');
    const [unread, waiting] = (await doctor(repository)).data.diagnoses.filter(({ code }) =>
      code.startsWith('request-'),
    );
    expect([unread?.code, waiting?.code]).toEqual(['request-unreadable', 'request-waiting']);
    expect(waiting?.message).toMatch(
      /^the request q\w+ of a1 to a2 has waited for an answer for 1d 6h$/,
    );
    for (const { hint } of [unread!, waiting!]) {
      const command = hint!.command!.replace(/^bailiwick/, 'git bailiwick');
      expect(repository.run('sh', ['-c', command])).toMatchObject({ code: 0 });
    }
    repository.git('switch', '-q', '-f', 'main');
    repository.commit('a2 has gone', { 'ownership.yml': POLICY.replaceAll('a2', 'a3') });
    expect(codes(await doctor(repository))).toEqual(['request-unanswerable', 'request-unreadable']);
  });

  it('in init and status are the same ones', async () => {
    const repository = await healthy();
    edit(repository, '.git/hooks/pre-commit', (text) => text.replace('\n', '\nexit 0\n'));
    const init = (dryRun: boolean) => runInit(hostIn(repository), { policy: false, dryRun });
    expect((await init(true)).data.hooks[0]!.state).toBe('skipped');
    const status = await runStatus(hostIn(repository), { overlap: false });
    const states = status.data.rows.map(({ worktree }) =>
      worktree!.hooks.map(({ state }) => state),
    );
    expect(states).toEqual([['skipped', 'active', 'active']]);
    // And init puts the guard first again.
    expect((await init(false)).data.hooks[0]!.state).toBe('active');
    expect(repository.read('.git/hooks/pre-commit')).toMatch(/<<< bailiwick <<<\nexit 0\n$/);
  });

  it('a missing package and an old Node are named by what the hook said', async () => {
    const repository = await healthy();
    repository.git('config', 'bailiwick.home', '/gone');
    const gone = await doctor(repository);
    expect(gone.data.diagnoses.find(({ code }) => code === 'hook-failing')?.message).toContain(
      'bailiwick is not installed here',
    );
    await doctor(repository, { fix: true });
    repository.write('../bin/node', '#!/bin/sh\necho "node: cannot run" >&2\nexit 3\n', 0o755);
    const path = `${join(repository.home, 'bin')}:${repository.environment['PATH']}`;
    const old = await doctor(repository.at('.', { PATH: path }));
    expect(old.data.diagnoses[0]?.message).toContain('node: cannot run');
  });

  it('a policy that cannot be used, one that is not there, and an old default branch', async () => {
    const repository = await healthy();
    repository.commit('broken', { 'ownership.yml': 'version: 1\nagents: 3\n' });
    expect(codes(await doctor(repository))).toEqual(['policy-broken']);
    repository.git('rm', '-q', 'ownership.yml');
    repository.commit('none');
    expect(codes(await doctor(repository))).toEqual(['policy-missing']);
    repository.commit('again', { 'ownership.yml': `${POLICY}base: trunk\n` });
    expect(codes(await doctor(repository))).toEqual(['base-missing']);
    repository.git('branch', 'trunk');
    repository.git('remote', 'add', 'origin', '/nowhere');
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    repository.git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    expect(codes(await doctor(repository))).toEqual(['remote-head-differs']);
  });

  it('ends with 2 where it cannot look, and looks from a bare repository', async () => {
    const home = scratchDirectory();
    const outside = new TestRepository(home, home).bailiwick(['doctor']);
    expect(outside.code).toBe(2);
    const bare = TestRepository.create({ bare: true });
    await expect(doctor(bare)).rejects.toThrow('bare repository');
  });
});
