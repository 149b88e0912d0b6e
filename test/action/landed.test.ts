import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { POLICY } from '../support/policy.ts';
import { events, pullPayload } from './support/payloads.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const answer = ({ code, outputs }: ActionResult): unknown => ({
  code,
  findings: (JSON.parse(outputs['findings'] ?? '[]') as Finding[]).map(
    ({ code: found, path, message }) => `${found} ${path} ${message.split(' ', 1)[0]}`,
  ),
});
const at = (world: World): string => world.clone.git('rev-parse', 'origin/main');
const text = (changed: number): string =>
  Array.from(
    { length: 40 },
    (_, line) => `${line === changed ? 'changed' : 'line'} ${line}\n`,
  ).join('');

/** Presses the button for a pull request, in one of GitHub's ways. */
function land(world: World, number: number, method: 'merge' | 'rebase' | 'squash'): void {
  const { clone } = world;
  clone.git('checkout', '-q', '-f', '-B', 'landing', 'origin/main');
  if (method === 'merge')
    clone.git('merge', '-q', '--no-verify', '--no-ff', '-m', 'x', `pull-${number}`);
  if (method === 'squash') {
    clone.git('merge', '-q', '--no-verify', '--squash', `pull-${number}`);
    clone.git('commit', '-q', '--no-verify', '-m', 'x');
  }
  if (method === 'rebase') clone.git('cherry-pick', `origin/main..pull-${number}`);
  const before = at(world);
  world.push('HEAD:main');
  for (const commit of clone.git('rev-list', '--first-parent', `${before}..HEAD`).split('\n')) {
    const pull = world.server.pulls.find((each) => each['number'] === number)!;
    world.server.landed.set(commit, [
      // One that merely has the commit as well.
      { ...pullPayload({ number: 99, branch: 'feat/a3/x', head: commit }), merged_at: null },
      { ...pull, state: 'closed', merged_at: '2026-11-02T00:00:00Z' },
    ]);
  }
}

describe.concurrent('35, 37: what a stale green check let through', () => {
  it.each(['merge', 'rebase', 'squash'] as const)(
    'is said after the fact, by %s',
    async (method) => {
      const world = await World.start({
        'web/lib.ts': text(-1),
        'services/core/core.py': 'core\n',
      });
      world.open({ branch: 'feat/a2/edit', files: { 'web/lib.ts': text(20) } });
      world.open({ branch: 'feat/a1/own', files: { 'services/core/core.py': 'own\n' } });
      const first = world.server.pulls[0]!;
      expect(answer(await world.gate(first))).toEqual({ code: 0, findings: [] });
      world.clone.git('checkout', '-q', '-f', '-B', 'main', 'origin/main');
      world.clone.git('mv', 'web/lib.ts', 'services/core/lib.ts');
      world.clone.commit('handed over');
      world.push('main');
      const before = at(world);
      land(world, 2, method);
      land(world, 1, method);
      const run = { event: 'push', payload: events.push(at(world), before) };
      const result = await world.run(run);
      expect(answer(result)).toEqual({
        code: 1,
        findings: ['landed-out-of-part services/core/lib.ts #1'],
      });
      expect(result.summary).toContain('#2');
      expect(world.server.deviations).toEqual([]);
    },
  );

  it('is judged by the policy of that moment, and a push by whoever pushed', async () => {
    const world = await World.start({
      'ownership.yml': POLICY.replace(
        "owns: ['services/api/**'",
        "actors: ['a2-bot[bot]']\n    owns: ['services/api/**'",
      ),
    });
    const before = at(world);
    world.land('by hand', { 'services/core/x.py': 'x\n' });
    world.land('wider', {
      'ownership.yml': POLICY.replace("owns: ['services/core/**'", "owns: ['services/**'"),
    });
    const after = at(world);
    const push = (login: string): Promise<ActionResult> =>
      world.run({ event: 'push', payload: events.push(after, before, login) });
    expect(answer(await push('ann'))).toMatchObject({ code: 0 });
    expect(answer(await push('a2-bot[bot]'))).toEqual({
      code: 1,
      findings: ['landed-out-of-part ownership.yml a', 'landed-out-of-part services/core/x.py a'],
    });
    const made = await world.run({ event: 'push', payload: events.push(after) });
    expect(answer(made)).toEqual({ code: 0, findings: [] });
    const rewritten = await world.run({ event: 'push', payload: events.push(before, after) });
    expect(rewritten.code).toBe(0);
  });
});
