import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { POLICY } from '../../support/policy.ts';
import { packageRoot, TestRepository } from '../../support/repository.ts';

/** `BAILIWICK_CONTENTION=1000` is the full run. */
const FULL = Number(process.env['BAILIWICK_CONTENTION'] ?? 1) >= 1000;
const [CONTENDERS, CLONES] = FULL ? [64, 8] : [9, 3];
const FILE = 'services/api/api.py';

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Starts the built command line; with `killAfter` milliseconds it and its git are killed then. */
async function start(at: TestRepository, args: readonly string[], killAfter = 0): Promise<Ended> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), ...args], {
    cwd: at.directory,
    env: at.environment,
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let isOver = false;
  child.once('exit', () => (isOver = true));
  // Whoever was done before is not killed any more.
  const kill = (): unknown => isOver || process.kill(-child.pid!, 'SIGKILL');
  const timer = killAfter > 0 ? setTimeout(kill, killAfter) : undefined;
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, output };
}

it(
  `${CONTENDERS} contenders in ${CLONES} clones open and accept at once: one winner each, nothing lost`,
  async () => {
    const server = TestRepository.create({ bare: true, name: 'server.git' });
    const seed = TestRepository.create();
    seed.commit('first', { 'ownership.yml': POLICY, [FILE]: 'api\n' });
    seed.git('push', '-q', server.directory, 'main');
    const clones = Array.from({ length: CLONES }, (_, at) => {
      const clone = server.at(`../clone-${at}`);
      server.git('clone', '-q', server.directory, clone.directory);
      clone.git('switch', '-q', '-c', `feat/a1/c${at}`);
      clone.write(FILE, `wanted by ${at}\n`);
      return clone;
    });
    const cloneOf = (at: number): TestRepository => clones[at % CLONES]!;
    const contenders = Array.from({ length: CONTENDERS }, (_, at) => at);

    // Those in one clone ask for the same content: one request each, whoever was first.
    const opened = await Promise.all(
      contenders.map((at) => start(cloneOf(at), ['request', 'open', FILE, '-m', 'please'])),
    );
    for (const { code, output } of opened) expect({ code, output }).toMatchObject({ code: 0 });
    const refs = server.git(
      'for-each-ref',
      '--format=%(refname:lstrip=3)',
      'refs/bailiwick/requests/',
    );
    const ids = refs.split('\n');
    expect(ids).toHaveLength(CLONES);

    // All accept the same one, each on a branch of the owner; some are killed on the way.
    const [id = ''] = ids;
    for (const [at, clone] of clones.entries()) {
      clone.git('checkout', '-q', '-f', 'main');
      clone.git('switch', '-q', '-c', `feat/a2/c${at}`);
    }
    const killed = contenders.slice(0, Math.floor(CONTENDERS / 3));
    await Promise.all(
      killed.map((at) => start(cloneOf(at), ['request', 'accept', id, '--grant'], 60 + at * 37)),
    );
    const decided = await Promise.all(
      contenders.map((at) => start(cloneOf(at), ['request', 'accept', id, '--apply', '--json'])),
    );
    const outcomes = decided.map(({ output }) => /"outcome": ?"(\w+)"/.exec(output)?.[1] ?? output);
    const state = JSON.parse(server.git('show', `refs/bailiwick/requests/${id}:state.json`)) as {
      status: string;
      applied: { commit: string } | null;
    };
    const wins = outcomes.filter((outcome) => outcome === 'applied');
    // Where a killed one got its grant through, that is the winner, and nobody applies it any more.
    expect([state.status, wins.length]).toEqual(
      state.status === 'granted' ? ['granted', 0] : ['applied', 1],
    );
    if (state.applied !== null)
      expect(server.git('cat-file', '-t', state.applied.commit)).toBe('commit');
    expect(server.tryGit('fsck', '--strict').code).toBe(0);
  },
  20 * 60_000,
);

it(
  `${CONTENDERS} contenders in ${CLONES} clones assign one task at once, some killed: it is one agent's`,
  async () => {
    const server = TestRepository.create({ bare: true, name: 'server.git' });
    const seed = TestRepository.create();
    seed.commit('first', { 'ownership.yml': POLICY });
    seed.git('push', '-q', server.directory, 'main');
    const clones = Array.from({ length: CLONES }, (_, at) => {
      const clone = server.at(`../clone-${at}`);
      server.git('clone', '-q', server.directory, clone.directory);
      return clone;
    });
    const agentOf = (at: number): string => `a${(at % 3) + 1}`;
    const assign = (at: number, killAfter = 0): Promise<Ended> =>
      start(
        clones[at % CLONES]!,
        ['task', 'assign', agentOf(at), 'race', `by ${at}`, '--json'],
        killAfter,
      );
    const contenders = Array.from({ length: CONTENDERS }, (_, at) => at);
    const killed = contenders.filter((at) => at % 3 === 0);
    await Promise.all(killed.map((at) => assign(at, 60 + at * 37)));
    const ended = await Promise.all(contenders.map((at) => assign(at)));
    const { agent } = JSON.parse(server.git('show', 'refs/bailiwick/tasks/race:state.json')) as {
      agent: string;
    };
    // Of the winner's agent it is as it is or anew, everybody else is told that it is taken.
    for (const [at, { code, output }] of ended.entries())
      expect([at, code, output.includes('task-taken')]).toEqual(
        agentOf(at) === agent ? [at, 0, false] : [at, 1, true],
      );
    const seen = clones.map((clone) => {
      clone.bailiwick(['sync']);
      return clone.git('rev-parse', 'refs/bailiwick/tasks/race');
    });
    expect(new Set(seen)).toEqual(new Set([server.git('rev-parse', 'refs/bailiwick/tasks/race')]));
    expect(server.tryGit('fsck', '--strict').code).toBe(0);
  },
  20 * 60_000,
);
