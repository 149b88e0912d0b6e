import { expect, it } from 'vitest';
import { gitProcessesStarted } from '../../../src/git/process/run.ts';
import { runLandStatus } from '../../../src/commands/land/status.ts';
import { runLandContinue } from '../../../src/commands/land/continue.ts';
import { runLock } from '../../../src/commands/lock.ts';
import { runRequestAccept } from '../../../src/commands/request/accept.ts';
import { runRequestList } from '../../../src/commands/request/list.ts';
import { runRequestOpen } from '../../../src/commands/request/open.ts';
import { runTaskAssign } from '../../../src/commands/task/assign.ts';
import { runTaskComplete } from '../../../src/commands/task/complete.ts';
import { runTaskList } from '../../../src/commands/task/list.ts';
import { runTaskStart } from '../../../src/commands/task/start.ts';
import { hostIn } from '../../support/host.ts';
import { scratchDirectory, TestRepository } from '../../support/repository.ts';
import { land, outcomes } from './fixture.ts';

const flag = `${scratchDirectory()}/flag`;
const POLICY = `version: 1
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'] }
  a3: { owns: ['c/**'] }
shared:
  common: { agents: [a1], paths: ['d/**'] }
land: { validate: ['test ! -e c/bad'], after: ['test -e a/x && test -e ${flag}'] }
`;

const server = TestRepository.create({ bare: true, name: 'server.git' });
const repository = server.at('../mine');
server.git('clone', '-q', server.directory, repository.directory);
repository.git('switch', '-q', '-c', 'main');
repository.commit('base', { 'ownership.yml': POLICY, 'b/x': 'x\n' });
repository.git('push', '-q', 'origin', 'main');
const host = hostIn(repository);
const on = (branch: string): string => repository.git('switch', '-q', branch);

async function workOn(id: string, agent: string, files: Record<string, string>): Promise<void> {
  repository.git('switch', '-q', '-c', `feat/${agent}/x`, 'main');
  await runTaskAssign(host, { id, agent, title: id });
  await runTaskStart(host, { id });
  if (agent === 'a1') await runLock(host, { verb: 'acquire', name: 'common' });
  repository.commit(id, files);
  const { data } = await runTaskComplete(host, { id });
  expect(data.tasks[0]!.row.task.status).toBe('done');
}

it('marks for everybody what it landed, and nothing else; says what does not hold at the end', async () => {
  await workOn('t1', 'a1', { 'a/x': 'x\n', 'd/x': 'x\n' });
  repository.write('b/x', 'asked\n');
  repository.git('add', '-A');
  await runRequestOpen(host, { paths: [], staged: true, message: 'why' });
  repository.git('reset', '-q', '--hard');
  await workOn('t3', 'a3', { 'c/bad': 'bad\n' });
  repository.git('switch', '-q', '-c', 'feat/a2/x', 'main');
  const request = async () => (await runRequestList(host, { all: true })).data.requests[0]!;
  const { id } = (await request()).request;
  await runRequestAccept(host, { id, apply: true });
  await workOn2();
  const tasks = async () =>
    (await runTaskList(host, { all: true })).data.tasks
      .map(({ task }) => `${task.id} ${task.status}`)
      .sort();
  expect([await tasks(), (await request()).standing]).toEqual([
    ['t1 done', 't2 started', 't3 done'],
    'applied',
  ]);
  on('main');
  const report = await land(repository, { local: false, push: true, once: true });
  expect(outcomes(report)).toEqual(['feat/a1/x landed', 'feat/a2/x landed', 'feat/a3/x red']);
  expect([await tasks(), (await request()).standing]).toEqual([
    // What is not done is never said to have landed.
    ['t1 landed', 't2 started', 't3 done'],
    'landed',
  ]);
  expect(report.data.notices.join('\n')).toMatch(
    /task t1 .*\n?.*request q.*\n?.*lock common of a1/,
  );
  expect((await runLock(host, { verb: 'acquire', name: 'common', agent: 'a1' })).verdict).toBe(
    'allowed',
  );
  // It has landed all the same, and others are told.
  expect(report.findings.map(({ code }) => code).sort()).toEqual(['base-red', 'land-failed']);
  expect(report.data.journal).toMatchObject({ end: 'done', after: { state: 'red' } });
  await expect(runLandContinue(host, { yes: true })).rejects.toThrow('no landing on main');
});

/** Begun, and not done. */
async function workOn2(): Promise<void> {
  await runTaskAssign(host, { id: 't2', agent: 'a2', title: 't2' });
  await runTaskStart(host, { id: 't2' });
}

/** `git` that kills whoever looks for what to mark once main is where it is to be. */
const DEADLY = `#!/bin/sh
case "$*" in *for-each-ref*refs/bailiwick/tasks/*)
  if test "$(PATH=\${PATH#*:} git rev-parse origin/main)" != "$WAS" && mkdir "$KILLED" 2>/dev/null; then
    kill -9 "$PPID"; exit 1
  fi ;;
esac
PATH=\${PATH#*:} exec git "$@"
`;

it('65 marks what a landing brought that was killed before, all in one move, and only once', async () => {
  for (const id of ['t4', 't5']) {
    on('main');
    const branch = `feat/a1/${id}`;
    repository.git('switch', '-q', '-c', branch, 'main');
    await runTaskAssign(host, { id, agent: 'a1', title: id });
    await runTaskStart(host, { id });
    repository.commit(id, { [`a/${id}`]: 'x\n' });
    await runTaskComplete(host, { id });
  }
  on('main');
  const marked = async () =>
    (await runTaskList(host, { all: true })).data.tasks
      .filter(({ task }) => /t[45]/.test(task.id))
      .map(({ task }) => task.status);
  repository.write('bin/git', DEADLY, 0o755);
  repository.write('.git/info/exclude', 'bin/\n');
  const environment = {
    PATH: `${repository.directory}/bin:${repository.environment['PATH']}`,
    WAS: repository.git('rev-parse', 'origin/main'),
    KILLED: `${repository.home}/killed`,
  };
  const words = ['land', 'feat/a1/t4', 'feat/a1/t5', '--push', '--once', '--yes'];
  const { code } = repository.bailiwick(words, { environment });
  expect([code, await marked()]).toEqual([255, ['done', 'done']]);
  const log = () => server.git('log', '--format=%s', '-1', 'refs/bailiwick/tasks/t4');
  const before = log();
  server.write('hooks/post-receive', '#!/bin/sh\nwc -l >>pushes\n', 0o755);
  const status = await runLandStatus(host);
  expect(status.data.notices).toEqual(['task t4 of a1 has landed', 'task t5 of a1 has landed']);
  expect([await marked(), log() === before]).toEqual([['landed', 'landed'], false]);
  expect(server.read('pushes').trim()).toBe('2');
  const from = gitProcessesStarted();
  expect((await runLandStatus(host)).data.notices).toEqual([]);
  expect(gitProcessesStarted() - from).toBeLessThanOrEqual(20);
  await expect(runLandContinue(host, { yes: true })).rejects.toThrow('no landing on main');
});
