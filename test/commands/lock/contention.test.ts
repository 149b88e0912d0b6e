import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { parseLease } from '../../../src/core/locks/lease.ts';
import { acquireLock, type LockTransition } from '../../../src/core/locks/transitions.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import type { Lease } from '../../../src/domain/lock.ts';
import { leasePlace } from '../../../src/services/locks/lease-place.ts';
import type { LockChange } from '../../../src/services/locks/lock-notices.ts';
import { changeState } from '../../../src/services/state/change-state.ts';
import { StateStore } from '../../../src/services/state/state-store.ts';
import { hostIn } from '../../support/host.ts';
import { packageRoot, scratchDirectory, TestRepository } from '../../support/repository.ts';
import { homeOf } from '../../support/state-home.ts';
import { REF } from './fixture.ts';

/**
 * Acquisitions in all of each test, at least one a contender. `BAILIWICK_CONTENTION=1000` is the full
 * run, and has the most contenders.
 */
const TURNS = Number(process.env['BAILIWICK_CONTENTION'] ?? 1);
const [PROCESSES, CLONES] = TURNS < 1000 ? [24, 8] : [64, 16];
const MINUTES = 60_000;

let contender: string;
beforeAll(async () => {
  contender = join(scratchDirectory(), 'contender.mjs');
  await build({
    entryPoints: [join(packageRoot, 'test/commands/lock/contender.ts')],
    outfile: contender,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  });
});

/** A contender that is ready to begin. */
class Contender {
  readonly child;
  readonly ready: Promise<unknown>;
  readonly finished: Promise<number | null>;
  output = '';

  constructor(at: TestRepository, agent: string, rounds: number, arena: string, ttl = 3_600_000) {
    const args = [contender, at.directory, agent, `${rounds}`, arena, `${ttl}`];
    this.child = spawn(process.execPath, args, { env: at.environment, detached: true });
    this.ready = once(this.child.stdout, 'data');
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.finished = once(this.child, 'close').then(([code]) => code as number | null);
  }

  begin(): void {
    this.child.stdin.write('\n');
  }

  /** Takes its git with it. */
  kill(): void {
    process.kill(-this.child.pid!, 'SIGKILL');
  }

  /** The fences it printed. */
  get fences(): string[] {
    return this.output.trim().split('\n').slice(1);
  }

  /** What it said besides. */
  get words(): string[] {
    return this.output.split('\n').filter((line) => !/^\d*$/.test(line));
  }
}

/** Every lease the ref ever held, oldest first. */
function history(repository: TestRepository): Lease[] {
  const commits = repository.git('rev-list', '--reverse', REF).split('\n');
  const input = commits.map((oid) => `${oid}:state.json\n`).join('');
  const text = repository.run('git', ['cat-file', '--batch'], { input }).stdout;
  return text
    .split(/^[0-9a-f]{40,64} blob \d+\n/m)
    .slice(1)
    .map((state) => {
      const lease = parseLease(state);
      if (!lease.ok) throw new Error(`${lease.error}: ${state}`);
      return lease.value;
    });
}

/** Replays a history: who held the lock under which fence, each from free to free. */
function turnsOf(leases: readonly Lease[]): string[] {
  let before: Lease | null = null;
  const turns: string[] = [];
  for (const lease of leases) {
    if (lease.holder !== null) {
      expect(before?.holder ?? null).toBeNull();
      expect(lease.fence).toBe((before?.fence ?? 0) + 1);
      turns.push(`${lease.holder} ${lease.fence}`);
    } else expect(lease.fence).toBe(before?.fence);
    before = lease;
  }
  expect(before?.holder).toBeNull();
  return turns;
}

async function contend(places: readonly TestRepository[], contenders: number) {
  const arena = scratchDirectory();
  const rounds = Math.ceil(TURNS / contenders);
  const all = Array.from({ length: contenders }, (_, n) => {
    return new Contender(places[n % places.length]!, `p${n}`, rounds, arena);
  });
  await Promise.all(all.map(({ ready }) => ready));
  for (const one of all) one.begin();
  for (const one of all)
    expect({ code: await one.finished, words: one.words }).toEqual({ code: 0, words: ['ready'] });
  const turns = all.flatMap(({ fences }, n) => fences.map((fence) => `p${n} ${fence}`));
  expect(turns).toHaveLength(rounds * contenders);
  return turns.sort();
}

it(
  `${PROCESSES} processes in one repository: one holder at every moment, no turn lost`,
  async () => {
    const repository = TestRepository.create();
    const turns = await contend([repository], PROCESSES);
    expect(turnsOf(history(repository)).sort()).toEqual(turns);
  },
  10 * MINUTES,
);

it(
  `${CLONES} clones with one remote: one holder at every moment, no turn lost`,
  async () => {
    const server = TestRepository.create({ bare: true, name: 'server.git' });
    const clones = Array.from({ length: CLONES }, (_, n) => {
      const clone = server.at(`../clone-${n}`);
      server.git('clone', '-q', server.directory, clone.directory);
      return clone;
    });
    const turns = await contend(clones, CLONES);
    expect(turnsOf(history(server)).sort()).toEqual(turns);
    // A full run leaves 100,000 loose objects: too many to remove within the time of a hook.
    for (const { directory } of clones) rmSync(directory, { recursive: true });
  },
  20 * MINUTES,
);

it(
  'whenever a contender and its git are killed, the next command reads the lock and goes on',
  async () => {
    const repository = TestRepository.create();
    const host = hostIn(repository);
    const take = (lease: Lease | null): LockTransition => {
      const name = 'common' as LockName;
      const now = host.now();
      const request = { name, host: host.hostname(), branch: null, reason: null, ttl: 1, now };
      return acquireLock(lease, { ...request, agent: 'rescue' as AgentId, offline: false }, true);
    };
    for (let round = 0; round < 8; round += 1) {
      const killed = ['x1', 'x2'].map((id) => new Contender(repository, id, 1e6, '', 150));
      await Promise.all(killed.map(({ ready }) => ready));
      for (const one of killed) one.begin();
      await new Promise((resolve) => setTimeout(resolve, 20 + round * 23));
      for (const one of killed) one.kill();
      await Promise.all(killed.map(({ finished }) => finished));
      const store = await StateStore.open(homeOf(repository), false);
      for (let taken = false; !taken;) {
        const outcome = await changeState(store, {
          ...leasePlace('common' as LockName),
          decide: take,
        }).catch((error: unknown) => error);
        if (outcome instanceof Failure) removeLeftover(repository, outcome);
        else if (outcome instanceof Error) throw outcome;
        else taken = (outcome as LockChange).transition.kind === 'move';
      }
    }
    expect(repository.tryGit('fsck', '--strict').code).toBe(0);
    let fence = 0;
    for (const lease of history(repository)) {
      expect([fence, fence + 1]).toContain(lease.fence);
      fence = lease.fence;
    }
  },
  2 * MINUTES,
);

/** Does what the hint of the only failure that may be here says. */
function removeLeftover(repository: TestRepository, failure: Failure): void {
  const [hint] = failure.hints;
  expect(hint?.command).toMatch(/^rm .*common\.lock$/);
  repository.run('sh', ['-c', hint!.command!]);
}
