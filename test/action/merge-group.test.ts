import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { POLICY } from '../support/policy.ts';
import { events } from './support/payloads.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

/** What GitHub says to a token that may not. */
const DENIED = { message: 'Resource not accessible by integration' };

const answer = ({ code, outputs }: ActionResult): unknown => ({
  code,
  codes: (JSON.parse(outputs['findings'] ?? '[]') as Finding[])
    .map((finding) => finding.code)
    .sort(),
});

/** What a merge queue makes of pull requests: a commit for each, on a branch of its own. */
function queue(world: World, numbers: readonly number[], method: 'merge' | 'squash'): string {
  world.clone.git('checkout', '-q', '-f', '--detach', 'origin/main');
  for (const number of numbers) {
    world.clone.git('fetch', '-q', 'origin', `refs/pull/${number}/head`);
    if (method === 'squash') {
      world.clone.git('merge', '-q', '--no-verify', '--squash', 'FETCH_HEAD');
      world.clone.git('commit', '-q', '--no-verify', '-m', `Change ${number} (#${number})`);
    } else {
      const subject = `Merge pull request #${number} from octo/feat`;
      world.clone.git('merge', '-q', '--no-verify', '--no-ff', '-m', subject, 'FETCH_HEAD');
    }
  }
  const head = world.clone.git('rev-parse', 'HEAD');
  world.push(`${head}:refs/heads/gh-readonly-queue/main/pr-${numbers.at(-1)}-0`);
  return head;
}

function judge(world: World, head: string, number: number): Promise<ActionResult> {
  const base = world.clone.git('rev-parse', 'origin/main');
  return world.run({ event: 'merge_group', payload: events.mergeGroup(base, head, number) });
}

const OWN = { 'services/core/x.py': 'x\n' };
const FOREIGN = { 'services/api/x.py': 'x\n' };

describe.concurrent.each(['merge', 'squash'] as const)('35: a group that lands by %s', (method) => {
  it('of one pull request is judged as its agent', async () => {
    const world = await World.start();
    world.open({ branch: 'feat/a1/x', files: OWN });
    const result = await judge(world, queue(world, [1], method), 1);
    expect(answer(result)).toEqual({ code: 0, codes: [] });
    expect(result.summary).toContain('as a1, from branch feat/a1/x');
    expect(world.server.requests).toHaveLength(1);
    expect(world.server.deviations).toEqual([]);
  });

  it('of one that does not stay in its part is refused', async () => {
    const world = await World.start();
    world.open({ branch: 'feat/a1/x', files: FOREIGN });
    const result = await judge(world, queue(world, [1], method), 1);
    expect(answer(result)).toEqual({ code: 1, codes: ['owned-by-other'] });
  });

  it('of several is judged pull request by pull request', async () => {
    const world = await World.start();
    world.open({ branch: 'feat/a1/x', files: OWN });
    world.open({ branch: 'feat/a2/x', files: FOREIGN });
    const good = await judge(world, queue(world, [1, 2], method), 2);
    expect(answer(good)).toEqual({ code: 0, codes: [] });
    expect(good.summary).toContain('checked per pull request: #&#8203;1, #&#8203;2');
    world.open({ branch: 'feat/a2/y', files: { 'services/core/y.py': 'y\n' } });
    const bad = await judge(world, queue(world, [1, 2, 3], method), 3);
    expect(answer(bad)).toEqual({ code: 1, codes: ['owned-by-other'] });
  });
});

