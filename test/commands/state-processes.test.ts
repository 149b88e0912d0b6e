import { expect, it } from 'vitest';
import { runHandoffRun } from '../../src/commands/handoff/run.ts';
import { runLock } from '../../src/commands/lock.ts';
import { runRequestAccept } from '../../src/commands/request/accept.ts';
import { runRequestDecline } from '../../src/commands/request/decline.ts';
import { runRequestOpen } from '../../src/commands/request/open.ts';
import { runRequestReopen } from '../../src/commands/request/reopen.ts';
import { runRequestWithdraw } from '../../src/commands/request/withdraw.ts';
import { runTaskComplete } from '../../src/commands/task/complete.ts';
import { runTaskDrop } from '../../src/commands/task/drop.ts';
import { runTaskStart } from '../../src/commands/task/start.ts';
import { runTaskAssign } from '../../src/commands/task/assign.ts';
import { gitProcessesStarted } from '../../src/git/process/run.ts';
import { hostIn } from '../support/host.ts';
import { TestRepository } from '../support/repository.ts';

const POLICY = `version: 1
agents:
  a1: { owns: ['a/**'], validate: ['true'] }
  a2: { owns: ['b/**'] }
shared:
  common: { agents: [a1, a2], paths: ['d/**'] }
`;

/** Design, section 10: any move of a state, all processes of git there are. */
const MOVE = 4;
/** What has more to find out than the state that it moves. */
const MORE: Readonly<Record<string, number>> = {
  // What else there is.
  'task start': 1,
  'task drop': 1,
  // What of the part has not landed.
  'lock release': 2,
  // What is staged, who asks, and the index without it.
  'request open': 4,
  // The work tree before, between and after.
  'handoff run': 3,
};

it('moves any state with at most four processes of git', async () => {
  const repository = TestRepository.create();
  repository.commit('base', { 'ownership.yml': POLICY, 'a/x': 'x\n', 'b/x': 'x\n' });
  repository.git('switch', '-q', '-c', 'feat/a1/x');
  repository.write('b/x', 'asked\n');
  repository.git('add', '-A');
  const host = hostIn(repository);
  let id = '';
  repository.git('worktree', 'add', '-q', '-b', 'feat/a2/x', '../a2', 'main');
  const a2 = hostIn(repository.at('../a2'));
  const lock = { name: 'common' } as const;
  const commands: Readonly<Record<string, () => Promise<{ readonly verdict: string }>>> = {
    'request open': async () => {
      const opened = await runRequestOpen(host, { paths: [], staged: true, message: 'why' });
      id = opened.data.requests[0]!.row.request.id;
      repository.git('checkout', '-q', '.');
      return opened;
    },
    'lock acquire': () => runLock(host, { ...lock, verb: 'acquire' }),
    'lock renew': () => runLock(host, { ...lock, verb: 'renew' }),
    'lock release': () => runLock(host, { ...lock, verb: 'release' }),
    'request withdraw': () => runRequestWithdraw(host, { id }),
    'request reopen': () => runRequestReopen(host, { id }),
    'request decline': () => runRequestDecline(a2, { id, message: 'no' }),
    'request reopen again': () => runRequestReopen(host, { id }),
    'request accept': () => runRequestAccept(a2, { id, grant: true }),
    'task assign': () => runTaskAssign(host, { id: 't1', agent: 'a1', title: 'x' }),
    'task start': () => runTaskStart(host, { id: 't1' }),
    'task complete': () => runTaskComplete(host, { id: 't1' }),
    'task drop': () => runTaskDrop(host, { id: 't1' }),
    'handoff run': () => runHandoffRun(host, { yes: true }),
  };
  const refs = (): string => repository.git('for-each-ref', 'refs/bailiwick');
  const counts: Record<string, number> = {};
  for (const [name, run] of Object.entries(commands)) {
    const [before, from] = [refs(), gitProcessesStarted()];
    expect([name, (await run()).verdict]).toEqual([name, 'allowed']);
    counts[name] = gitProcessesStarted() - from - (MORE[name] ?? 0);
    // Whoever moves nothing needs nothing.
    expect([name, refs() === before]).toEqual([name, false]);
  }
  for (const [name, count] of Object.entries(counts)) {
    expect(count, name).toBeGreaterThan(0);
    expect(count, name).toBeLessThanOrEqual(MOVE);
  }
});
