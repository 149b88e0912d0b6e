import { expect, it } from 'vitest';
import { runHook } from '../../src/commands/hook.ts';
import { runRequestList } from '../../src/commands/request/list.ts';
import { runTaskList } from '../../src/commands/task/list.ts';
import { gitProcessesStarted } from '../../src/git/process/run.ts';
import { hostIn } from '../support/host.ts';
import { putManyStates } from '../support/many-states.ts';
import { TestRepository } from '../support/repository.ts';

const POLICY = `version: 1
agents:
  a1: { owns: ['a/**'] }
  a2: { owns: ['b/**'] }
`;

/** Reference: a list of 200 tasks, all processes of git there are. */
const LISTING = 4;

it('lists 200 tasks and 200 requests with four processes of git, and a commit in one’s own part starts none for them', async () => {
  const repository = TestRepository.create();
  repository.commit('base', { 'ownership.yml': POLICY, 'a/x': 'x\n', 'b/x': 'x\n' });
  repository.git('switch', '-q', '-c', 'feat/a1/x');
  repository.write('a/x', 'own\n');
  repository.git('add', '-A');
  const host = hostIn(repository);
  const startedBy = async (run: () => Promise<{ readonly verdict: string }>): Promise<number> => {
    const from = gitProcessesStarted();
    expect((await run()).verdict).toBe('allowed');
    return gitProcessesStarted() - from;
  };
  const commit = () => runHook(host, 'pre-commit');
  const alone = await startedBy(commit);
  putManyStates(repository, 200);
  expect(await startedBy(commit)).toBe(alone);
  let listed = 0;
  const tasks = await startedBy(async () => {
    const report = await runTaskList(host, {});
    listed += report.data.tasks.length;
    return report;
  });
  const requests = await startedBy(async () => {
    const report = await runRequestList(host, {});
    listed += report.data.requests.length;
    return report;
  });
  expect(listed).toBe(400);
  expect(tasks).toBeLessThanOrEqual(LISTING);
  expect(requests).toBeLessThanOrEqual(LISTING);
});
