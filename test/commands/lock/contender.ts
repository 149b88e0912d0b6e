import { once } from 'node:events';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { acquireLock, type LockRequest, releaseLock } from '../../../src/core/locks/transitions.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import { ObjectReader } from '../../../src/git/objects/object-reader.ts';
import { locateRepository } from '../../../src/git/worktree/locate.ts';
import { makeHost } from '../../../src/host/host.ts';
import { leasePlace } from '../../../src/services/locks/lease-place.ts';
import { changeState } from '../../../src/services/state/change-state.ts';
import { StateStore } from '../../../src/services/state/state-store.ts';

/**
 * One contender, run as a process of its own: takes the lock `rounds` times, is alone in the arena
 * while it holds it, and gives it back. Prints the fence of each turn; exits with 3 when it met
 * somebody in the arena. Leases shorter than a minute are stolen as soon as they end.
 */
const [directory = '', agent = '', rounds = '', arena = '', ttl = '3600000'] =
  process.argv.slice(2);
const host = makeHost({ packageDirectory: directory, directory });
const repo = { directory, environment: process.env };
const reader = new ObjectReader(repo);
const location = await locateRepository(repo);
const store = await StateStore.open({ host, reader, workspace: { repo, location } }, false);
const name = 'common' as LockName;
const place = leasePlace(name);
const seat = join(arena, 'inside');

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const request = (): LockRequest => ({
  name,
  agent: agent as AgentId,
  host: host.hostname(),
  branch: null,
  reason: `turn of ${agent}`,
  ttl: Number(ttl),
  now: host.now(),
  offline: false,
});

async function sitAlone(): Promise<void> {
  try {
    closeSync(openSync(seat, 'wx'));
  } catch {
    process.exit(3);
  }
  await pause(1);
  unlinkSync(seat);
}

// All contenders are there before the first may begin.
writeSync(1, 'ready\n');
await once(process.stdin, 'data');
process.stdin.destroy();

for (let round = 0; round < Number(rounds); round += 1) {
  let fence = 0;
  for (let wait = 150; fence === 0; wait = Math.min(wait * 1.6, 1200)) {
    const { transition } = await changeState(store, {
      ...place,
      decide: (lease) => acquireLock(lease, request(), Number(ttl) < 60_000),
    });
    if (transition.kind === 'move') fence = transition.state.fence;
    else await pause(wait * (0.5 + Math.random()));
  }
  if (arena !== '') await sitAlone();
  writeSync(1, `${fence}\n`);
  await changeState(store, { ...place, decide: (lease) => releaseLock(lease, request()) });
}
await reader.close();
if (store.offline !== null) process.exit(4);