describe.concurrent.each(['merge', 'squash'] as const)('35: members that land by %s', (method) => {
  it('are judged one after another, each on the tip of what is in front of it', async () => {
    const text = (changed: number): string =>
      Array.from({ length: 40 }, (_, at) => `${at === changed ? 'changed' : 'line'} ${at}\n`).join(
        '',
      );
    const world = await World.start({ 'web/lib.ts': text(-1) });
    world.open({
      branch: 'hand-over',
      prepare: (clone) => {
        clone.write('services/core/.keep');
        clone.git('mv', 'web/lib.ts', 'services/core/lib.ts');
      },
    });
    world.open({ branch: 'feat/a2/edit', files: { 'web/lib.ts': text(20) } });
    world.open({ branch: 'feat/a1/x', files: OWN });
    expect(answer(await judge(world, queue(world, [2, 3], method), 3))).toEqual({
      code: 0,
      codes: [],
    });
    expect(answer(await judge(world, queue(world, [2, 1], method), 1))).toEqual({
      code: 0,
      codes: [],
    });
    expect(answer(await judge(world, queue(world, [1, 3, 2], method), 2))).toEqual({
      code: 1,
      codes: ['owned-by-other'],
    });
  });

  it('are told by what they are, not by what they are called', async () => {
    const world = await World.start();
    world.open({ branch: 'feat/a1/x', files: OWN });
    world.open({ branch: 'feat/a2/x', files: FOREIGN });
    const head = queue(world, [1, 2], method);
    const forged = world.clone.git(
      'commit-tree',
      `${head}^{tree}`,
      '-p',
      'origin/main',
      '-m',
      'all of it (#2)',
    );
    world.push(`${forged}:refs/heads/gh-readonly-queue/main/pr-2-0`);
    const base = world.clone.git('rev-parse', 'origin/main');
    const result = await world.run({
      event: 'merge_group',
      payload: events.mergeGroup(base, forged, 1),
    });
    expect(answer(result)).toEqual({ code: 0, codes: [] });
    expect(result.summary).toContain('as a1');
  });
});

describe.concurrent('35: a merge group', () => {
  it('is judged by the policy of today, not by the one its pull requests passed', async () => {
    const world = await World.start();
    world.open({ branch: 'feat/a1/x', files: OWN });
    world.land('narrow', {
      'ownership.yml': POLICY.replace("owns: ['services/core/**', ", 'owns: ['),
    });
    const result = await judge(world, queue(world, [1], 'merge'), 1);
    expect(answer(result)).toEqual({ code: 1, codes: ['unowned'] });
  });

  it('is answered also when the pull requests cannot be asked for', async () => {
    const world = await World.start();
    world.open({ branch: 'feat/a1/x', files: FOREIGN });
    world.server.faults.push({
      method: 'GET',
      path: /pulls$/,
      status: 403,
      body: DENIED,
      times: 9,
    });
    const head = queue(world, [1], 'merge');
    const result = await judge(world, head, 1);
    expect(answer(result)).toEqual({ code: 0, codes: [] });
    expect(result.summary).toContain('passed this check before entering the queue');
  });

  it('is held to what nobody may do, whoever made it', async () => {
    const world = await World.start({
      'ownership.yml': POLICY.replace('unknown: human', 'unknown: deny'),
    });
    world.open({ branch: 'feat/a1/x', files: { ...OWN, '.agent.env': 'x\n' } });
    const head = queue(world, [1], 'squash');
    world.server.pulls = [];
    expect(answer(await judge(world, head, 1))).toEqual({ code: 1, codes: ['local-only'] });
  });

  it('may bring the first policy', async () => {
    const world = await World.start({ 'ownership.yml': null });
    world.open({ branch: 'add', files: { 'ownership.yml': POLICY } });
    const result = await judge(world, queue(world, [1], 'merge'), 1);
    expect(answer(result)).toEqual({ code: 0, codes: ['policy-changed'] });
  });

  it('waits as long as GitHub asks, and no longer than that', async () => {
    const world = await World.start();
    world.open({ branch: 'feat/a1/x', files: OWN });
    const headers = { 'retry-after': '0' };
    world.server.faults.push({ method: 'GET', path: /pulls$/, status: 429, headers, times: 2 });
    const result = await judge(world, queue(world, [1], 'merge'), 1);
    expect(result.summary).toContain('as a1');
    expect(world.server.requests).toHaveLength(3);
  });
});
